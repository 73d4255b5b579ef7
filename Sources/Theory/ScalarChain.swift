import Foundation
import LearningProblems
import LinearAlgebra

/// A two-layer network with one input and one output, of any width and from any start.
///
/// x = w₂·w₁ and n = |w₁|²+|w₂|² conserve C = n² − 4x² ≥ 0, so x follows the aligned mode
/// with invariant √C, and n = √(C + 4x²) is the neural tangent kernel.
///
/// - Source: derived in docs/theory/scalar-chain.md; the setting of Tarmoun et al. 2021.
public struct ScalarChain: ExactSolution {
  /// `scalar-chain`.
  public static let id = "scalar-chain"
  /// Name for a legend.
  public static let title = "one input, one output"
  /// In one line, what it is about.
  public static let regime = "two layers, one input, one output, any width and start: exact"
  /// The paper it comes from.
  public static let source = "Tarmoun et al. 2021"
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.kernelSpectrum]

  /// How well the assumptions hold.
  public let validity: Validity
  /// The path of the product.
  public let trajectory: ModeTrajectory
  /// √C, the conserved imbalance.
  public let imbalance: Double
  let problem: LearningProblem

  /// The solution of a two-layer problem with one input and one output.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    let (d, o) = (problem.correlations.inputs, problem.correlations.outputs)
    guard d == 1, o == 1 else {
      throw Self.inapplicable("there are \(d) inputs and \(o) outputs, not one of each")
    }
    self.problem = problem
    let (u, v) = (start.first.elements, start.second.elements)
    let product = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
    // n² − 4x² = |u−v|²·|u+v|², without the cancellation.
    let minus = zip(u, v).reduce(0) { hypot($0, $1.0 - $1.1) }
    let plus = zip(u, v).reduce(0) { hypot($0, $1.0 + $1.1) }
    imbalance = minus * plus
    let variance = problem.correlations.input[0, 0]
    trajectory = try ModeTrajectory(
      invariant: imbalance, strength: problem.correlations.fit[0, 0] * variance,
      variance: variance, initial: product)
    validity = Validity([
      start.noDecayAssumption(),
      start.stepSizeAssumption(smallestStart: max(abs(product), plus * plus / 4)),
    ])
  }

  /// The product, loss, risk and kernel at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let x = trajectory.value(at: time)
      var result = Prediction(product: Matrix([[x]]), of: problem)
      result[.kernelSpectrum] = .vector([trajectory.variance * hypot(imbalance, 2 * x)])
      return result
    }
  }
}
