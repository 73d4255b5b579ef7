import Foundation
import Scenarios

/// How the file of a sweep is laid out: its axes, and what each run contributes.
public struct SweepLayout: Sendable {
  /// The runs.
  public let grid: SweepGrid
  /// How much is kept of each run.
  public let keep: RunRecorder.Keep
  /// The measures.
  public let measures: [RunMeasure]
  /// The quantities that are kept at recorded iterations.
  public let quantities: [Quantity]
  /// Largest size of every axis over all runs.
  public internal(set) var sizes: [Axis: Int] = [:]
  /// All iterations that a run recorded, ascending.
  public internal(set) var iterations: [Int] = []

  /// Names of everything that runs like these may have.
  private let names: [String]

  /// The most different recorded iterations that a sweep may have.
  static let largestIterations = 5_000_000

  /// The layout for runs that have not been looked at.
  ///
  /// - Throws: ``RecordingError/unknownQuantity(_:known:)``, or ``RecordingError/axisTaken(_:)``
  ///   when an axis of the sweep is called as something else in the file.
  public init(_ grid: SweepGrid, keep: RunRecorder.Keep) throws {
    (self.grid, self.keep) = (grid, keep)
    let example = try grid.example
    measures = RunMeasure.all(of: example)
    quantities = keep == .summary ? [] : try Quantity.recorded(by: example)
    names = Quantity.all(of: example).map(\.name) + measures.map(\.name)
    let taken = Set(names + ["status", "scenario", "provenance", "failures", "iteration"])
    for axis in grid.axes {
      let name = axis.coordinate
      guard !taken.contains(name), !name.isEmpty, name != ".", !name.contains("/"),
        !name.contains("\0")
      else {
        throw RecordingError.axisTaken(name)
      }
    }
  }

  /// The name of an axis of recorded arrays, another one where an axis of the sweep has it.
  public func name(of axis: Axis) -> String {
    let taken = grid.axes.map(\.coordinate)
    return taken.contains(axis.rawValue) ? axis.rawValue + "_index" : axis.rawValue
  }

  /// The name of the coordinate for a key that is not the first of its axis.
  func name(ofKey key: String) -> String {
    let short = key.split(separator: ".").last.map(String.init) ?? key
    let taken =
      grid.axes.map(\.coordinate) + names + Axis.allCases.map(\.rawValue)
      + grid.axes.flatMap(\.keys).filter { $0 != key }.map {
        $0.split(separator: ".").last.map(String.init) ?? $0
      }
    return taken.contains(short) ? key.replacing(".", with: "_") : short
  }

  /// The label of an axis of the sweep at a place.
  func label(of axis: SweepAxis, at place: Int) -> JSON {
    axis.labels.isEmpty ? axis.value(of: 0, at: place) : .string(axis.labels[place])
  }

  /// Where the iterations of a run lie among all.
  func rows(of own: [Int]) -> [Int] {
    var (rows, next): ([Int], Int) = ([], 0)
    for iteration in own {
      while next < iterations.count, iterations[next] < iteration { next += 1 }
      rows.append(next)
    }
    return rows
  }

  /// The shape of a dataset with some axes besides those of the sweep.
  func shape(_ axes: [Axis]) -> [Int] {
    grid.shape + axes.map { $0 == .iteration ? iterations.count : sizes[$0] ?? 0 }
  }

  /// Widens the layout to hold a run.
  ///
  /// - Throws: ``RecordingError/tooManyIterations(_:)``.
  mutating func widen(for run: (sizes: [Axis: Int], iterations: [Int])) throws {
    sizes.merge(run.sizes) { max($0, $1) }
    guard run.iterations != iterations else { return }
    if iterations.isEmpty {
      iterations = run.iterations
      return
    }
    let known = Set(iterations)
    let new = run.iterations.filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    iterations = (iterations + new).sorted()
    guard iterations.count <= Self.largestIterations else {
      throw RecordingError.tooManyIterations(iterations.count)
    }
  }

  /// Widens the layout to hold a run that records at some iterations.
  ///
  /// - Throws: ``RecordingError/tooManyIterations(_:)``.
  public mutating func widen(for record: RunRecord, at iterations: [Int]) throws {
    try widen(for: (record.sizes, iterations))
  }

  /// Bytes of the file for runs of these sizes.
  public var bytes: Double {
    let perRun =
      quantities.reduce(0.0) {
        $0 + Double(iterations.count) * Double(RunRecord.width($1.axes, sizes))
      } + measures.reduce(0.0) { $0 + Double(RunRecord.width($1.axes, sizes)) }
    return Double(grid.count) * (8 * perRun + 1)
  }
}
