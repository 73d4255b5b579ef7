import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Testing

@testable import Dynamics

/// A random coupled problem with weights at a random minimum of it.
struct RandomMinimum: Sendable, CustomTestStringConvertible {
  let seed: UInt32
  let depth: Int
  let samples, inputCount, outputs: Int
  let widths: [Int]
  let rates: [Double]
  var testDescription: String {
    "seed \(seed), n \(samples), widths \(inputCount) \(widths), rates \(rates)"
  }

  init(seed: UInt32, depth: Int = 2) {
    var stream = NumPyStream(seed: seed)
    self.seed = seed
    self.depth = depth
    let inputs = 2 + stream.integer(below: 4)
    let outputs = 1 + stream.integer(below: 6)
    inputCount = inputs
    self.outputs = outputs
    samples = seed % 3 == 0 ? inputs - 1 : 12
    widths = (1..<depth).map { _ in 1 + stream.integer(below: 6) } + [outputs]
    rates = (0..<depth).map { _ in stream.uniform(from: 0.2, to: 1) }
  }

  /// Samples, and weights whose map has the smallest loss that the widths allow.
  func draw() throws -> (problem: RandomNetwork, weights: LinearWeights) {
    let problem = try RandomNetwork(
      samples: samples, inputs: inputCount, outputs: outputs, seed: seed)
    let correlations = problem.correlations
    var stream = NumPyStream(seed: seed &+ 1000)
    let rank = min(problem.modes.rank, widths.min() ?? 0)
    let root = try correlations.input.symmetricRoot()
    let left = try (correlations.fit * root).singularValueDecomposition().left.columns(0..<rank)
    let target = left * left.times(correlations.fit, left: .transposed)
    let factors = try target.singularValueDecomposition()
    let values = factors.values.prefix(rank).map { $0.squareRoot() }
    var layers: [Matrix<Double>] = []
    var inverse: Matrix<Double>?
    for (l, width) in widths.enumerated() {
      let columns = l == 0 ? inputCount : widths[l - 1]
      var layer = Matrix<Double>.diagonal(
        Array(repeating: 1, count: rank), rows: width, columns: columns)
      if l == 0 {
        let scaled = Matrix.diagonal(Array(values), rows: width, columns: rank)
        layer = scaled.times(factors.right.columns(0..<rank), right: .transposed)
        // Hidden units that the second layer does not read, and inputs that never vary.
        for i in rank..<max(rank, width) where depth > 1 {
          for j in 0..<columns { layer[i, j] = 0.3 * stream.normal() }
        }
        let range = problem.modes.inputEigenvalues.prefix { $0 > 1e-12 }.count
        let still = try correlations.input.symmetricEigen().vectors.columns(range..<columns)
        let noise = stream.normals(rows: width, columns: still.columns)
        layer.add(noise.times(still, right: .transposed), scale: 0.5)
      }
      if l == depth - 1 {
        let scaled = Matrix.diagonal(Array(values), rows: rank, columns: columns)
        layer = factors.left.columns(0..<rank) * scaled
      }
      if let inverse { layer = layer * inverse }
      if l < depth - 1 {
        let one = try haarOrthogonal(width, using: &stream)
        let two = try haarOrthogonal(width, using: &stream)
        let scales = (0..<width).map { _ in stream.uniform(from: 0.6, to: 1.7) }
        layer = (one * Matrix.diagonal(scales)).times(two, right: .transposed) * layer
        inverse = (two * Matrix.diagonal(scales.map { 1 / $0 })).times(one, right: .transposed)
      }
      layers.append(layer)
    }
    return (problem, LinearWeights(layers))
  }

  /// Largest distance from the minimum in 4000 steps that start 10⁻⁷ away from it.
  func excursion(
    _ problem: RandomNetwork, _ weights: LinearWeights, rule: StepRule
  ) throws -> Double {
    var stream = NumPyStream(seed: seed &+ 2000)
    var start = weights
    for l in start.layers.indices {
      let layer = start.layers[l]
      start.layers[l].add(stream.normals(rows: layer.rows, columns: layer.columns), scale: 1e-7)
    }
    var descent = problem.descent(start, rule: rule)
    var largest = 0.0
    while descent.iteration < 4000, largest < 0.01 {
      if descent.advance(to: descent.iteration + 1) { return .infinity }
      let distance = zip(descent.network.weights.layers, weights.layers)
        .reduce(0) { $0 + ($1.0 - $1.1).squaredNorm }
      largest = max(largest, distance.squareRoot())
    }
    return largest
  }
}

@Suite("The largest stable step")
struct StepSizeBoundTests {
  /// A minimum is left when the distance grows ten-thousandfold and more; non-normal steps and the
  /// flat directions may enlarge it for a while, but not that much.
  private func checkBothSides(_ minimum: RandomMinimum, order: UpdateOrder) throws {
    let (problem, weights) = try minimum.draw()
    let rule = StepRule(rates: minimum.rates, order: order)
    let curvature = Curvature(
      weights: weights, correlations: problem.correlations, rule: rule)
    for gradient in curvature.gradients { #expect(gradient.largestMagnitude <= 1e-12) }
    let bound = try StepSizeBound.at(
      weights: weights, correlations: problem.correlations, rule: rule)
    #expect(bound.isTight)
    var inside = rule
    inside.rates = bound.largestRates.map { 0.98 * $0 }
    let stays = try minimum.excursion(problem, weights, rule: inside)
    #expect(stays < 1e-4, "left at 0.98 of the bound: \(stays)")
    var outside = rule
    outside.rates = bound.largestRates.map { 1.02 * $0 }
    let leaves = try minimum.excursion(problem, weights, rule: outside)
    #expect(leaves > 1e-3, "stayed at 1.02 of the bound: \(leaves)")
  }

  @Test("simultaneous runs leave just above the bound and not just below", arguments: 1...50)
  func simultaneous(seed: Int) throws {
    try checkBothSides(RandomMinimum(seed: UInt32(seed)), order: .simultaneous)
  }

  @Test("sequential runs leave just above the bound and not just below", arguments: 1...50)
  func sequential(seed: Int) throws {
    try checkBothSides(RandomMinimum(seed: UInt32(seed)), order: .sequential)
  }

  @Test(
    "deep runs leave just above the bound and not just below", arguments: 1...12,
    UpdateOrder.allCases)
  func deep(seed: Int, order: UpdateOrder) throws {
    try checkBothSides(
      RandomMinimum(seed: UInt32(seed), depth: 3 + seed % 2), order: order)
  }

  @Test("the random problems cover what is special")
  func coverage() throws {
    let all = (1...50).map { RandomMinimum(seed: UInt32($0)) }
    #expect(all.contains { $0.samples < $0.inputCount })
    #expect(all.contains { $0.outputs > $0.inputCount })
    #expect(all.filter { $0.widths[0] < min($0.inputCount, $0.outputs) }.count >= 5)
    #expect(all.contains { $0.widths[0] > max($0.inputCount, $0.outputs) })
  }

  @Test("the closed form is the largest eigenvalue of the whole Hessian", arguments: 1...20)
  func closedForm(seed: Int) throws {
    let (problem, weights) = try RandomMinimum(seed: UInt32(seed)).draw()
    let rule = StepRule(rates: [0.3, 0.7])
    let curvature = Curvature(weights: weights, correlations: problem.correlations, rule: rule)
    let top = try curvature.largestEigenvalue()
    let dense = try curvature.matrix().symmetricEigen().values[0]
    // Lanczos stops at a relative 1e-8; the rest is rounding.
    #expect(abs(top - dense) <= 1e-8 * dense)
  }
}
