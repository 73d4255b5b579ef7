import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Factor data")
struct FactorSamplingTests {
  @Test(
    "inputs are reproduced, and the teacher projects on the span of the loadings",
    arguments: FactorData.Loadings.allCases)
  func teacher(loadings: FactorData.Loadings) throws {
    var data = FactorData()
    data.samples = 50
    data.inputs = 8
    data.factorVariances = [4, 1, 0.25]
    data.loadings = loadings
    data.noise = 0
    var stream = NumPyStream(seed: 12 as UInt32)
    let samples = try data.draw(using: &stream)
    #expect(samples.targets == samples.inputs)
    #expect(samples.inputs.columns == 8 && samples.testInputs.rows == 50)
    let square = samples.teacher * samples.teacher
    #expect((square - samples.teacher).largestMagnitude <= 1e-14)
    #expect(abs(samples.teacher.trace - 3) <= 1e-14)
    let scale = samples.inputs.largestMagnitude
    #expect((samples.inputs * samples.teacher - samples.inputs).largestMagnitude <= 1e-14 * scale)
    #expect((samples.testTargets - samples.testInputs).largestMagnitude <= 1e-14 * scale * 2)
  }

  @Test("loadings, factors, noise and test factors are drawn in this order")
  func order() throws {
    var data = FactorData()
    data.samples = 4
    data.inputs = 3
    data.factorVariances = [4, 1]
    data.noise = 0.5
    data.testSamples = 2
    var stream = NumPyStream(seed: 12 as UInt32)
    let samples = try data.draw(using: &stream)
    var direct = NumPyStream(seed: 12 as UInt32)
    let b = Matrix(rows: 3, columns: 2, elements: (0..<6).map { _ in direct.uniform() })
    let z = direct.normals(rows: 4, columns: 2) * .diagonal([2, 1])
    let noise = direct.normals(rows: 4, columns: 3)
    #expect(samples.inputs == z.times(b, right: .transposed) + 0.5 * noise)
    let test = direct.normals(rows: 2, columns: 2) * .diagonal([2, 1])
    #expect(samples.testInputs == test.times(b, right: .transposed))
    #expect(stream == direct)
  }
}
