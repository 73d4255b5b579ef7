import LearningProblems
import LinearAlgebra
import Scenarios
import Testing

@testable import Datasets

@Suite("Given correlations")
struct CorrelationSamplingTests {
  static func correlations(_ samples: Samples) throws -> Correlations {
    try Correlations(inputs: samples.inputs, targets: samples.targets, reduction: .sum)
  }

  @Test("the rows have the given correlations and no number of samples")
  func exact() throws {
    var data = CorrelationData()
    data.input = [[4, 1, 0.5], [1, 3, -1], [0.5, -1, 2]]
    data.inputOutput = [[1, 2, 3], [-1, 0, 4]]
    data.targetSquare = 100
    let samples = try data.samples()
    let seen = try Self.correlations(samples)
    #expect((seen.input - Matrix(data.input)).largestMagnitude <= 1e-14)
    #expect((seen.inputOutput - Matrix(data.inputOutput)).largestMagnitude <= 1e-14)
    #expect(abs(seen.targetSquare - 100) <= 1e-13)
    let given = try Correlations(
      input: Matrix(data.input), inputOutput: Matrix(data.inputOutput), targetSquare: 100)
    #expect((seen.fit - given.fit).largestMagnitude <= 1e-14)
    #expect(abs(seen.fitLoss - given.fitLoss) <= 1e-12)
    #expect(samples.count == nil)
    #expect((samples.teacher - given.fit).largestMagnitude <= 1e-14)
    #expect((samples.testSet(.sum).input - Matrix(data.input)).largestMagnitude <= 1e-14)
  }

  @Test("the defaults are the correlations of the notebook")
  func byDefault() throws {
    let seen = try Self.correlations(CorrelationData().samples())
    #expect((seen.input - .diagonal([100, 1])).largestMagnitude <= 100 * .ulpOfOne)
    #expect((seen.inputOutput - .diagonal([1.001, 1])).largestMagnitude <= 2 * .ulpOfOne)
    #expect(seen.fitLoss <= 1e-30)
  }

  @Test("directions without variance get no row")
  func singular() throws {
    var data = CorrelationData()
    data.input = [[1, 1], [1, 1]]
    data.inputOutput = [[2, 2]]
    let samples = try data.samples()
    #expect(samples.inputs.rows == 1)
    #expect(abs(samples.teacher[0, 0] - 1) <= 1e-14 && abs(samples.teacher[0, 1] - 1) <= 1e-14)
    data.input = [[0, 0], [0, 0]]
    data.inputOutput = [[0, 0]]
    #expect(try data.samples().inputs == Matrix(rows: 1, columns: 2))
  }

  @Test("a teacher and test correlations of their own make the risk")
  func test() throws {
    var data = CorrelationData()
    data.teacher = [[1, 2], [3, 4]]
    data.test = [[2, 1], [1, 2]]
    let test = try data.samples().testSet(.sum)
    #expect(test.teacher == Matrix([[1, 3], [2, 4]]))
    #expect((test.input - Matrix([[2, 1], [1, 2]])).largestMagnitude <= 1e-15)
  }

  @Test("correlations that no samples have are refused")
  func impossible() throws {
    func error(_ change: (inout CorrelationData) -> Void) -> String? {
      var data = CorrelationData()
      change(&data)
      return #expect(throws: ScenarioError.self) { try data.samples() }?.description
    }
    #expect(error { $0.input = [[1, 2], [2, 1]] }?.contains("has the eigenvalue -1") == true)
    #expect(
      error { $0.input = [[1, 0], [0, 0]] }
        == "Σyx correlates the outputs with inputs that have no variance in Σxx: "
        + "make Σyx zero along the directions where Σxx is.")
    #expect(
      error { $0.targetSquare = 1 }?
        .hasPrefix("The targets' sum of squares is 1.0, but the correlations need 1.01") == true)
  }
}
