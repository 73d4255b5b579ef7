import Foundation
import LinearAlgebra

/// The flow P′ = FP + PF − P² of a Gram matrix P = QQᵀ, F symmetric, from a factor of low rank.
///
/// P(t) = e^(Ft)Q₀[I + Q₀ᵀG(t)Q₀]⁻¹Q₀ᵀe^(Ft) with G = ∫₀ᵗe^(2Fs)ds, evaluated in two ways that
/// never form a growing exponential of a long time: steps of the semigroup Q ← e^(F dt)Q·L⁻ᵀ with
/// LLᵀ = I + QᵀG(dt)Q, and, for late times, one shot in a basis where the fastest directions that
/// the start contains are pivots.
///
/// - Source: Fukumizu 1998; Braun et al. 2022; Dominé et al. 2024, arXiv:2409.14623; both forms
///   derived in docs/theory/matrix-riccati.md.
public struct RiccatiFlow: Sendable {
  /// Eigenvalues μ of F, falling.
  let rates: [Double]
  let vectors: Matrix<Double>
  /// Q₀ in the eigenbasis, of width at most its height.
  let start: Matrix<Double>
  /// Whether directions that the start contains only by rounding are removed.
  let staysOnSaddle: Bool

  /// Steps of the semigroup before the one-shot form takes over.
  static let largestNumberOfSteps = 1024

  /// The flow of a generator F from a factor Q₀ with as many rows.
  ///
  /// - Parameters:
  ///   - generator: F, symmetric.
  ///   - factor: Q₀, shape [row of F, hidden].
  ///   - staysOnSaddle: whether the start is known to miss a growing direction exactly; rounding
  ///     would otherwise let it appear.
  public init(
    generator: Matrix<Double>, factor: Matrix<Double>, staysOnSaddle: Bool = false
  ) throws(TheoryError) {
    precondition(
      generator.rows == factor.rows, "F is \(generator.shape) but Q is \(factor.shape)")
    let eigen = try factoring { try generator.symmetricEigen() }
    (rates, vectors) = (eigen.values, eigen.vectors)
    let rotated = vectors.times(factor, left: .transposed)
    start = try factoring { try rotated.transposed.qrDecomposition() }.triangular.transposed
    self.staysOnSaddle = staysOnSaddle
  }

  /// Factors X of P = XXᵀ at ascending times ≥ 0, each of shape [row of F, at most hidden].
  public func factors(at times: [Double]) throws(TheoryError) -> [Matrix<Double>] {
    let fastest = rates.map(abs).max() ?? 0
    let longest = fastest > 0 ? 8 / fastest : .infinity
    let horizon = staysOnSaddle ? 0 : longest * Double(Self.largestNumberOfSteps)
    var (now, state) = (0.0, start)
    var results: [Matrix<Double>] = []
    for time in times {
      try requireTime(time)
      if time > horizon {
        results.append(vectors * (try late(at: time)))
        continue
      }
      while time - now > 0 {
        let step = min(time - now, longest)
        state = try advanced(state, by: step)
        now = step < longest ? time : now + step
      }
      results.append(vectors * state)
    }
    return results
  }

  /// One step of the semigroup in the eigenbasis.
  private func advanced(
    _ state: Matrix<Double>, by step: Double
  ) throws(TheoryError) -> Matrix<Double> {
    let weights = rates.map { gain($0, step).squareRoot() }
    let width = state.columns
    // RᵀR = I + QᵀGQ by QR of the stack, which does not square the condition number.
    let stack = Matrix(rows: rates.count + width, columns: width) { i, j in
      i < rates.count ? weights[i] * state[i, j] : (i - rates.count == j ? 1 : 0)
    }
    let root = try factoring { try stack.qrDecomposition() }.triangular
    var next = state.solved(rightUpper: root)
    for i in 0..<next.rows {
      let growth = exp(rates[i] * step)
      for j in 0..<width { next[i, j] *= growth }
    }
    return next
  }

  /// The state at any time, in the eigenbasis, in one shot.
  ///
  /// Rows of Q₀ that the faster ones do not span become pivots K; Q₀ = ĜK with Ĝ the identity at
  /// the pivots and zero above them, and P = EĜ[(KKᵀ)⁻¹ + ĜᵀGĜ]⁻¹ĜᵀE. Scaling column j by e^(−mt),
  /// m = max(μ of pivot j, 0), bounds every entry.
  private func late(at time: Double) throws(TheoryError) -> Matrix<Double> {
    let pivots = independentRows()
    let rank = pivots.count
    let chosen = Matrix(rows: rank, columns: start.columns) { i, j in start[pivots[i], j] }
    let qr = try factoring { try chosen.transposed.qrDecomposition() }
    let coordinates = start.times(qr.orthogonal)
    var echelon = coordinates.solved(rightUpperTransposed: qr.triangular)
    for i in 0..<echelon.rows {
      for j in 0..<rank where i <= pivots[j] { echelon[i, j] = i == pivots[j] ? 1 : 0 }
    }
    let scale = pivots.map { max(rates[$0], 0) }
    let inverse = Matrix<Double>.identity(rank).solved(rightUpper: qr.triangular).transposed
    let stack = Matrix(rows: rank + rates.count, columns: rank) { i, j in
      if i < rank { return inverse[i, j] * exp(-scale[j] * time) }
      let row = i - rank
      guard echelon[row, j] != 0 else { return 0 }
      return echelon[row, j] * boundedGain(rates[row], minus: scale[j], time)
    }
    let root = try factoring { try stack.qrDecomposition() }.triangular
    let grown = Matrix(rows: rates.count, columns: rank) { i, j in
      echelon[i, j] == 0 ? 0 : echelon[i, j] * exp((rates[i] - scale[j]) * time)
    }
    return grown.solved(rightUpper: root)
  }

  /// Rows, by falling rate, that are independent of the ones before.
  private func independentRows() -> [Int] {
    let largest = (0..<start.rows).map { norm(start.row($0)) }.max() ?? 0
    let tolerance = staysOnSaddle ? 1e-9 : 1e-13
    var (pivots, basis) = ([Int](), [[Double]]())
    for i in 0..<start.rows where basis.count < start.columns {
      var row = start.row(i)
      let size = norm(row)
      guard size > 1e-15 * largest else { continue }
      for _ in 0..<2 {
        for direction in basis {
          let along = zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
          for k in row.indices { row[k] -= along * direction[k] }
        }
      }
      let rest = norm(row)
      guard rest > tolerance * size else { continue }
      basis.append(row.map { $0 / rest })
      pivots.append(i)
    }
    return pivots
  }

  private func norm(_ row: [Double]) -> Double { row.reduce(0) { hypot($0, $1) } }

  /// ∫₀ᵗe^(2μs)ds.
  private func gain(_ rate: Double, _ time: Double) -> Double {
    let x = 2 * rate * time
    return abs(x) < 1e-12 ? time : expm1(x) / (2 * rate)
  }

  /// √(∫₀ᵗe^(2μs)ds)·e^(−mt) with m ≥ max(μ, 0).
  private func boundedGain(_ rate: Double, minus scale: Double, _ time: Double) -> Double {
    guard rate > 0, 2 * rate * time > 1e-12 else {
      return gain(rate, time).squareRoot() * exp(-scale * time)
    }
    return (-expm1(-2 * rate * time) / (2 * rate)).squareRoot() * exp((rate - scale) * time)
  }
}

extension Matrix<Double> {
  /// X with X·R = self, R upper triangular; columns of a zero pivot are zero.
  func solved(rightUpper r: Matrix) -> Matrix {
    var x = self
    let (rows, n) = (self.rows, columns)
    x.elements.withUnsafeMutableBufferPointer { x in
      r.elements.withUnsafeBufferPointer { r in
        for i in 0..<rows {
          let row = i * n
          for j in 0..<n {
            let pivot = r[j * n + j]
            x[row + j] = pivot == 0 ? 0 : x[row + j] / pivot
            let value = x[row + j]
            guard value != 0 else { continue }
            for k in j + 1..<Swift.max(n, j + 1) { x[row + k] -= value * r[j * n + k] }
          }
        }
      }
    }
    return x
  }

  /// X with X·Rᵀ = self, R upper triangular; columns of a zero pivot are zero.
  func solved(rightUpperTransposed r: Matrix) -> Matrix {
    var x = self
    let (rows, n) = (self.rows, columns)
    x.elements.withUnsafeMutableBufferPointer { x in
      r.elements.withUnsafeBufferPointer { r in
        for i in 0..<rows {
          let row = i * n
          for j in (0..<n).reversed() {
            var sum = x[row + j]
            for k in j + 1..<Swift.max(n, j + 1) { sum -= x[row + k] * r[j * n + k] }
            let pivot = r[j * n + j]
            x[row + j] = pivot == 0 ? 0 : sum / pivot
          }
        }
      }
    }
    return x
  }
}
