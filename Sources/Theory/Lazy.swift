import Foundation
import LearningProblems
import LinearAlgebra

/// Two-layer learning with the neural tangent kernel of the start.
///
/// W′ = A·R + R·B with A = (η₁/η)W₂W₂ᵀ and B = (η₂/η)W₁ᵀW₁ frozen, R = (Ŵ−W)Σxx. In the eigenbasis
/// of A row i obeys wᵢ(t) = wᵢ(0) + ρᵢ·φ(Kᵢ)·S(aᵢI + B) with S = Σxx^½, Kᵢ = S(aᵢI + B)S and
/// ρᵢ = (ŵᵢ−wᵢ(0))S. Exact when one layer is frozen; otherwise the error falls like the square of
/// task over kernel.
///
/// - Source: Jacot, Gabriel & Hongler 2018, arXiv:1806.07572; derived in docs/theory/lazy.md.
public struct Lazy: ExactSolution {
  /// `lazy`.
  public static let id = "lazy"
  /// Name for a legend.
  public static let title = "frozen kernel"
  /// In one line, what it is about.
  public static let regime =
    "two layers, any data: exact with one layer frozen, else the limit of large starts"
  /// The paper it comes from.
  public static let source = "Jacot, Gabriel & Hongler 2018, arXiv:1806.07572"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  let problem: LearningProblem
  /// Eigenvectors of A, shape [output, output].
  let basis: Matrix<Double>
  /// W(0) in that basis.
  let start: Matrix<Double>
  let rows: [Row]

  /// One row of the map in the eigenbasis of A: rates, what moves along them, and where to.
  struct Row {
    let rates, coefficients: [Double]
    let directions: Matrix<Double>
  }

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let weights = problem.initialWeights
    guard weights.depth == 2 else {
      throw Self.inapplicable("the network has \(weights.depth) layers, not 2")
    }
    let (rates, step) = (problem.rule.rates, problem.rule.timeStep)
    try problem.requireFinite(for: Self.id)
    guard step > 0 else { throw Self.inapplicable("both layers are frozen") }
    self.problem = problem
    let (first, second) = (weights.layers[0], weights.layers[1])
    let a = (rates[0] / step) * second.times(second, right: .transposed)
    let b = (rates[1] / step) * first.times(first, left: .transposed)
    let product = weights.product
    let gap = problem.correlations.fit - product
    let d = problem.correlations.inputs
    let (outer, input) = try factoring {
      (try a.symmetricEigen(), try problem.correlations.input.symmetricEigen())
    }
    basis = outer.vectors
    start = basis.times(product, left: .transposed)
    let roots = input.values.map { max(0, $0).squareRoot() }
    let root = (input.vectors * .diagonal(roots)).times(input.vectors, right: .transposed)
    let pushed = basis.times(gap, left: .transposed) * root
    var rows: [Row] = []
    for (i, value) in outer.values.enumerated() {
      let kernel = b + max(0, value) * Matrix.identity(d)
      let eigen = try factoring { try (root * kernel * root).symmetricEigen() }
      let floor = 1e-13 * (eigen.values.first ?? 0)
      rows.append(
        Row(
          rates: eigen.values.map { $0 > floor ? $0 : 0 },
          coefficients: (pushed.rows(i..<i + 1) * eigen.vectors).elements,
          directions: eigen.vectors.times(root, left: .transposed) * kernel))
    }
    self.rows = rows
    let size = a.trace / Double(max(a.rows, 1)) + b.trace / Double(max(d, 1))
    let norm = try factoring { try gap.singularValues() }.first ?? 0
    let isFrozen = rates.contains(0)
    let ratio = isFrozen ? 0 : size > 0 ? norm / size : norm > 0 ? .infinity : 0
    let speed = step * (rows.compactMap { $0.rates.first }.max() ?? 0)
    let decay = problem.rule.weightDecay.map(abs).max() ?? 0
    validity = Validity([
      // The square of this ratio is what was measured over three decades of start sizes.
      Validity.Assumption(
        "the kernel does not move", violation: ratio, tolerance: 0, expectedError: ratio * ratio),
      Validity.Assumption(
        "there is no weight decay", violation: decay, tolerance: 0, expectedError: .infinity),
      Validity.Assumption(
        "steps are small", violation: speed, tolerance: 0,
        expectedError: speed < 2 ? speed / (2 * M_E) : .infinity, isStepSize: true),
    ])
  }

  /// The map, its strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      var map = start
      for (i, row) in rows.enumerated() {
        let gains = zip(row.coefficients, row.rates).map { c, m in
          m == 0 ? 0 : c * -expm1(-m * time) / m
        }
        let change = Matrix(rows: 1, columns: gains.count, elements: gains) * row.directions
        for j in 0..<map.columns { map[i, j] += change[0, j] }
      }
      return Prediction(product: basis * map, of: problem)
    }
  }
}
