import Foundation
import Integration
import LearningProblems
import LinearAlgebra

/// Gradient flow and descent of linear networks, integrated independently of any theory.
enum TestFlow {
  /// A network's layers at ascending times, by Dormand–Prince at tight tolerance.
  static func layers(
    _ problem: LearningProblem, at times: [Double], rates: [Double]? = nil,
    tolerance: Double = 1e-12
  ) throws -> [[Matrix<Double>]] {
    let layers = problem.initialWeights.layers
    // Flow in the time of the program: rates divided by their geometric mean.
    let step = problem.rule.timeStep
    let speeds = rates ?? problem.rule.rates.map { $0 / step }
    let decays = problem.rule.weightDecay
    let integrator = DormandPrince(
      relativeTolerance: tolerance, absoluteTolerance: tolerance * 1e-3, maximumSteps: 4_000_000)
    let states = try integrator.states(
      at: times, from: layers.flatMap(\.elements), interpolating: false
    ) { _, y, slope in
      let now = unpack(y, like: layers)
      let gradients = descent(now, problem.correlations)
      var k = 0
      for l in now.indices {
        for i in now[l].elements.indices {
          slope[k] = speeds[l] * (gradients[l].elements[i] - decays[l] * now[l].elements[i])
          k += 1
        }
      }
    }
    return states.map { unpack($0, like: layers) }
  }

  /// The products W at ascending times.
  static func products(
    _ problem: LearningProblem, at times: [Double], tolerance: Double = 1e-12
  ) throws -> [Matrix<Double>] {
    try layers(problem, at: times, tolerance: tolerance).map { LinearWeights($0).product }
  }

  /// −∂J/∂W_l of every layer.
  static func descent(
    _ layers: [Matrix<Double>], _ correlations: Correlations
  ) -> [Matrix<Double>] {
    let n = layers.count
    var before: [Matrix<Double>?] = [nil]
    for l in 0..<n { before.append(before[l].map { layers[l] * $0 } ?? layers[l]) }
    guard let product = before[n] else { return [] }
    var above = correlations.inputOutput - product * correlations.input
    var gradients = layers
    for l in (0..<n).reversed() {
      gradients[l] = before[l].map { above.times($0, right: .transposed) } ?? above
      above = layers[l].times(above, left: .transposed)
    }
    return gradients
  }

  /// Layers after each of `steps` steps of gradient descent, entry 0 being the start.
  static func descend(_ problem: LearningProblem, steps: Int) -> [[Matrix<Double>]] {
    var layers = problem.initialWeights.layers
    var results = [layers]
    for k in 0..<steps {
      let rates = problem.rule.rates(at: k)
      if problem.rule.order == .simultaneous {
        let g = descent(layers, problem.correlations)
        for l in layers.indices {
          var change = g[l]
          change.add(layers[l], scale: -problem.rule.weightDecay[l])
          layers[l].add(change, scale: rates[l])
        }
      } else {
        for l in layers.indices {
          var change = descent(layers, problem.correlations)[l]
          change.add(layers[l], scale: -problem.rule.weightDecay[l])
          layers[l].add(change, scale: rates[l])
        }
      }
      results.append(layers)
    }
    return results
  }

  static func unpack(_ y: [Double], like layers: [Matrix<Double>]) -> [Matrix<Double>] {
    var k = 0
    return layers.map { layer in
      defer { k += layer.elements.count }
      return Matrix(
        rows: layer.rows, columns: layer.columns,
        elements: Array(y[k..<k + layer.elements.count]))
    }
  }
}

/// Problems to try theory on.
enum TestProblem {
  /// A problem from correlations and layers.
  static func make(
    input: Matrix<Double>, inputOutput: Matrix<Double>, layers: [Matrix<Double>],
    rates: [Double]? = nil, decay: Double = 0, weightDecay: [Double]? = nil,
    order: UpdateOrder = .simultaneous, teacher: Matrix<Double>? = nil, samples: Int? = nil,
    noise: [Double] = [0, 0]
  ) throws -> LearningProblem {
    try LearningProblem(
      correlations: Correlations(input: input, inputOutput: inputOutput),
      initialWeights: LinearWeights(layers),
      rule: StepRule(
        rates: rates ?? layers.map { _ in 1e-4 }, decay: decay, weightDecay: weightDecay,
        order: order),
      test: teacher.map { .init(input: input, teacher: $0) }, samples: samples, noise: noise)
  }

  /// White inputs and a given map to learn.
  static func white(
    _ map: Matrix<Double>, layers: [Matrix<Double>], rates: [Double]? = nil,
    weightDecay: [Double]? = nil
  ) throws -> LearningProblem {
    try make(
      input: .identity(map.columns), inputOutput: map, layers: layers, rates: rates,
      weightDecay: weightDecay)
  }

  /// A decoupled problem with chosen input variances and singular values of the fit, and a start
  /// aligned with it: a and b are the amplitudes of the modes.
  static func aligned(
    inputs d: Int, hidden h: Int, outputs o: Int, variances: [Double], fit: [Double],
    first a: [Double], second b: [Double], rates: [Double] = [1e-4, 1e-4], decay: Double = 0,
    weightDecay: [Double]? = nil, order: UpdateOrder = .simultaneous, seed: UInt64 = 1,
    teacherShift: [Double]? = nil
  ) throws -> LearningProblem {
    var normals = TestNormals(seed: seed)
    let v = try normals.orthonormal(d, d)
    let u = try normals.orthonormal(o, o)
    let r = try normals.orthonormal(h, h)
    let input = (v * .diagonal(variances)).times(v, right: .transposed)
    let map = (u * .diagonal(fit, rows: o, columns: d)).times(v, right: .transposed)
    let first = (r * .diagonal(a, rows: h, columns: d)).times(v, right: .transposed)
    let second = (u * .diagonal(b, rows: o, columns: h)).times(r, right: .transposed)
    let teacher = teacherShift.map { shift in
      (u * .diagonal(zip(fit, shift).map { $0 + $1 }, rows: o, columns: d))
        .times(v, right: .transposed)
    }
    return try make(
      input: input, inputOutput: map * input, layers: [first, second], rates: rates,
      decay: decay, weightDecay: weightDecay, order: order, teacher: teacher ?? map)
  }

  /// λ-balanced weights of random alignment: W₂ᵀW₂ − W₁W₁ᵀ = λI.
  static func balanced(
    inputs d: Int, hidden h: Int, outputs o: Int, balance: Double, scale: Double,
    normals: inout TestNormals
  ) throws -> [Matrix<Double>] {
    let (r, u, v) = (
      try normals.orthonormal(h, h), try normals.orthonormal(o, o), try normals.orthonormal(d, d)
    )
    var (first, second) = (Matrix<Double>(rows: h, columns: d), Matrix<Double>(rows: o, columns: h))
    for i in 0..<h {
      let s = i < min(d, o, h) ? scale * (0.3 + 0.7 * normals.uniform()) : 0
      let root = (balance * balance + 4 * s * s).squareRoot()
      let larger = ((abs(balance) + root) / 2).squareRoot()
      let smaller = larger > 0 ? s / larger : 0
      let (one, two) = balance >= 0 ? (smaller, larger) : (larger, smaller)
      if i < d { for j in 0..<h { for k in 0..<d { first[j, k] += one * r[j, i] * v[k, i] } } }
      if i < o { for j in 0..<o { for k in 0..<h { second[j, k] += two * u[j, i] * r[k, i] } } }
    }
    return [first, second]
  }
}

/// Largest difference over the largest entry of the second series.
func relativeError(_ a: [Matrix<Double>], _ b: [Matrix<Double>]) -> Double {
  let scale = b.map(\.largestMagnitude).max() ?? 0
  let gap = zip(a, b).map { ($0 - $1).largestMagnitude }.max() ?? 0
  return a.count == b.count ? gap / max(scale, 1e-300) : .infinity
}

/// Largest difference of numbers over the largest of the second list.
func relativeError(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let scale = b.map(abs).max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? 0) / max(scale, 1e-300)
}

/// Evenly spaced times from 0 to `end`.
func times(to end: Double, count: Int) -> [Double] {
  (0...count).map { end * Double($0) / Double(count) }
}
