import Foundation
import LearningProblems
import LinearAlgebra

/// The weights of a two-layer network with a single hidden unit on white inputs.
///
/// q = (w; a) of layer 1 and 2 obeys q(t) = e^(Ft)q₀/√(1 + q₀ᵀGq₀) with F of ``MatrixRiccati`` at
/// λ = |a|²−|w|²: every start is balanced. Evaluated in the eigenbasis, scaled by the fastest
/// direction that the start contains.
///
/// - Source: derived in docs/theory/width-one.md; the single neuron of Kunin et al. 2024,
///   arXiv:2406.06158, without its cases.
public struct SingleNeuron: Sendable {
  let rates: [Double]
  let vectors: Matrix<Double>
  let start: [Double]
  let inputs: Int
  /// λ = |a₀|² − |w₀|², conserved.
  public let balance: Double

  /// A neuron from its start and the map to learn on inputs of unit variance.
  ///
  /// - Parameters:
  ///   - first: w₀, shape [input].
  ///   - second: a₀, shape [output].
  ///   - map: S, shape [output, input].
  public init(
    first w0: [Double], second a0: [Double], map: Matrix<Double>
  ) throws(TheoryError) {
    let (d, o) = (map.columns, map.rows)
    guard w0.count == d else {
      throw .lengthMismatch(name: "weights of layer 1", count: w0.count, expected: d)
    }
    guard a0.count == o else {
      throw .lengthMismatch(name: "weights of layer 2", count: a0.count, expected: o)
    }
    for value in w0 + a0 { try require("initial weight", value, "finite") }
    let lambda = a0.reduce(0) { $0 + $1 * $1 } - w0.reduce(0) { $0 + $1 * $1 }
    balance = lambda
    let generator = Matrix(rows: d + o, columns: d + o) { i, j in
      if i == j { return i < d ? -lambda / 2 : lambda / 2 }
      if i < d && j >= d { return map[j - d, i] }
      return i >= d && j < d ? map[i - d, j] : 0
    }
    let eigen = try factoring { try generator.symmetricEigen() }
    (rates, vectors, inputs) = (eigen.values, eigen.vectors, d)
    let q0 = Matrix(rows: d + o, columns: 1, elements: w0 + a0)
    start = vectors.times(q0, left: .transposed).elements
  }

  /// The weights w and a at time t ≥ 0.
  public func weights(at time: Double) -> (first: [Double], second: [Double]) {
    // The largest weighted component sets the scale: e^(μt)|c| ≤ e^top.
    var top = 0.0
    for (rate, c) in zip(rates, start) where c != 0 { top = max(top, rate * time + log(abs(c))) }
    var square = exp(-2 * top)
    var moved = start
    for i in start.indices where start[i] != 0 {
      let (mu, c) = (rates[i], start[i])
      moved[i] = (c < 0 ? -1 : 1) * exp(mu * time + log(abs(c)) - top)
      // c²·∫e^(2μs)ds·e^(−2top), the difference taken before the exponentials grow.
      let x = 2 * mu * time
      let integral =
        abs(x) < 1e-12
        ? time * exp(2 * (log(abs(c)) - top))
        : mu > 0
          ? moved[i] * moved[i] * -expm1(-x) / (2 * mu)
          : exp(2 * (log(abs(c)) - top)) * expm1(x) / (2 * mu)
      square += integral
    }
    let norm = square.squareRoot()
    let column = Matrix(rows: moved.count, columns: 1, elements: moved.map { $0 / norm })
    let q = (vectors * column).elements
    return (Array(q.prefix(inputs)), Array(q.dropFirst(inputs)))
  }

  /// The ratio ν = w·β/a of a neuron with one output at time t.
  ///
  /// ν′ = |β|² − δν − ν² with δ = a²−|w|²; with D = √(δ²+4|β|²), T = tanh(Dt/2),
  /// ν = (ν₀D + (2|β|²−δν₀)T)/(D + (δ+2ν₀)T).
  ///
  /// - Source: Kunin et al. 2024, arXiv:2406.06158; derived in docs/theory/width-one.md.
  public static func ratio(
    initial nu: Double, targetNorm: Double, balance delta: Double, at time: Double
  ) -> Double {
    let square = targetNorm * targetNorm
    let d = hypot(delta, 2 * targetNorm)
    guard d > 0 else { return nu / (1 + nu * time) }
    let t = tanh(d * time / 2)
    return (nu * d + (2 * square - delta * nu) * t) / (d + (delta + 2 * nu) * t)
  }
}

/// Two-layer learning with one hidden unit, whatever the start.
///
/// - Source: derived in docs/theory/width-one.md; Kunin et al. 2024, arXiv:2406.06158.
public struct WidthOne: ExactSolution {
  /// `width-one`.
  public static let id = "width-one"
  /// Name for a legend.
  public static let title = "single hidden unit"
  /// In one line, what it is about.
  public static let regime = "two layers, one hidden unit, white inputs, any start: exact weights"
  /// The paper it comes from.
  public static let source = "Kunin et al. 2024, arXiv:2406.06158"
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.firstLayer, .secondLayer]

  /// How well the assumptions hold.
  public let validity: Validity
  /// The neuron on the rescaled weights, without the inputs that never occur.
  public let neuron: SingleNeuron
  let start: TwoLayerStart
  let unseen: [Double]
  let variance: Double

  /// The solution of a two-layer problem with one hidden unit.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    guard start.hidden == 1 else {
      throw Self.inapplicable("there are \(start.hidden) hidden units, not 1")
    }
    let white = try start.whiteness()
    guard white.rank > 0 else { throw Self.inapplicable("the inputs are zero") }
    self.start = start
    variance = white.variance
    // Weights on inputs that never occur are frozen.
    let seen = (start.first * white.projector).elements
    unseen = zip(start.first.elements, seen).map { $0 - $1 }
    neuron = try SingleNeuron(
      first: seen, second: start.second.elements, map: problem.correlations.fit)
    let size = max(start.first.squaredNorm, start.second.squaredNorm)
    validity = Validity([
      start.whitenessAssumption(white.deviation), start.noDecayAssumption(),
      start.stepSizeAssumption(smallestStart: size),
    ])
  }

  /// The map, its strengths, loss, risk and both layers at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let c = start.ratio
    return moments.map { time in
      let (w, a) = neuron.weights(at: time * variance)
      let row = zip(w, unseen).map { $0 + $1 }
      let first = Matrix(rows: 1, columns: row.count, elements: row)
      let second = Matrix(rows: a.count, columns: 1, elements: a)
      var result = Prediction(product: second * first, of: start.problem)
      result[.firstLayer] = .matrix(c * first)
      result[.secondLayer] = .matrix((1 / c) * second)
      return result
    }
  }
}
