import Analysis
import Foundation
import Scenarios

/// An expectation of a scenario beside what its runs show.
public struct Finding: Equatable, Sendable {
  /// What was read off, in words.
  public let subject: String
  /// What it must be, in words.
  public let expected: String
  /// What it is, in words.
  public let found: String
  /// Whether it is what it must be.
  public let holds: Bool
  /// Where the expectation comes from.
  public let source: String

  /// A coordinate of the sweep in words; labels that name their axis, such as `δ = −4`, say it all.
  private static func words(_ coordinate: (name: String, value: JSON)) -> String {
    let value = coordinate.value.string ?? coordinate.value.compactText
    return value.contains("=") ? value : "\(coordinate.name)=\(value)"
  }

  /// Holds an expectation against the runs of its scenario.
  ///
  /// - Throws: `ScenarioError` for a curve that was not read or runs that are not there.
  public init(_ expectation: Expectation, runs: [MemberCurves]) throws {
    let claim = expectation.claim
    source = claim.source
    var words = [expectation.kind, "of", claim.curves.joined(separator: ", ")]
    words += claim.selection.values.map(Self.words)
    if claim.averages { words.append("averaged") }
    if case .gap(let measure) = expectation {
      words += ["from", measure.other.isEmpty ? claim.curves[0] : measure.other]
      words += measure.otherRun.values.map(Self.words)
    }
    if case .doubleDescent(let measure) = expectation {
      subject = (words + ["along", claim.along]).joined(separator: " ")
      let range = try RangeFinding(measure, claim: claim, runs: runs)
      (expected, found, holds) = (range.expected, range.found, range.holds)
      return
    }
    subject = words.joined(separator: " ")
    let readings = try Reading.readings(expectation, runs: runs)
    let verdicts = Verdict.verdicts(claim, readings)
    expected = verdicts.map(\.expected).joined(separator: ", ")
    found = verdicts.map(\.found).joined(separator: ", ")
    holds = !readings.isEmpty && verdicts.allSatisfy(\.holds)
  }

  /// The finding as JSON.
  public var json: JSON {
    .object([
      ("subject", .string(subject)), ("expected", .string(expected)), ("found", .string(found)),
      ("holds", .boolean(holds)), ("from", .string(source)),
    ])
  }

  /// Names of the curves that the expectations need.
  public static func curves(of expectations: [Expectation]) -> Set<String> {
    var names: Set<String> = []
    for expectation in expectations {
      names.formUnion(expectation.claim.curves)
      if case .gap(let measure) = expectation, !measure.other.isEmpty {
        names.insert(measure.other)
      }
    }
    return names
  }
}

/// One statement of a claim, and whether it holds.
private struct Verdict {
  let expected: String
  let found: String
  let holds: Bool

  static func verdicts(_ claim: Claim, _ readings: [Reading]) -> [Verdict] {
    var verdicts: [Verdict] = []
    let values = readings.map(\.value)
    let places = readings.map(\.place)
    let read = claim.reads == .value ? values : places
    if let equals = claim.equals {
      if let deviations = claim.deviations, claim.averages {
        verdicts.append(
          Verdict(
            expected: "\(precise(equals)) within \(precise(deviations)) sd",
            found: readings.map { "\(precise($0.value)) (sd \(brief($0.deviation)))" }
              .joined(separator: ", "),
            holds: readings.allSatisfy {
              abs($0.value - equals) <= max(claim.tolerance, deviations * $0.deviation)
            }))
      } else if let deviations = claim.deviations {
        verdicts.append(mean(of: values, near: equals, claim.tolerance, deviations))
      } else {
        verdicts.append(
          Verdict(
            expected: precise(equals) + within(claim.tolerance), found: list(values),
            holds: values.allSatisfy { abs($0 - equals) <= claim.tolerance }))
      }
    }
    if let position = claim.position {
      if let deviations = claim.deviations, !claim.averages {
        var place = mean(of: places, near: position, claim.positionTolerance, deviations)
        place = Verdict(
          expected: "at " + place.expected, found: "at " + place.found, holds: place.holds)
        verdicts.append(place)
      } else {
        verdicts.append(
          Verdict(
            expected: "at \(precise(position))\(within(claim.positionTolerance))",
            found: "at " + list(places),
            holds: places.allSatisfy { abs($0 - position) <= claim.positionTolerance }))
      }
    }
    let name = claim.reads == .value ? "" : "at "
    if let least = claim.atLeast {
      verdicts.append(
        Verdict(
          expected: "\(name)≥ \(precise(least))", found: name + list(read),
          holds: read.allSatisfy { $0 >= least }))
    }
    if let most = claim.atMost {
      verdicts.append(
        Verdict(
          expected: "\(name)≤ \(precise(most))", found: name + list(read),
          holds: read.allSatisfy { $0 <= most }))
    }
    let pairs = zip(read, read.dropFirst())
    if let order = claim.order {
      verdicts.append(
        Verdict(
          expected: order.rawValue, found: name + list(read),
          holds: read.count > 1
            && pairs.allSatisfy { order == .rising ? $0 < $1 : $0 > $1 }))
    }
    if let ratio = claim.ratio {
      let ratios = pairs.map { $1 / $0 }
      verdicts.append(
        Verdict(
          expected: "ratio \(precise(ratio))\(within(claim.tolerance))", found: list(ratios),
          holds: !ratios.isEmpty && ratios.allSatisfy { abs($0 - ratio) <= claim.tolerance }))
    }
    if let exponent = claim.exponent {
      let axis = readings.map { $0.coordinate(claim.along) }
      let slope = leastSquaresSlope(axis.map { log($0) }, read.map { log($0) })
      verdicts.append(
        Verdict(
          expected: "exponent \(precise(exponent))\(within(claim.tolerance))",
          found: precise(slope), holds: abs(slope - exponent) <= claim.tolerance))
    }
    return verdicts
  }

  /// Whether the mean of draws is near enough, in their standard deviations.
  private static func mean(
    of draws: [Double], near expected: Double, _ tolerance: Double, _ deviations: Double
  ) -> Verdict {
    let mean = draws.reduce(0, +) / Double(draws.count)
    let spread = deviation(of: draws)
    return Verdict(
      expected: "\(precise(expected)) within \(precise(deviations)) sd",
      found: "\(brief(mean)) (\(draws.count) draws, sd \(brief(spread)))",
      holds: draws.count > 1 && abs(mean - expected) <= max(tolerance, deviations * spread))
  }

  private static func within(_ tolerance: Double) -> String {
    tolerance > 0 ? " ± \(precise(tolerance))" : ""
  }

  /// Up to four numbers one by one, more by their smallest and largest.
  private static func list(_ values: [Double]) -> String {
    guard values.count > 4, let low = values.min(), let high = values.max() else {
      return values.map(precise).joined(separator: ", ")
    }
    return "\(precise(low)) … \(precise(high))"
  }
}

/// The ranges of a swept value with double descent, found and expected.
private struct RangeFinding {
  let expected: String
  let found: String
  let holds: Bool

  init(_ measure: RangeMeasure, claim: Claim, runs: [MemberCurves]) throws {
    let chosen = runs.filter { claim.selection.contains($0.member) }
      .sorted { place($0, claim.along) < place($1, claim.along) }
    guard !chosen.isEmpty else { throw Reading.nothing(claim) }
    let axis = chosen.map { $0.member.coordinate(claim.along)?.number ?? .nan }
    var ranges: [ClosedRange<Int>] = []
    for (i, run) in chosen.enumerated() {
      let turns = extrema(
        of: try run.track(claim.curves[0]).values, prominence: measure.prominence)
      let first = turns.firstIndex(where: \.isMinimum)
      guard let first, turns[first...].contains(where: { !$0.isMinimum }) else { continue }
      if let last = ranges.last, last.upperBound == i - 1 {
        ranges[ranges.count - 1] = last.lowerBound...i
      } else {
        ranges.append(i...i)
      }
    }
    func text(_ pairs: [(Double, Double)]) -> String {
      pairs.isEmpty
        ? "nowhere" : pairs.map { "\(brief($0.0))–\(brief($0.1))" }.joined(separator: ", ")
    }
    expected = text(measure.ranges.map { ($0[0], $0[1]) }) + " ± \(measure.steps) step"
    found = text(ranges.map { (axis[$0.lowerBound], axis[$0.upperBound]) })
    /// Whether an end is within the steps of the axis; numbers of three digits may be rounded.
    func isNear(_ index: Int, _ wanted: Double) -> Bool {
      let low = axis[max(0, index - measure.steps)]
      let high = axis[min(axis.count - 1, index + measure.steps)]
      let margin = 5e-3 * abs(wanted)
      return (min(low, high) - margin...max(low, high) + margin).contains(wanted)
    }
    holds =
      ranges.count == measure.ranges.count
      && zip(ranges, measure.ranges).allSatisfy { range, wanted in
        isNear(range.lowerBound, wanted[0]) && isNear(range.upperBound, wanted[1])
      }
  }
}

private func place(_ run: MemberCurves, _ axis: String) -> Int {
  run.member.coordinate(axis)?.place ?? 0
}

/// A number with up to seven significant digits.
func precise(_ value: Double) -> String { String(format: "%.7g", value) }
