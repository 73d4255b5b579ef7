import Recording
import Scenarios
import Spelling

/// The name of a curve of a run, such as `risk`, `product[2,1]`,
/// `theory.aligned_modes.mode_strength[1]` or `analysis.readout.ratio_mean`; with a star in one
/// place, such as `layer_share[*,1]`, of a list of curves; `slope.` before it means the derivative,
/// and may be repeated.
public struct CurveName: Hashable, Sendable {
  /// How often the curve is differentiated by the steps.
  public let slopes: Int
  /// Id of a theory, with underscores; nil for what the run recorded or the formula gives.
  public let theory: String?
  /// Name of an analysis whose finding is meant; nil for what belongs to the run.
  public let analysis: String?
  /// Name of the quantity.
  public let quantity: String
  /// Place in a row, from 0; empty for a single number, nil where a list runs.
  public let entry: [Int?]

  /// Reads a name.
  ///
  /// - Throws: `ScenarioError`.
  public init(_ text: String) throws {
    let pattern =
      /(?:(theory|analysis)\.([a-z0-9_]+)\.)?([A-Za-z0-9_]+)(?:\[((?:[0-9]+|\*)(?:,(?:[0-9]+|\*))*)\])?/
    var (rest, slopes) = (text[...], 0)
    while rest.hasPrefix("slope.") { (rest, slopes) = (rest.dropFirst(6), slopes + 1) }
    self.slopes = slopes
    guard let match = rest.wholeMatch(of: pattern),
      (match.4?.count { $0 == "*" } ?? 0) <= 1
    else {
      throw ScenarioError(
        problem: "'\(text)' is not the name of a curve",
        remedy: "write one like risk, mode_strength[1] or theory.aligned_modes.risk")
    }
    theory = match.1 == "theory" ? match.2.map(String.init) : nil
    analysis = match.1 == "analysis" ? match.2.map(String.init) : nil
    quantity = String(match.3)
    entry = match.4.map { $0.split(separator: ",").map { Int($0).map { $0 - 1 } } } ?? []
  }

  private init(_ list: CurveName, entry number: Int) {
    (slopes, theory, analysis) = (list.slopes, list.theory, list.analysis)
    quantity = list.quantity
    entry = list.entry.map { $0 ?? number }
  }

  /// The curve at a number, from 0, of the list that the name stands for.
  func curve(_ number: Int) -> CurveName { CurveName(self, entry: number) }

  /// Whether it names a list of curves.
  public var isList: Bool { entry.contains(nil) }

  /// Sizes of a row without those of 1 that the name leaves out.
  private func sizes(of shape: [Int]) -> [Int] {
    shape.filter { $0 != 1 || entry.count == shape.count }
  }

  /// Whether the run itself has the curve.
  var isRecorded: Bool { theory == nil && analysis == nil }

  /// The name as it is written.
  public var text: String { String(repeating: "slope.", count: slopes) + original }

  /// The name of the curve that is differentiated, or the name itself.
  var original: String {
    let place =
      entry.isEmpty ? "" : "[\(entry.map { $0.map { "\($0 + 1)" } ?? "*" }.joined(separator: ","))]"
    let origin = theory.map { "theory.\($0)." } ?? analysis.map { "analysis.\($0)." } ?? ""
    return origin + quantity + place
  }

  /// The named curves in rows of the given shape, not differentiated, with the place of each; none
  /// if it has no such.
  func curves(in shape: [Int]) -> [(name: String, index: Int)] {
    let sizes = sizes(of: shape)
    guard entry.count == sizes.count else { return [] }
    let count = entry.firstIndex(of: nil).map { sizes[$0] } ?? 1
    return (0..<count).compactMap { number in
      let places = zip(entry.map { $0 ?? number }, sizes)
      guard places.allSatisfy({ (0..<$1).contains($0) }) else { return nil }
      return (curve(number).original, places.reduce(0) { $0 * $1.1 + $1.0 })
    }
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
