import LinearAlgebra
import RandomStreams
import Scenarios

extension Scenario {
  /// Draws the samples of the scenario's data, then the targets of its later stages.
  ///
  /// - Parameters:
  ///   - stream: NumPy's stream, from which everything is drawn.
  ///   - reading: reads the matrix at a path; by default from text, see ``readTextMatrix(_:)``.
  /// - Throws: `ScenarioError` if a teacher cannot be read or does not fit, whatever `reading`
  ///   throws, or `LinearAlgebraError` if a factorisation fails.
  public func drawSamples(
    using stream: inout NumPyStream, reading: MatrixReader = readTextMatrix
  ) throws -> Samples {
    var samples: Samples
    switch data {
    case .linearModel(let model): samples = try model.draw(using: &stream, reading: reading)
    case .structured(let data): samples = try data.draw(using: &stream)
    case .correlations(let data): samples = try data.samples()
    case .factor(let data): samples = try data.draw(using: &stream)
    case .hierarchy(let data): samples = data.draw(using: &stream)
    case .twoTask, .images, .powerLaw:
      throw ScenarioError(
        key: "data.kind", problem: "Data of the kind \(data.kind) have no linear teacher",
        remedy: "train a dense network on them")
    case .group:
      throw ScenarioError(
        key: "data.kind", problem: "The composition of a group has no linear teacher",
        remedy: "train a composition or a dense network on it")
    }
    let first = Samples.Stage(
      from: 0, targets: samples.targets, testTargets: samples.testTargets,
      teacher: samples.teacher)
    let noise = samples.targets - samples.inputs.times(samples.teacher, right: .transposed)
    for stage in training.stages {
      var next = samples.stages.last ?? first
      next.from = stage.from
      switch stage.change {
      case .reversal:
        next.targets = -1 * next.targets
        next.testTargets = -1 * next.testTargets
        next.teacher = -1 * next.teacher
      case .teacher(let teacher):
        let map = try matrix(of: teacher, using: &stream, reading: reading)
        next.targets = samples.inputs * map + noise
        next.testTargets = samples.testInputs * map
        next.teacher = map.transposed
      }
      samples.stages.append(next)
    }
    return samples
  }

  /// The map B of the teacher of a later stage, shape [input, output].
  private func matrix(
    of teacher: Teacher, using stream: inout NumPyStream, reading: MatrixReader
  ) throws -> Matrix<Double> {
    let key = "training.stages"
    if case .linearModel(let model) = data {
      let drawn = try model.matrix(of: teacher, key: key, using: &stream, reading: reading)
      return model.scaled(drawn)
    }
    guard
      let map = try teacher.matrix(
        inputs: data.inputs, outputs: data.outputs, key: key, using: &stream, reading: reading)
    else {
      throw ScenarioError(
        key: key, problem: "The teacher 'compensated' needs the spectrum of a linear-model",
        remedy: "choose ones, gaussian, a file or rows of numbers")
    }
    return map
  }
}
