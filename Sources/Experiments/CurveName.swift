import Recording
import Scenarios
import Spelling

/// The name of a curve of a run, such as `risk`, `product[2,1]`,
/// `theory.aligned_modes.mode_strength[1]` or `analysis.readout.ratio_mean`.
public struct CurveName: Hashable, Sendable {
  /// Id of a theory, with underscores; nil for what the run recorded or the formula gives.
  public let theory: String?
  /// Name of an analysis whose finding is meant; nil for what belongs to the run.
  public let analysis: String?
  /// Name of the quantity.
  public let quantity: String
  /// Place in a row, from 0; empty for a single number.
  public let entry: [Int]

  /// Reads a name.
  ///
  /// - Throws: `ScenarioError`.
  public init(_ text: String) throws {
    let pattern =
      /(?:(theory|analysis)\.([a-z0-9_]+)\.)?([A-Za-z0-9_]+)(?:\[([0-9]+(?:,[0-9]+)*)\])?/
    guard let match = text.wholeMatch(of: pattern) else {
      throw ScenarioError(
        problem: "'\(text)' is not the name of a curve",
        remedy: "write one like risk, mode_strength[1] or theory.aligned_modes.risk")
    }
    theory = match.1 == "theory" ? match.2.map(String.init) : nil
    analysis = match.1 == "analysis" ? match.2.map(String.init) : nil
    quantity = String(match.3)
    entry = match.4.map { $0.split(separator: ",").compactMap { Int($0) }.map { $0 - 1 } } ?? []
  }

  /// Whether the run itself has the curve.
  var isRecorded: Bool { theory == nil && analysis == nil }

  /// The name as it is written.
  public var text: String {
    let place = entry.isEmpty ? "" : "[\(entry.map { "\($0 + 1)" }.joined(separator: ","))]"
    let origin = theory.map { "theory.\($0)." } ?? analysis.map { "analysis.\($0)." } ?? ""
    return origin + quantity + place
  }

  /// The place in a row of the given shape; nil if there is none.
  func index(in shape: [Int]) -> Int? {
    let sizes = shape.filter { $0 != 1 || entry.count == shape.count }
    guard entry.count == sizes.count, zip(entry, sizes).allSatisfy({ (0..<$1).contains($0) }) else {
      return nil
    }
    return zip(entry, sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

/// What can be wrong with the name of a curve.
extension ScenarioError {
  /// The error for a curve that a run does not have.
  static func noCurve(_ name: CurveName, among names: [String]) -> ScenarioError {
    ScenarioError(
      problem: "The run has no curve \(name.text)",
      remedy: nearest(to: name.quantity, in: names).map { "did you mean \($0)?" }
        ?? "choose from \(names.joined(separator: ", ")), with the place in brackets if it is a list"
    )
  }
}
