import Integration
import LearningProblems
import LinearAlgebra

/// Gradient flow of a whole linear network, integrated numerically.
///
/// Time is that of the step rule, √(η₁η₂) a step, so a layer with rate η_l moves at
/// (η_l/√(η₁η₂))·(−∂J/∂W_l). It is what gradient descent becomes when its rates go to zero at
/// fixed time, for any depth, start and data, whether or not a formula covers them.
public struct GradientFlow: Sendable {
  private let problem: LearningProblem
  private let integrator: DormandPrince

  /// The flow of a problem from its initial weights.
  public init(_ problem: LearningProblem, relativeTolerance: Double = 1e-9) {
    self.problem = problem
    integrator = DormandPrince(
      relativeTolerance: relativeTolerance, absoluteTolerance: relativeTolerance * 1e-3)
  }

  /// The maps of the network at ascending times, each of shape [output, input].
  ///
  /// - Throws: `IntegrationError` when the integration does not reach the last time.
  /// - Complexity: about six gradients on the correlations for each adaptive step.
  public func products(at times: [Double]) throws -> [Matrix<Double>] {
    let start = problem.initialWeights.layers
    let shapes = start.map { ($0.rows, $0.columns) }
    let clock = problem.rule.timeStep
    let speeds = problem.rule.rates.map { clock > 0 ? $0 / clock : 0 }
    let states = try integrator.states(
      at: times, from: start.flatMap(\.elements)
    ) { _, state, derivative in
      let layers = Self.split(state, shapes)
      var before = [Matrix<Double>.identity(shapes[0].1)]
      for layer in layers { before.append(layer * before[before.count - 1]) }
      let residual =
        problem.correlations.inputOutput - before[layers.count] * problem.correlations.input
      var back = residual
      var pieces: [[Double]] = Array(repeating: [], count: layers.count)
      for l in layers.indices.reversed() {
        var gradient = l == 0 ? back : back.times(before[l], right: .transposed)
        if problem.rule.weightDecay[l] != 0 {
          gradient.add(layers[l], scale: -problem.rule.weightDecay[l])
        }
        if l == 0, let factors = problem.rule.inputRates {
          gradient = gradient * .diagonal(factors)
        }
        pieces[l] = gradient.elements.map { speeds[l] * $0 }
        if l > 0 { back = layers[l].times(back, left: .transposed) }
      }
      var position = 0
      for value in pieces.joined() {
        derivative[position] = value
        position += 1
      }
    }
    return states.map { LinearWeights(Self.split($0, shapes)).product }
  }

  private static func split(
    _ state: [Double], _ shapes: [(Int, Int)]
  ) -> [Matrix<Double>] {
    var rest = state[...]
    return shapes.map { rows, columns in
      defer { rest = rest.dropFirst(rows * columns) }
      return Matrix(rows: rows, columns: columns, elements: Array(rest.prefix(rows * columns)))
    }
  }
}
