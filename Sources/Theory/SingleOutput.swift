import Foundation
import Integration
import LearningProblems
import LinearAlgebra

/// Two-layer learning of a single output from weights of rank one, on any inputs.
///
/// W₁ = p·zᵀ and W₂ = u·pᵀ with |p| = 1 is kept by gradient descent, so inputs + 1 numbers remain:
/// z′ = u·(β − uz)Σxx and u′ = z·Σxx·(β − uz). The last approach to the fit is linear and solved by
/// its eigenvectors, so that no time is too late.
///
/// - Source: Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667 (reduction); the end is derived in
///   docs/theory/single-output.md.
public struct SingleOutput: ExactSolution {
  /// `single-output`.
  public static let id = "single-output"
  /// Name for a legend.
  public static let title = "single output, rank one"
  /// In one line, what it is about.
  public static let regime = "two layers, one output, any inputs, rank-one start: reduction"
  /// The paper it comes from.
  public static let source = "Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  let problem: LearningProblem
  let eigenvalues: [Double]
  let vectors: Matrix<Double>
  /// β and z in the eigenbasis of Σxx, and u.
  let target, initial: [Double]
  let amplitude: Double

  /// The solution of a two-layer problem with one output.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    guard problem.correlations.outputs == 1 else {
      throw Self.inapplicable("there are \(problem.correlations.outputs) outputs, not 1")
    }
    self.problem = problem
    let eigen = try factoring { try problem.correlations.input.symmetricEigen() }
    let floor = 1e-12 * (eigen.values.first ?? 0)
    eigenvalues = eigen.values.map { $0 > floor ? $0 : 0 }
    vectors = eigen.vectors
    target = (problem.correlations.fit * vectors).elements
    let norm = start.second.norm
    let direction: Matrix<Double>
    if norm > 0 {
      direction = (1 / norm) * start.second
    } else {
      direction = try factoring { try start.first.singularValueDecomposition() }
        .left.columns(0..<1).transposed
    }
    let z = direction * start.first
    amplitude = norm
    initial = (z * vectors).elements
    let rest = (start.first - direction.transposed * z).norm
    let size = max(start.first.norm, norm)
    validity = Validity([
      Validity.Assumption(
        "the first layer has rank one along the second", violation: size > 0 ? rest / size : 0,
        tolerance: 1e-9, expectedError: size > 0 ? rest / size : 0),
      start.noDecayAssumption(),
      start.stepSizeAssumption(smallestStart: size * size),
    ])
  }

  /// The map, its strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let maps = try products(at: moments)
    return maps.map { map in
      let row = Matrix(rows: 1, columns: map.count, elements: map)
      return Prediction(product: row.times(vectors, right: .transposed), of: problem)
    }
  }

  /// The products u·z in the eigenbasis.
  private func products(at times: [Double]) throws(TheoryError) -> [[Double]] {
    let d = target.count
    let (values, beta) = (eigenvalues, target)
    var results: [[Double]] = []
    func product(_ y: [Double]) -> [Double] { y.dropLast().map { $0 * y[d] } }
    while results.count < times.count && times[results.count] == 0 {
      results.append(product(initial + [amplitude]))
    }
    guard let end = times.last, results.count < times.count else { return results }
    let size = max(amplitude, initial.reduce(0) { max($0, abs($1)) })
    let integrator = DormandPrince(
      relativeTolerance: 1e-11, absoluteTolerance: 1e-14 * max(min(size, 1), 1e-280),
      maximumSteps: 2_000_000)
    let last = try integrating { () throws(IntegrationError) in
      try integrator.integrate(
        from: 0, to: end, initial: initial + [amplitude], stops: times,
        derivative: { _, y, slope in
          let u = y[d]
          var sum = 0.0
          for k in 0..<d {
            let force = values[k] * (beta[k] - u * y[k])
            slope[k] = u * force
            sum += y[k] * force
          }
          slope[d] = sum
        },
        observe: { step in
          while results.count < times.count && times[results.count] <= step.end {
            results.append(product(step.state(at: times[results.count])))
          }
          // The rest is linear once it is small beside the kernel.
          let y = step.endState
          let kernel = y.reduce(0) { max($0, $1 * $1) }
          return (0..<d).contains { values[$0] > 0 && abs(beta[$0] - y[$0] * y[d]) > 1e-7 * kernel }
        })
    }
    guard results.count < times.count else { return results }
    return results
      + (try finish(from: last.state, at: times[results.count...].map { $0 - last.time }))
  }

  /// The linear end: with y = Λ^½(β − uz), y′ = −(u²Λ + Λ^½zzᵀΛ^½)y.
  private func finish(from state: [Double], at times: [Double]) throws(TheoryError) -> [[Double]] {
    let d = target.count
    let u = state[d]
    let roots = eigenvalues.map { $0.squareRoot() }
    let rates = Matrix(rows: d, columns: d) { i, j in
      (i == j ? u * u * eigenvalues[i] : 0) + roots[i] * state[i] * state[j] * roots[j]
    }
    let eigen = try factoring { try rates.symmetricEigen() }
    let gap = Matrix(rows: d, columns: 1) { k, _ in roots[k] * (target[k] - u * state[k]) }
    let along = eigen.vectors.times(gap, left: .transposed).elements
    // u² follows from the conserved u² − |z|² once the map on seen inputs is known.
    let unseen = (0..<d).filter { eigenvalues[$0] == 0 }
    let conserved = amplitude * amplitude - initial.reduce(0) { $0 + $1 * $1 }
    let still = unseen.reduce(conserved) { $0 + initial[$1] * initial[$1] }
    return times.map { time in
      let faded = zip(along, eigen.values).map { $0 * exp(-max(0, $1) * time) }
      let rest = (eigen.vectors * Matrix(rows: d, columns: 1, elements: faded)).elements
      var map = (0..<d).map { k in roots[k] > 0 ? target[k] - rest[k] / roots[k] : 0 }
      let square = map.reduce(0) { $0 + $1 * $1 }
      let amplitude = ((still + hypot(still, 2 * square.squareRoot())) / 2).squareRoot()
      for k in unseen { map[k] = initial[k] * (u < 0 ? -amplitude : amplitude) }
      return map
    }
  }
}
