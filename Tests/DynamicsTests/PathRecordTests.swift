import LearningProblems
import LinearAlgebra
import Testing

@testable import Dynamics

@Suite("The path of a descent, kept in memory")
struct PathRecordTests {
  @Test("is what the descent shows at every step", arguments: 0..<48)
  func path(number: Int) throws {
    let problem = try RandomProblem(number)
    var descent = try problem.statistics()
    guard descent.movingBasis.columns == problem.test.teacher.columns else { return }
    var record = try PathRecord(steps: 20, test: problem.test)
    var recorded = descent
    #expect(record.record(&recorded) == 20)
    let size = problem.test.teacher.elements.count
    for step in 0..<20 {
      let product = descent.product
      let (loss, risk) = (descent.loss(), problem.test.risk(of: product))
      let errors = (product - problem.test.teacher).map { $0 * $0 }
      // Sums of some hundred rounded terms, in another order.
      #expect(abs(record.losses[step] - loss) <= 1e-12 * loss, "\(problem)")
      #expect(abs(record.risks[step] - risk) <= 1e-12 * risk, "\(problem)")
      for k in 0..<size {
        let (map, error) = (record.products[step * size + k], record.errors[step * size + k])
        #expect(abs(map - product.elements[k]) <= 1e-13 * product.largestMagnitude, "\(problem)")
        #expect(abs(error - errors.elements[k]) <= 1e-12 * errors.largestMagnitude, "\(problem)")
      }
      _ = descent.advance(to: step + 1)
    }
  }
}
