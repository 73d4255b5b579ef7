import Dynamics
import LearningProblems
import LinearAlgebra
import Recording

/// Gradient flow of the whole network as an overlay, for what no formula covers.
public enum GradientFlowOverlay {
  /// What the command line calls it.
  public static let id = "flow"

  /// The flow at given iterations.
  ///
  /// - Throws: `IntegrationError` when the integration fails.
  public static func overlay(_ problem: LearningProblem, at iterations: [Int]) throws -> Overlay {
    let times = problem.rule.times(at: iterations)
    let (outputs, inputs) = (problem.correlations.outputs, problem.correlations.inputs)
    let products = try GradientFlow(problem).products(at: times)
    var curves = [
      Overlay.Curve(
        quantity: "product", axes: [.output, .input], shape: [outputs, inputs],
        values: products.flatMap(\.elements)),
      Overlay.Curve(
        quantity: "mode_strength", axes: [.mode], shape: [outputs],
        values: products.flatMap { product in
          let strengths = problem.modes.coordinates(of: product).diagonal
          return strengths + Array(repeating: 0, count: outputs - strengths.count)
        }),
      Overlay.Curve(
        quantity: "loss", axes: [], shape: [],
        values: products.map(problem.correlations.loss(of:))),
    ]
    if let test = problem.test {
      curves.append(
        Overlay.Curve(
          quantity: "risk", axes: [], shape: [], values: products.map(test.risk(of:))))
    }
    return Overlay(
      id: id, title: "gradient flow (numerical)",
      source: "integrated with Dormand & Prince 5(4), relative tolerance 1e-9 a step",
      verdict: "numerical", assumptions: [], warnings: [], iterations: iterations, times: times,
      curves: curves)
  }
}
