import Foundation
import LearningProblems

/// All eigenvalues of the Hessian and of the neural tangent kernel for balanced aligned weights.
///
/// With mode strengths σ_i, targets s_i and residuals r_i = s_i − σ_i the Hessian of J on white
/// inputs has 3σ_i − s_i and s_i − σ_i for every mode; for every pair and sign ε the values
/// (p+q)/2 ± √((p−q)²/4 + σ_iσ_k), p = σ_k − εr_i, q = σ_i − εr_k; ±r_i for every further hidden
/// unit; σ_i for every input or output beyond the modes; and zeros.
///
/// - Source: derived in docs/theory/hessian-spectrum.md.
public enum AlignedSpectrum {
  /// Eigenvalues of the Hessian, falling.
  ///
  /// - Parameters:
  ///   - strengths: σ, shape [mode] with mode = min(outputs, inputs), each ≥ 0.
  ///   - targets: s, shape [mode].
  ///   - inputs, hidden, outputs: sizes, hidden ≥ mode.
  ///   - variance: input variance, by which every eigenvalue is multiplied.
  public static func hessian(
    strengths: [Double], targets: [Double], inputs: Int, hidden: Int, outputs: Int,
    variance: Double = 1
  ) throws(TheoryError) -> [Double] {
    let modes = min(inputs, outputs)
    guard strengths.count == modes else {
      throw .lengthMismatch(name: "mode strengths", count: strengths.count, expected: modes)
    }
    guard targets.count == modes else {
      throw .lengthMismatch(name: "targets", count: targets.count, expected: modes)
    }
    try require("number of hidden units", Double(hidden), "at least the number of modes") {
      $0 >= Double(modes)
    }
    for value in strengths { try require("mode strength", value, "finite and ≥ 0") { $0 >= 0 } }
    for value in targets { try require("target", value, "finite") }
    let (extraHidden, extraSides) = (hidden - modes, abs(inputs - outputs))
    var values: [Double] = []
    for i in 0..<modes {
      let (sigma, r) = (strengths[i], targets[i] - strengths[i])
      values += [3 * sigma - targets[i], r]
      for k in i + 1..<max(modes, i + 1) {
        for sign in [1.0, -1] {
          let p = strengths[k] - sign * r
          let q = sigma - sign * (targets[k] - strengths[k])
          let root = hypot((p - q) / 2, (sigma * strengths[k]).squareRoot())
          values += [(p + q) / 2 + root, (p + q) / 2 - root]
        }
      }
      for _ in 0..<extraHidden { values += [r, -r] }
      values += [Double](repeating: sigma, count: extraSides)
    }
    values += [Double](repeating: 0, count: extraHidden * extraSides)
    return values.map { $0 * variance }.sorted(by: >)
  }

  /// Eigenvalues of the neural tangent kernel times Σxx: σ_i + σ_j over outputs and inputs, falling.
  public static func kernel(
    strengths: [Double], inputs: Int, outputs: Int, variance: Double = 1
  ) -> [Double] {
    func padded(_ count: Int) -> [Double] {
      strengths + [Double](repeating: 0, count: max(0, count - strengths.count))
    }
    return padded(outputs).flatMap { x in padded(inputs).map { variance * (x + $0) } }
      .sorted(by: >)
  }

  /// The sharpness of a lone mode, max(3u − s, s − u): s at the start, s/2 midway, 2s at the end.
  public static func sharpness(ofLoneMode u: Double, target s: Double) -> Double {
    max(3 * u - s, s - u)
  }
}

/// The Hessian spectrum along balanced aligned learning on white inputs.
///
/// - Source: derived in docs/theory/hessian-spectrum.md.
public struct HessianSpectrum: ExactSolution {
  /// `hessian-spectrum`.
  public static let id = "hessian-spectrum"
  /// Name for a legend.
  public static let title = "Hessian spectrum"
  /// In one line, what it is about.
  public static let regime =
    "two layers, white inputs, aligned start with equal layers: all eigenvalues and sharpness"
  /// Where it comes from.
  public static let source = "derived in docs/theory/hessian-spectrum.md"
  /// What it predicts.
  public static let curves =
    Curve.ofProduct + [.hessianSpectrum, .sharpness, .kernelSpectrum]

  /// How well the assumptions hold.
  public let validity: Validity
  let modes: BalancedModes
  let problem: LearningProblem
  let variance: Double
  let hidden: Int

  /// The solution of a two-layer problem at least as wide as it has modes.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    let white = try start.whiteness()
    guard white.rank == problem.correlations.inputs else {
      throw Self.inapplicable("some inputs never occur")
    }
    guard start.hidden >= start.modes else {
      throw Self.inapplicable("\(start.hidden) hidden units are fewer than \(start.modes) modes")
    }
    modes = try BalancedModes(problem)
    self.problem = problem
    variance = white.variance
    hidden = start.hidden
    var warnings: [String] = []
    let final = 2 * variance * (problem.modes.values.first ?? 0)
    if problem.rule.timeStep * final > 2 {
      warnings.append(
        "The sharpness tends to \(final), above 2/η = \(2 / problem.rule.timeStep): descent will "
          + "not settle in this minimum.")
    }
    let inherited = modes.validity.assumptions.filter { !$0.name.hasPrefix("the modes of the fit") }
    validity = Validity(
      [start.whitenessAssumption(white.deviation), start.noDecayAssumption()] + inherited,
      warnings: warnings)
  }

  /// The map, its strengths, loss, risk and both spectra at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let (d, o) = (problem.correlations.inputs, problem.correlations.outputs)
    var results: [Prediction] = []
    for time in moments {
      let strengths = modes.modes.map { $0.value(at: time) }
      var result = Prediction(modeStrengths: strengths, of: problem)
      let spectrum = try AlignedSpectrum.hessian(
        strengths: strengths, targets: problem.modes.values, inputs: d, hidden: hidden, outputs: o,
        variance: variance)
      result[.hessianSpectrum] = .vector(spectrum)
      result[.sharpness] = .number(spectrum.first ?? 0)
      result[.kernelSpectrum] = .vector(
        AlignedSpectrum.kernel(strengths: strengths, inputs: d, outputs: o, variance: variance))
      results.append(result)
    }
    return results
  }
}
