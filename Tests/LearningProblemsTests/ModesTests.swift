import LinearAlgebra
import Testing

@testable import LearningProblems

@Suite("Modes")
struct ModesTests {
  /// Sizes (samples, inputs, outputs), with more and fewer samples, inputs and outputs.
  static let sizes = [
    (20, 4, 3), (20, 3, 5), (3, 6, 2), (2, 5, 4), (9, 1, 1), (9, 1, 3), (9, 5, 1),
  ]

  static func correlations(_ size: (Int, Int, Int)) throws -> Correlations {
    var whole = Whole(seed: UInt64(size.0 * 100 + size.1 * 10 + size.2))
    return try Correlations(
      inputs: whole.matrix(size.0, size.1), targets: whole.matrix(size.0, size.2),
      reduction: .sum)
  }

  @Test("U·S·Vᵀ is the fit, U and V are orthogonal, S falls", arguments: sizes)
  func reconstruction(size: (Int, Int, Int)) throws {
    let correlations = try Self.correlations(size)
    let modes = try Modes(of: correlations)
    #expect(modes.left.rows == size.2 && isOrthogonal(modes.left))
    #expect(modes.right.rows == size.1 && isOrthogonal(modes.right))
    #expect(modes.values.count == min(size.1, size.2))
    #expect(modes.values == modes.values.sorted(by: >))
    let made = modes.map(withCoordinates: modes.fitCoordinates)
    #expect((made - correlations.fit).largestMagnitude <= 1e-13 * correlations.fit.norm)
    let back = modes.coordinates(of: correlations.fit) - modes.fitCoordinates
    #expect(back.largestMagnitude <= 1e-13 * correlations.fit.norm)
  }

  @Test("the largest entry of every right vector is positive", arguments: sizes)
  func signs(size: (Int, Int, Int)) throws {
    let right = try Modes(of: Self.correlations(size)).right
    for j in 0..<right.columns {
      let column = right.column(j)
      let largest = column.map(abs).max() ?? 0
      #expect(column.first { abs($0) == largest } ?? 0 > 0)
    }
  }

  @Test("G is Vᵀ·Σxx·V and keeps trace and eigenvalues", arguments: sizes)
  func metric(size: (Int, Int, Int)) throws {
    let correlations = try Self.correlations(size)
    let modes = try Modes(of: correlations)
    let direct = modes.right.transposed * correlations.input * modes.right
    #expect((modes.metric - direct).largestMagnitude <= 1e-13 * correlations.input.norm)
    #expect(abs(modes.metric.trace - correlations.input.trace) <= 1e-12 * correlations.input.trace)
    let eigenvalues = try correlations.input.symmetricEigen().values
    #expect(modes.inputEigenvalues == eigenvalues)
    #expect(modes.variances == (0..<modes.values.count).map { modes.metric[$0, $0] })
    #expect(modes.strengths == zip(modes.values, modes.variances).map { $0 * $1 })
  }

  @Test(
    "beyond the rank, V runs along Σxx restricted to the rest, by falling eigenvalue",
    arguments: sizes)
  func completion(size: (Int, Int, Int)) throws {
    let modes = try Modes(of: Self.correlations(size))
    let scale = modes.metric.norm
    for i in modes.rank..<size.1 {
      for j in modes.rank..<size.1 where i != j {
        #expect(abs(modes.metric[i, j]) <= 1e-13 * scale)
      }
      if i > modes.rank {
        #expect(modes.metric[i, i] <= modes.metric[i - 1, i - 1] + 1e-13 * scale)
      }
    }
  }

  @Test("the rank counts what is not rounding, and S is zero beyond it", arguments: 0...3)
  func rank(rank: Int) throws {
    var whole = Whole(seed: 77)
    let x = whole.matrix(30, 4)
    let left = whole.matrix(3, rank)
    let map = left * whole.matrix(rank, 4)
    let correlations = try Correlations(
      inputs: x, targets: x.times(map, right: .transposed), reduction: .sum)
    let modes = try Modes(of: correlations)
    #expect(modes.rank == rank)
    #expect(modes.values.dropFirst(rank).allSatisfy { $0 == 0 })
    #expect(isOrthogonal(modes.left) && isOrthogonal(modes.right))
  }

  @Test("the rank is right where X is badly conditioned", arguments: [1.0, 1e3, 1e6, 1e9])
  func illConditioned(kappa: Double) throws {
    var whole = Whole(seed: 8)
    let turn = try whole.orthogonal(4)
    let x = (try whole.matrix(12, 4, -9...9).qrDecomposition().orthogonal)
      .times(.diagonal([kappa, kappa, 1, 1])).times(turn, right: .transposed)
    let map = Matrix<Double>([[1, 2, 3, 4], [2, 4, 6, 8], [1, 0, 0, 1]])
    let modes = try Modes(
      of: Correlations(
        inputs: x, targets: x.times(map, right: .transposed), reduction: .sum))
    #expect(modes.rank == 2)
  }

  @Test("inside a group of equal S, V is turned so that Σxx is diagonal")
  func equalValues() throws {
    var whole = Whole(seed: 9)
    let turn = try whole.orthogonal(4)
    let out = try whole.orthogonal(3)
    let input = (turn * .diagonal([9, 5, 2, 1])).times(turn, right: .transposed)
    // Ŵ = 3·(an isometry of the first three axes of Σxx): all S equal 3.
    let fit = 3 * out.times(turn.columns(0..<3), right: .transposed)
    let modes = try Modes(of: Correlations(input: input, inputOutput: fit * input))
    #expect(modes.rank == 3)
    for (value, expected) in zip(modes.values, [3.0, 3, 3]) {
      #expect(abs(value - expected) <= 1e-13)
    }
    for (value, expected) in zip(modes.metric.diagonal, [9.0, 5, 2, 1]) {
      #expect(abs(value - expected) <= 1e-13 * 9)
    }
    for i in 0..<4 {
      for j in 0..<4 where i != j { #expect(abs(modes.metric[i, j]) <= 1e-13 * 9) }
    }
    let made = modes.map(withCoordinates: modes.fitCoordinates)
    #expect((made - fit).largestMagnitude <= 1e-13)
  }

  @Test("a zero fit has rank 0 and the eigenvectors of Σxx")
  func zeroFit() throws {
    var whole = Whole(seed: 10)
    let x = whole.matrix(9, 3)
    let correlations = try Correlations(
      inputs: x, targets: Matrix(rows: 9, columns: 2), reduction: .sum)
    let modes = try Modes(of: correlations)
    #expect(modes.rank == 0)
    #expect(modes.values == [0, 0])
    #expect(modes.left == .identity(2))
    for (value, expected) in zip(modes.metric.diagonal, modes.inputEigenvalues) {
      #expect(abs(value - expected) <= 1e-13 * expected + 1e-12)
    }
  }
}
