import Foundation
import LearningProblems
import LinearAlgebra

/// Two-layer learning on white inputs from small random weights: sigmoids that wait for each other.
///
/// With gᵢ = (W₂ᵀuᵢ + W₁vᵢ)/2 a mode grows from u_eff = Rᵢᵢ², R of the QR of [g₁ g₂ …] by falling
/// strength: stronger modes, once learned, take their direction from the weaker ones. Inside a
/// group of equal strengths the eigenvectors of gᵀg are the modes.
///
/// - Source: derived in docs/theory/small-initialization.md; extends Saxe, McClelland & Ganguli
///   2014 to unaligned starts.
public struct SmallInitialization: ExactSolution {
  /// `small-initialization`.
  public static let id = "small-initialization"
  /// Name for a legend.
  public static let title = "small random start"
  /// In one line, what it is about.
  public static let regime = "two layers, white inputs, small random start: asymptotic"
  /// Where it comes from.
  public static let source = "derived in docs/theory/small-initialization.md"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  /// One sigmoid per learnable mode, from its effective start.
  public let modes: [BalancedMode]
  let problem: LearningProblem
  let left, right: Matrix<Double>

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    let white = try start.whiteness()
    let basis = problem.modes
    self.problem = problem
    var left = basis.left.columns(0..<basis.rank)
    var right = basis.right.columns(0..<basis.rank)
    var (modes, learned) = ([BalancedMode](), [[Double]]())
    var begin = 0
    while begin < basis.rank {
      var end = begin + 1
      while end < basis.rank, basis.values[end] > basis.values[begin] * (1 - 1e-9) { end += 1 }
      let (u, v) = (left.columns(begin..<end), right.columns(begin..<end))
      var growth = 0.5 * (start.second.times(u, left: .transposed) + start.first * v)
      let before = growth.squaredNorm
      for _ in 0..<2 {
        for direction in learned {
          for j in 0..<growth.columns {
            let along = zip(growth.column(j), direction).reduce(0) { $0 + $1.0 * $1.1 }
            for i in 0..<growth.rows { growth[i, j] -= along * direction[i] }
          }
        }
      }
      let gram = growth.times(growth, left: .transposed)
      let eigen = try factoring { try gram.symmetricEigen() }
      growth = growth * eigen.vectors
      for k in 0..<end - begin {
        let column = growth.column(k)
        let size = column.reduce(0) { hypot($0, $1) }
        let amplitude = size * size > 1e-24 * before ? size * size : 0
        if amplitude > 0 { learned.append(column.map { $0 / size }) }
        modes.append(
          try BalancedMode(
            strength: basis.values[begin] * white.variance, variance: white.variance,
            initial: amplitude))
      }
      let (turnedLeft, turnedRight) = (u * eigen.vectors, v * eigen.vectors)
      for j in begin..<end {
        for i in 0..<left.rows { left[i, j] = turnedLeft[i, j - begin] }
        for i in 0..<right.rows { right[i, j] = turnedRight[i, j - begin] }
      }
      begin = end
    }
    (self.modes, self.left, self.right) = (modes, left, right)
    let strongest = basis.values.first ?? 0
    let largest = modes.map(\.initial).max() ?? 0
    let size = strongest > 0 ? (largest / strongest).squareRoot() : .infinity
    let smallest = modes.map(\.initial).filter { $0 > 0 }.min() ?? 0
    validity = Validity([
      start.whitenessAssumption(white.deviation), start.noDecayAssumption(),
      // 0.4·√(u_eff/s) and 0.1/√width (the passing overlap of modes) were measured.
      Validity.Assumption(
        "the start is small", violation: size, tolerance: 0, expectedError: 0.4 * size),
      Validity.Assumption(
        "the network is wide", violation: 1 / Double(max(start.hidden, 1)), tolerance: 0,
        expectedError: modes.count > 1 ? 0.1 / Double(max(start.hidden, 1)).squareRoot() : 0),
      start.stepSizeAssumption(smallestStart: smallest),
    ])
  }

  /// The map, its strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let values = modes.map { $0.value(at: time) }
      return Prediction(
        product: (left * .diagonal(values)).times(right, right: .transposed), of: problem)
    }
  }
}
