import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Samples of a scenario")
struct ScenarioSamplingTests {
  static func draw(_ stages: [TargetStage], _ model: LinearModel) throws -> (Samples, NumPyStream) {
    var scenario = Scenario()
    scenario.data = .linearModel(model)
    scenario.training.stages = stages
    var stream = NumPyStream(seed: 12 as UInt32)
    return (try scenario.drawSamples(using: &stream), stream)
  }

  @Test("later targets keep inputs and noise, and are drawn after everything else")
  func stages() throws {
    let model = LinearModelSamplingTests.plain { $0.noise = [1] }
    let given: [[Double]] = [[1, 2], [3, 4], [5, 6]]
    let (samples, _) = try Self.draw(
      [
        TargetStage(from: 10, change: .teacher(.gaussian)),
        TargetStage(from: 20, change: .reversal),
        TargetStage(from: 30, change: .teacher(.matrix(given))),
      ], model)
    var (plain, stream) = try Self.draw([], model)
    let teacher = stream.normals(rows: 3, columns: 2)
    #expect(samples.stages.map(\.from) == [10, 20, 30])
    #expect(samples.stages[0].teacher == teacher.transposed)
    let noise = plain.targets - plain.inputs.times(plain.teacher, right: .transposed)
    #expect(samples.stages[0].targets == plain.inputs * teacher + noise)
    #expect(samples.stages[0].testTargets == plain.testInputs * teacher)
    #expect(samples.stages[1].targets == -1 * samples.stages[0].targets)
    #expect(samples.stages[1].testTargets == -1 * samples.stages[0].testTargets)
    #expect(samples.stages[1].teacher == -1 * samples.stages[0].teacher)
    #expect(samples.stages[2].targets == plain.inputs * Matrix(given) + noise)
    plain.stages = samples.stages
    #expect(samples == plain)
    let second = samples.during(samples.stages[1])
    #expect(second.targets == samples.stages[1].targets && second.stages.isEmpty)
    #expect(second.inputs == samples.inputs)
  }

  @Test("the teacher of a later stage is scaled like the first")
  func scaled() throws {
    let model = LinearModelSpectrumTests.model { $0.scalesTeacher = true }
    let (samples, _) = try Self.draw([TargetStage(from: 1, change: .teacher(.ones))], model)
    #expect(samples.stages[0].teacher == samples.teacher)
    #expect(samples.stages[0].targets == samples.targets)
  }

  @Test("every kind of data draws samples that fit together and end at the same place twice")
  func kinds() throws {
    for (name, section) in DataSection.kinds
    where !["two-task", "group", "images", "power-law"].contains(name) {
      var scenario = Scenario()
      scenario.data = section
      scenario.training.stages = [
        TargetStage(from: 5, change: .teacher(.gaussian)), TargetStage(from: 9, change: .reversal),
      ]
      try scenario.validate()
      var (one, two) = (NumPyStream(seed: 3 as UInt32), NumPyStream(seed: 3 as UInt32))
      let samples = try scenario.drawSamples(using: &one)
      #expect(try scenario.drawSamples(using: &two) == samples, "\(name)")
      #expect(one == two)
      #expect(
        samples.inputs.columns == section.inputs && samples.targets.columns == section.outputs)
      #expect(samples.testTargets == samples.testInputs.times(samples.teacher, right: .transposed))
      #expect(samples.inputs.isFinite && samples.targets.isFinite && samples.stages.count == 2)
    }
  }
}
