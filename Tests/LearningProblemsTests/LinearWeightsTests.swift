import LinearAlgebra
import Testing

@testable import LearningProblems

/// Gradient descent on J = ½·loss, written on the correlations, for tests of identities.
func descend(
  _ weights: LinearWeights, rates: [Double], steps: Int, _ correlations: Correlations
) -> LinearWeights {
  var (first, second) = (weights.layers[0], weights.layers[1])
  for _ in 0..<steps {
    let error = correlations.inputOutput - second * first * correlations.input
    let one = second.times(error, left: .transposed)
    let two = error.times(first, right: .transposed)
    first.add(one, scale: rates[0])
    second.add(two, scale: rates[1])
  }
  return LinearWeights([first, second])
}

@Suite("Linear weights")
struct LinearWeightsTests {
  static func problem(seed: UInt64 = 1) throws -> Correlations {
    var whole = Whole(seed: seed)
    return try Correlations(
      inputs: whole.matrix(12, 3), targets: whole.matrix(12, 2), reduction: .sum)
  }

  static func weights(hidden: Int, seed: UInt64 = 2) -> LinearWeights {
    var whole = Whole(seed: seed)
    return LinearWeights([0.03 * whole.matrix(hidden, 3), 0.02 * whole.matrix(2, hidden)])
  }

  @Test("the product runs from the last layer to the first, exactly for whole numbers")
  func product() {
    let weights = LinearWeights([
      Matrix([[1, 2], [3, 4], [5, 6]]), Matrix([[1, 0, -1]]), Matrix([[2], [-3]]),
    ])
    #expect(weights.product == Matrix([[-8, -8], [12, 12]]))
    #expect(weights.depth == 3)
    #expect(weights.norms[1] == 2.0.squareRoot())
    #expect(LinearWeights([Matrix([[7]])]).product == Matrix([[7]]))
  }

  @Test("the balance is (η₁W₂ᵀW₂ − η₂W₁W₁ᵀ)/√(η₁η₂), exact for whole numbers")
  func balance() {
    let weights = LinearWeights([Matrix([[1, 2]]), Matrix([[3], [1]])])
    #expect(weights.balances(rates: [4, 1]) == [Matrix([[(4 * 10 - 5) / 2.0]])])
    #expect(weights.balances(rates: [1, 1]) == [Matrix([[5]])])
    #expect(weights.balances(rates: [2, 0]) == [Matrix([[10]])])
    #expect(weights.balances(rates: [0, 2]) == [Matrix([[-5]])])
    #expect(weights.balances(rates: [0, 0]) == [Matrix([[0]])])
    #expect(LinearWeights([Matrix([[1]])]).balances(rates: [1]).isEmpty)
  }

  @Test("the balance drifts by the first order of the rate over a fixed time")
  func balanceIsConserved() throws {
    let problem = try Self.problem()
    let start = Self.weights(hidden: 4)
    let drifts = [1, 2, 4].map { fineness -> Double in
      let rates = [4e-4 / Double(fineness), 1e-4 / Double(fineness)]
      let end = descend(start, rates: rates, steps: 200 * fineness, problem)
      return (end.balances(rates: rates)[0] - start.balances(rates: rates)[0]).norm
    }
    #expect(drifts[0] > 0)
    #expect(abs(drifts[0] / drifts[1] - 2) < 0.1 && abs(drifts[1] / drifts[2] - 2) < 0.05)
    // The unscaled difference is not conserved: its change does not fall with the rate.
    let rates = [1e-4, 2.5e-5]
    let end = descend(start, rates: rates, steps: 800, problem)
    #expect((end.balances(rates: [1, 1])[0] - start.balances(rates: [1, 1])[0]).norm > 0.1)
  }

  @Test("rotating into the modes and back changes nothing, and the product turns with it")
  func rotations() throws {
    let modes = try Modes(of: Self.problem())
    let weights = Self.weights(hidden: 4)
    let turned = weights.rotated(into: modes)
    let gap = turned.product - modes.coordinates(of: weights.product)
    #expect(gap.largestMagnitude <= 1e-15)
    for (back, layer) in zip(turned.rotated(outOf: modes).layers, weights.layers) {
      #expect((back - layer).largestMagnitude <= 1e-15)
    }
    // A single layer turns on both sides.
    let single = LinearWeights([weights.product])
    let gapOfOne = single.rotated(into: modes).product - turned.product
    #expect(gapOfOne.largestMagnitude <= 1e-15)
  }

  @Test("a wide network equals its reduced one through training", arguments: [6, 20, 100])
  func reduction(hidden: Int) throws {
    let problem = try Self.problem()
    let wide = Self.weights(hidden: hidden)
    let basis = try #require(try wide.hiddenBasis())
    #expect(basis.columns == 5 && isOrthogonal(basis))
    let narrow = wide.reduced(to: basis)
    #expect(narrow.layers[0].rows == 5)
    let rates = [2e-3, 1e-3]
    for steps in [0, 1, 50, 500] {
      let a = descend(wide, rates: rates, steps: steps, problem)
      let b = descend(narrow, rates: rates, steps: steps, problem)
      #expect((a.product - b.product).largestMagnitude <= 1e-12 * a.product.norm)
      for (x, y) in zip(a.norms, b.norms) { #expect(abs(x - y) <= 1e-12 * x) }
    }
  }

  @Test("there is no reduction of narrow networks or of other depths")
  func noReduction() throws {
    #expect(try Self.weights(hidden: 5).hiddenBasis() == nil)
    #expect(try LinearWeights([Matrix(rows: 2, columns: 3)]).hiddenBasis() == nil)
    let weights = Self.weights(hidden: 5)
    #expect(weights.reduced(to: nil) == weights)
  }

  @Test("weights that are not finite are seen")
  func finite() {
    #expect(Self.weights(hidden: 2).isFinite)
    #expect(!LinearWeights([Matrix([[1, .infinity]])]).isFinite)
  }
}
