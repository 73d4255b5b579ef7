import Foundation
import LearningProblems
import Theory

/// Curves of pure theory over continuous time, with no training at all.
public struct TheoryCurves: Equatable, Sendable {
  /// Id of the solution.
  public let id: String
  /// Names of the columns after the time.
  public let names: [String]
  /// Times, ascending, first 0.
  public let times: [Double]
  /// One list of values per column.
  public let columns: [[Double]]

  /// The curves of the chosen solutions in continuous time, from 0 and then geometrically spaced.
  ///
  /// - Parameters:
  ///   - problem: the learning problem.
  ///   - choice: which solutions.
  ///   - last: the last time, > 0.
  ///   - points: number of times after 0, at least 2.
  /// - Throws: ``TheoryChoiceError`` or `TheoryError`.
  public static func curves(
    of problem: LearningProblem, choice: TheoryChoice, until last: Double, points: Int
  ) throws -> [TheoryCurves] {
    let first = min(problem.rule.timeStep > 0 ? problem.rule.timeStep : last, last)
    let ratio = last / first
    let times =
      [0]
      + (0..<points).map { i in
        i == points - 1 ? last : first * pow(ratio, Double(i) / Double(points - 1))
      }
    let timed = try Theories(problem, choice: choice).chosen.filter {
      type(of: $0).clock == .time
    }
    return try timed.map { solution in
      let predictions = try solution.predictions(at: times)
      var (names, columns): ([String], [[Double]]) = ([], [])
      for curve in type(of: solution).curves {
        switch predictions.first?[curve] {
        case .number:
          names.append(curve.rawValue)
          columns.append(predictions.map { $0.number(curve) ?? .nan })
        case .vector(let list) where curve == .modeStrength:
          for i in list.indices {
            names.append("\(curve.rawValue)[\(i + 1)]")
            columns.append(predictions.map { $0.vector(curve)?[i] ?? .nan })
          }
        default: continue
        }
      }
      return TheoryCurves(
        id: type(of: solution).id, names: names, times: times, columns: columns)
    }
  }

  /// The curves as a tab-separated table with one header line.
  public var table: String {
    var lines = [(["time"] + names).joined(separator: "\t")]
    for (row, time) in times.enumerated() {
      lines.append(([time] + columns.map { $0[row] }).map { "\($0)" }.joined(separator: "\t"))
    }
    return lines.joined(separator: "\n")
  }
}
