import Foundation
import LearningProblems
import LinearAlgebra
import Testing

@testable import Theory

@Suite("Matrix Riccati") struct MatrixRiccatiTests {
  /// Largest relative error of W, W₁ᵀW₁ and W₂W₂ᵀ over times up to `end`.
  static func error(_ problem: LearningProblem, to end: Double = 10) throws -> Double {
    let ts = times(to: end, count: 10)
    let flow = try TestFlow.layers(problem, at: ts, tolerance: 1e-11)
    let theory = try MatrixRiccati(problem).predictions(at: ts)
    let scale = flow.flatMap { [$0[0].largestMagnitude, $0[1].largestMagnitude] }.max() ?? 1
    var worst = 0.0
    for (p, layers) in zip(theory, flow) {
      let pairs: [(Matrix<Double>?, Matrix<Double>)] = [
        (p.product, layers[1] * layers[0]),
        (p.matrix(.firstLayerGram), layers[0].times(layers[0], left: .transposed)),
        (p.matrix(.secondLayerGram), layers[1].times(layers[1], right: .transposed)),
      ]
      for (a, b) in pairs {
        worst = max(worst, a.map { ($0 - b).largestMagnitude / (scale * scale) } ?? .infinity)
      }
    }
    return worst
  }

  @Test("reference values come out to 1e-10")
  func fixture() throws {
    let w1 = Matrix<Double>([[0.3, 0.1], [-0.2, 0.2]])
    let square = w1.times(w1, right: .transposed) + 0.7 * Matrix<Double>.identity(2)
    let eigen = try square.symmetricEigen()
    let w2 = (eigen.vectors * .diagonal(eigen.values.map { $0.squareRoot() }))
      .times(eigen.vectors, right: .transposed)
    let problem = try TestProblem.white(Matrix([[2, 0.5], [0, 1]]), layers: [w1, w2])
    let theory = try MatrixRiccati(problem)
    #expect(abs(theory.balance - 0.7) < 1e-14)
    let product = try #require(try theory.prediction(at: 1).product)
    let expected = Fixtures.named("QQT")
    #expect(expected.count == 4 && relativeError(product.elements, expected) < 1e-10)
  }

  @Test("balanced and λ-balanced nets of every shape agree with the flow to 5e-10")
  func shapes() throws {
    var normals = TestNormals(seed: 21)
    for (d, h, o, balance) in [
      (4, 4, 4, 0.0), (5, 7, 3, 0), (3, 6, 5, 0), (6, 2, 4, 0), (4, 4, 4, 1), (4, 4, 4, -2),
      (4, 4, 4, 8), (4, 4, 4, 1e-3), (6, 3, 4, 0.7), (3, 3, 6, 1.5), (6, 4, 3, -1),
      (3, 5, 6, 0.5), (5, 1, 3, 0.9),
    ] {
      let layers = try TestProblem.balanced(
        inputs: d, hidden: h, outputs: o, balance: balance, scale: 0.3, normals: &normals)
      let problem = try TestProblem.white(normals.matrix(o, d), layers: layers)
      let theory = try MatrixRiccati(problem)
      #expect(theory.validity.isExact, "\(d),\(h),\(o),\(balance): \(theory.validity)")
      // A start on the manifold of the saddle leaves it by rounding when integrated.
      let error = try Self.error(problem, to: theory.endsOnSaddle ? 3 : 10)
      #expect(error < 5e-10, "\(d),\(h),\(o),\(balance)")
    }
  }

  @Test("singular, degenerate and absent tasks, unequal rates and weight decay agree to 1e-10")
  func specialTasks() throws {
    var normals = TestNormals(seed: 22)
    let (u, v) = (try normals.orthonormal(5, 5), try normals.orthonormal(5, 5))
    func task(_ s: [Double]) -> Matrix<Double> { (u * .diagonal(s)).times(v, right: .transposed) }
    let cases: [([Double], Double)] = [
      ([2, 1, 0, 0, 0], 0.0), ([2, 2, 2, 1, 1], 0.5), ([0, 0, 0, 0, 0], 0), ([0, 0, 0, 0, 0], 1),
    ]
    for (s, balance) in cases {
      let layers = try TestProblem.balanced(
        inputs: 5, hidden: 5, outputs: 5, balance: balance, scale: 0.2, normals: &normals)
      #expect(try Self.error(TestProblem.white(task(s), layers: layers)) < 1e-10)
    }
    var layers = try TestProblem.balanced(
      inputs: 4, hidden: 3, outputs: 5, balance: 0, scale: 0.3, normals: &normals)
    let map = normals.matrix(5, 4)
    let decaying = try TestProblem.white(map, layers: layers, weightDecay: [0.3, 0.3])
    #expect(try MatrixRiccati(decaying).validity.isExact)
    #expect(try Self.error(decaying, to: 6) < 1e-11)
    let rates = [4e-4, 1e-4]
    let c = StepRule(rates: rates).rateRatio
    layers = [c * layers[0], (1 / c) * layers[1]]
    let unequal = try TestProblem.white(map, layers: layers, rates: rates)
    #expect(try MatrixRiccati(unequal).validity.isExact)
    #expect(try Self.error(unequal, to: 6) < 1e-10)
  }

  @Test("inputs of any variance and inputs that never occur are covered")
  func projectedInputs() throws {
    var normals = TestNormals(seed: 23)
    let basis = try normals.orthonormal(6, 4)
    let projector = basis.times(basis, right: .transposed)
    var layers = try TestProblem.balanced(
      inputs: 4, hidden: 4, outputs: 3, balance: 0, scale: 0.4, normals: &normals)
    layers[0] = layers[0].times(basis, right: .transposed)
    let map = normals.matrix(3, 6)
    let problem = try TestProblem.make(
      input: 2.5 * projector, inputOutput: 2.5 * (map * projector), layers: layers)
    #expect(try MatrixRiccati(problem).validity.isExact)
    #expect(try Self.error(problem, to: 4) < 1e-9)
    layers[0] = layers[0] + normals.matrix(4, 6)
    let outside = try TestProblem.make(
      input: projector, inputOutput: map * projector, layers: layers)
    #expect(!(try MatrixRiccati(outside).validity.isExact))
  }

  @Test("steps and the one-shot form agree wherever both are accurate")
  func oneShot() throws {
    var normals = TestNormals(seed: 24)
    for (d, h, o, balance) in [(4, 4, 4, 0.3), (5, 7, 3, 0), (6, 2, 4, 0), (3, 3, 6, 1.5)] {
      let layers = try TestProblem.balanced(
        inputs: d, hidden: h, outputs: o, balance: balance, scale: 0.3, normals: &normals)
      let map = normals.matrix(o, d)
      let theory = try MatrixRiccati(TestProblem.white(map, layers: layers))
      let factor = layers[0].transposed
      let stacked = Matrix(rows: d + o, columns: h) { i, j in
        i < d ? factor[i, j] : layers[1][i - d, j]
      }
      let generator = Matrix(rows: d + o, columns: d + o) { i, j in
        if i < d && j < d { return i == j ? -theory.balance / 2 : 0 }
        if i >= d && j >= d { return i == j ? theory.balance / 2 : 0 }
        return i < d ? map[j - d, i] : map[i - d, j]
      }
      // Told to stay on a saddle it uses the one-shot form at all times.
      let stepped = try RiccatiFlow(generator: generator, factor: stacked)
      let shot = try RiccatiFlow(generator: generator, factor: stacked, staysOnSaddle: true)
      let ts = [0, 0.1, 1, 5, 20.0]
      let (a, b) = (try stepped.factors(at: ts), try shot.factors(at: ts))
      #expect(
        relativeError(
          a.map { $0.times($0, right: .transposed) }, b.map { $0.times($0, right: .transposed) })
          < 1e-9)
    }
  }

  @Test("late times reach the best map of the network's rank to 1e-13", arguments: [2, 5, 8])
  func lateTimes(h: Int) throws {
    var normals = TestNormals(seed: 26)
    let (u, v) = (try normals.orthonormal(5, 5), try normals.orthonormal(5, 5))
    let s = [3, 2, 1.5, 1, 0.5]
    // Wide and balanced from random weights: only nearly balanced for h > 5, which is enough here.
    let layers = [normals.matrix(h, 5, scale: 1e-2), normals.matrix(5, h, scale: 1e-2)]
    let map = (u * .diagonal(s)).times(v, right: .transposed)
    let theory = try MatrixRiccati(TestProblem.white(map, layers: layers))
    let kept = s.enumerated().map { $0.offset < h ? $0.element : 0 }
    let best = (u * .diagonal(kept)).times(v, right: .transposed)
    for t in [1e3, 1e5, 1e15] {
      let product = try #require(try theory.prediction(at: t).product)
      // λ of a random start is not exactly zero: the rank-limited map keeps λ² / s of it.
      #expect(relativeError([product], [best]) < (h < 5 ? 1e-3 : 1e-13))
    }
  }

  @Test("a determinant of the wrong sign ends on the saddle, at all times, and is said")
  func saddle() throws {
    var normals = TestNormals(seed: 25)
    var wrong = 0
    for draw in 0..<40 {
      // Width does not help as long as the balance is exact.
      let layers = try TestProblem.balanced(
        inputs: 4, hidden: draw % 2 == 0 ? 4 : 6, outputs: 4, balance: 0, scale: 0.3,
        normals: &normals)
      let problem = try TestProblem.white(normals.matrix(4, 4), layers: layers)
      let theory = try MatrixRiccati(problem)
      let weakest = problem.modes.values[3]
      let gap = problem.correlations.fit
      let end = try #require(try theory.prediction(at: 1e15).product)
      let distance = (gap - end).norm
      if theory.endsOnSaddle {
        wrong += 1
        #expect(abs(distance / weakest - 1) < 1e-9 && theory.validity.warnings.count == 1)
        let early = try #require(try theory.prediction(at: 200 / weakest).product)
        #expect(abs((gap - early).norm / weakest - 1) < 1e-6)
      } else {
        #expect(distance < 1e-9 * gap.norm && theory.validity.warnings.isEmpty)
      }
    }
    // Half of all starts have the wrong sign: 20 ± 3.2.
    #expect(abs(Double(wrong) - 20) < 3 * 3.2)
  }

  @Test("the error laws of coloured inputs and unbalanced starts have the right size")
  func errorLaws() throws {
    var normals = TestNormals(seed: 27)
    let (d, h, o) = (8, 8, 6)
    let (u, v) = (try normals.orthonormal(o, 6), try normals.orthonormal(d, 6))
    let map = (u * .diagonal([3, 2.5, 2, 1.5, 1, 0.5])).times(v, right: .transposed)
    let layers = try TestProblem.balanced(
      inputs: d, hidden: h, outputs: o, balance: 0, scale: 0.05, normals: &normals)
    let ts = times(to: 6, count: 24)
    func measured(_ problem: LearningProblem) throws -> (error: Double, law: Double) {
      let theory = try MatrixRiccati(problem)
      let law = theory.validity.assumptions.filter { !$0.holds && !$0.isStepSize }
        .reduce(0) { $0 + $1.expectedError }
      let flow = try TestFlow.products(problem, at: ts, tolerance: 1e-7)
      return (relativeError(try theory.predictions(at: ts).compactMap(\.product), flow), law)
    }
    for samples in [100, 1000] {
      let x = normals.matrix(samples, d)
      let input = (1 / Double(samples)) * x.times(x, left: .transposed)
      let (error, law) = try measured(
        TestProblem.make(input: input, inputOutput: map * input, layers: layers))
      #expect(error < 3 * law && error > law / 10, "\(samples): \(error), \(law)")
    }
    for scale in [0.1, 0.01] {
      let random = [normals.matrix(h, d, scale: scale), normals.matrix(o, h, scale: scale)]
      let (error, law) = try measured(TestProblem.white(map, layers: random))
      #expect(error < 3 * law && error > law / 30, "\(scale): \(error), \(law)")
    }
  }

  @Test("λ-balanced nets end with the representations that λ prescribes, to 1e-12")
  func representations() throws {
    var normals = TestNormals(seed: 28)
    for balance in [-50, -2, 0.5, 2, 50.0] {
      let map = normals.matrix(3, 3)
      let layers = try TestProblem.balanced(
        inputs: 3, hidden: 3, outputs: 3, balance: balance, scale: 0.3, normals: &normals)
      let end = try MatrixRiccati(TestProblem.white(map, layers: layers)).prediction(at: 1e15)
      let modes = try map.singularValueDecomposition()
      let roots = modes.values.map { (balance * balance + 4 * $0 * $0).squareRoot() }
      // The smaller of (q ∓ λ)/2 is formed as s²/larger, without cancellation.
      let larger = roots.map { ($0 + abs(balance)) / 2 }
      let smaller = zip(modes.values, larger).map { $0 * $0 / $1 }
      let (one, two) = balance > 0 ? (smaller, larger) : (larger, smaller)
      let first = (modes.right * .diagonal(one)).times(modes.right, right: .transposed)
      let second = (modes.left * .diagonal(two)).times(modes.left, right: .transposed)
      #expect(relativeError([try #require(end.matrix(.firstLayerGram))], [first]) < 1e-12)
      #expect(relativeError([try #require(end.matrix(.secondLayerGram))], [second]) < 1e-12)
    }
  }

  @Test("small starts align with the task before they learn it")
  func silentAlignment() throws {
    var normals = TestNormals(seed: 29)
    let (d, h) = (20, 30)
    var misaligned: [Double] = []
    for scale in [1e-2, 1e-3, 1e-4] {
      let task = normals.matrix(1, d)
      let beta = (1 / task.norm) * task
      let layers = [
        normals.matrix(h, d, scale: scale / Double(d).squareRoot()),
        normals.matrix(1, h, scale: scale / Double(h).squareRoot()),
      ]
      let theory = try MatrixRiccati(TestProblem.white(beta, layers: layers))
      let predictions = try theory.predictions(at: times(to: 30, count: 1500))
      let start = predictions[0].loss ?? 1
      let first = try #require(predictions.first { ($0.loss ?? 1) < 0.9 * start })
      let gram = try #require(first.matrix(.firstLayerGram))
      misaligned.append(1 - (beta * gram).times(beta, right: .transposed)[0, 0] / gram.trace)
      // The kernel ends as |β|(I + β̂β̂ᵀ); 1e-4, 1e-6 and 1e-8 were measured.
      let end = try #require(predictions.last)
      let last = try #require(end.matrix(.firstLayerGram))
      let outer = try #require(end.matrix(.secondLayerGram))[0, 0]
      let kernel = outer * Matrix<Double>.identity(d) + last
      let expected = Matrix<Double>.identity(d) + beta.times(beta, left: .transposed)
      #expect(relativeError([kernel], [expected]) < 20 * scale * scale)
    }
    // Measured before on other draws: 0.053, 0.00055, 0.00001.
    #expect(misaligned[0] < 0.3 && misaligned[1] < 5e-3 && misaligned[2] < 1e-4)
  }
}
