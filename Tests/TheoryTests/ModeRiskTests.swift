import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Risk per mode") struct ModeRiskTests {
  static func problem(outputs o: Int = 3) throws -> LearningProblem {
    var problem = try TestProblem.aligned(
      inputs: 3, hidden: 4, outputs: o, variances: [1, 0.3, 2], fit: [2, 1.5, 0.7],
      first: [0.1, 0.2, 0.05], second: [0.1, 0.1, 0.2])
    var normals = TestNormals(seed: 90)
    let root = normals.matrix(5, 3)
    // A teacher that is not diagonal in the modes, and a test Gram matrix that is not either.
    problem.test = .init(
      input: root.times(root, left: .transposed),
      teacher: problem.correlations.fit + normals.matrix(o, 3, scale: 0.3))
    return problem
  }

  @Test("errors per mode sum to the loss and the risk of the flow", arguments: [3, 5])
  func sums(o: Int) throws {
    let problem = try Self.problem(outputs: o)
    let theory = try ModeRisk(problem)
    #expect(theory.validity.isExact)
    let ts = times(to: 8, count: 16)
    let flow = try TestFlow.products(problem, at: ts)
    for (p, map) in zip(try theory.predictions(at: ts), flow) {
      let risk = try #require(problem.test).risk(of: map)
      let loss = problem.correlations.loss(of: map)
      let (train, test) = (
        try #require(p.vector(.modeTrainError)), try #require(p.vector(.modeTestError))
      )
      #expect(train.count == o && test.count == o)
      #expect(abs(test.reduce(0, +) - risk) < 1e-9 * (1 + risk))
      #expect(abs(train.reduce(0, +) + problem.correlations.fitLoss - loss) < 1e-9 * (1 + loss))
      // And row by row against the definition [ΔGΔᵀ]ᵢᵢ.
      let delta = problem.modes.coordinates(of: map - (try #require(problem.test).teacher))
      let gram = problem.modes.right.times(try #require(problem.test).input, left: .transposed)
        .times(problem.modes.right)
      let rows = (delta * gram).times(delta, right: .transposed).diagonal
      #expect(relativeError(test, rows) < 1e-9)
    }
  }

  @Test("each mode's error is smallest at its turning time")
  func turning() throws {
    let problem = try Self.problem()
    let theory = try ModeRisk(problem)
    for (i, time) in theory.turningTimes.enumerated() where time > 0 && time.isFinite {
      let errors = try theory.predictions(at: [time * 0.9, time, time * 1.1])
        .compactMap { $0.vector(.modeTestError)?[i] }
      #expect(errors[1] < errors[0] && errors[1] < errors[2])
    }
    #expect(theory.turningTimes.contains { $0 > 0 && $0.isFinite })
  }

  @Test("without a teacher it is refused")
  func refused() {
    #expect(throws: TheoryError.self) {
      try ModeRisk(TestProblem.white(.identity(2), layers: [.identity(2), .identity(2)]))
    }
  }
}
