import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Structured data")
struct StructuredSamplingTests {
  static func draw(_ change: (inout StructuredData) -> Void = { _ in }) throws -> (
    Samples, Correlations, Modes
  ) {
    var data = StructuredData()
    data.samples = 30
    change(&data)
    var stream = NumPyStream(seed: 12 as UInt32)
    let samples = try data.draw(using: &stream)
    let correlations = try Correlations(
      inputs: samples.inputs, targets: samples.targets, reduction: .sum)
    return (samples, correlations, try Modes(of: correlations))
  }

  @Test("the defaults have variances (25, 1), strengths (5, 5) and the map (5, 0.2)")
  func byDefault() throws {
    let (samples, correlations, modes) = try Self.draw()
    try expectSingularValues(samples.inputs, [5, 1])
    try expectSingularValues(correlations.inputOutput, [5, 5])
    for (value, expected) in zip(modes.values, [5, 0.2]) {
      #expect(abs(value - expected) <= 1e-13)
    }
    for (value, expected) in zip(modes.variances, [1.0, 25]) {
      #expect(abs(value - expected) <= 1e-12)
    }
    #expect(correlations.couplingOfModes <= 1e-13)
    #expect(samples.testInputs == samples.inputs)
    #expect(samples.testTargets == samples.targets)
  }

  @Test("map values and input values are taken as given, of any number", arguments: [1, 2, 5])
  func mapValues(outputs: Int) throws {
    let (samples, correlations, modes) = try Self.draw {
      $0.outputs = outputs
      $0.inputValues = [4, 3, 2, 1]
      $0.mapValues = [7]
    }
    try expectSingularValues(samples.inputs, [4, 3, 2, 1])
    #expect(modes.rank == 1)
    #expect(abs(modes.values[0] - 7) <= 1e-13 && abs(modes.variances[0] - 16) <= 1e-12)
    #expect(correlations.couplingOfModes <= 1e-13)
  }

  @Test("with a free V the singular values of Σyx are as given, and the modes are coupled")
  func freeVectors() throws {
    let (samples, correlations, _) = try Self.draw {
      $0.sharesVectors = false
      $0.outputs = 3
      $0.variances = [16, 4, 1]
      $0.strengths = [6, 5, 2]
    }
    try expectSingularValues(correlations.inputOutput, [6, 5, 2])
    #expect(correlations.couplingOfModes > 0.01)
    #expect(correlations.fitLoss <= 1e-25)
    #expect((samples.teacher - correlations.fit).largestMagnitude <= 1e-12)
  }

  @Test("with a free V map values are the singular values of the fit")
  func freeMap() throws {
    let (_, correlations, modes) = try Self.draw {
      $0.sharesVectors = false
      $0.mapValues = [3, 2]
    }
    for (value, expected) in zip(modes.values, [3.0, 2]) {
      #expect(abs(value - expected) <= 1e-13)
    }
    #expect(correlations.couplingOfModes > 0.01)
  }

  @Test("noise moves the teacher of each mode by ε̃/√λ and leaves the modes uncoupled")
  func givenNoise() throws {
    let (samples, correlations, modes) = try Self.draw {
      $0.variances = [10, 1]
      $0.strengths = [2.5, 2.5]
      $0.modeNoise = [0.5, 0.25]
    }
    #expect(correlations.couplingOfModes <= 1e-13)
    let teacher = modes.coordinates(of: samples.teacher)
    // Modes fall with S = s/λ: first λ = 1 with S = 2.5, then λ = 10 with S = 0.25.
    let expected = Matrix<Double>.diagonal([2.5 - 0.25, 0.25 - 0.5 / 10.0.squareRoot()])
    #expect((teacher - expected).largestMagnitude <= 1e-13)
    // The test metric equals Σxx, so the risk is the sum over the modes.
    let risk = samples.testSet(.sum).risk(of: Matrix(rows: 2, columns: 2))
    let direct = 1 * 2.25 * 2.25 + 10 * expected[1, 1] * expected[1, 1]
    #expect(abs(risk - direct) <= 1e-12 * direct)
  }

  @Test("drawn noise is a number per mode after U and V, whatever its size")
  func drawnNoise() throws {
    let (silent, _, _) = try Self.draw { $0.testSamples = 4 }
    let (noisy, _, modes) = try Self.draw {
      $0.testSamples = 4
      $0.noise = 2
    }
    #expect(silent.inputs == noisy.inputs && silent.testInputs == noisy.testInputs)
    #expect(silent.targets == noisy.targets)
    var stream = NumPyStream(seed: 12 as UInt32)
    _ = stream.normals(count: 30 * 2 + 4 + 4)
    let draws = stream.normals(count: 2)
    let gap = modes.coordinates(of: silent.teacher - noisy.teacher)
    #expect(abs(gap[1, 1] - 2 * draws[0] / 5) <= 1e-13)
    #expect(abs(gap[0, 0] - 2 * draws[1] / 1) <= 1e-13)
  }

  @Test("without rotation inputs and outputs run along their axes")
  func axes() throws {
    let (samples, correlations, _) = try Self.draw { $0.isRotated = false }
    #expect((correlations.input - .diagonal([25, 1])).largestMagnitude <= 1e-13)
    #expect(samples.teacher == .diagonal([0.2, 5]))
  }

  @Test("a drawn test set has the variance of one sample per row")
  func testSet() throws {
    let (samples, _, _) = try Self.draw {
      $0.isRotated = false
      $0.testSamples = 20_000
    }
    let perRow = samples.testSet(.mean).input
    // Five standard errors √(2/m) of a variance.
    for (i, variance) in [25.0 / 30, 1.0 / 30].enumerated() {
      #expect(abs(perRow[i, i] / variance - 1) <= 5 * (2 / 20_000.0).squareRoot())
    }
  }

  @Test("test weights multiply the variances along the axes of the test inputs, and only those")
  func testWeights() throws {
    let (plain, _, _) = try Self.draw()
    let (samples, correlations, modes) = try Self.draw { $0.testWeights = [0.1, 0.9] }
    #expect(samples.inputs == plain.inputs && samples.targets == plain.targets)
    let gram = samples.testInputs.times(samples.testInputs, left: .transposed)
    let turned = modes.right.times(gram, left: .transposed).times(modes.right)
    // Modes by falling map: variance 1 (second input), then 25.
    #expect(abs(turned[0, 0] - 0.9) <= 1e-13 && abs(turned[1, 1] - 2.5) <= 1e-13)
    #expect(abs(turned[0, 1]) <= 1e-13)
    #expect(correlations.inputs == 2)
  }
}
