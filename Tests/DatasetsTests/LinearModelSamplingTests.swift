import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Samples of the linear model")
struct LinearModelSamplingTests {
  static func plain(_ change: (inout LinearModel) -> Void = { _ in }) -> LinearModel {
    LinearModelSpectrumTests.model(samples: 5, inputs: 3, kappa: nil) {
      $0.isTransformed = false
      change(&$0)
    }
  }

  static func draw(_ model: LinearModel) throws -> Samples {
    try LinearModelSpectrumTests.draw(model)
  }

  @Test("teacher, inputs, noise, shuffle and test inputs are drawn in this order")
  func order() throws {
    let model = Self.plain {
      $0.teacher = .gaussian
      $0.noise = [0.5, 2]
    }
    let samples = try Self.draw(model)
    var stream = NumPyStream(seed: 12 as UInt32)
    let teacher = stream.normals(rows: 3, columns: 2)
    let x = stream.normals(rows: 5, columns: 3)
    // Rows 1…⌈n/2⌉ have the first noise; both halves in one draw as in two.
    var noise = Matrix<Double>(rows: 5, columns: 2)
    for i in 0..<5 { for j in 0..<2 { noise[i, j] = (i < 3 ? 0.5 : 2) * stream.normal() } }
    stream.shuffleRows(of: &noise)
    let test = stream.normals(rows: 7, columns: 3)
    #expect(samples.inputs == x)
    #expect(samples.teacher == teacher.transposed)
    #expect(samples.targets == x * teacher + noise)
    #expect(samples.testInputs == test)
    #expect(samples.testTargets == test * teacher)
    #expect(samples.noise == [0.5, 2])
    #expect(samples.count == 5)
    #expect(samples.stages.isEmpty)
  }

  @Test("noise 0 draws as much as any other noise")
  func silentNoise() throws {
    let silent = try Self.draw(Self.plain())
    let noisy = try Self.draw(Self.plain { $0.noise = [1] })
    #expect(silent.testInputs == noisy.testInputs)
    #expect(silent.targets == silent.inputs * Matrix(rows: 3, columns: 2, repeating: 1))
    #expect(noisy.noise == [1, 1])
  }

  @Test("the notebook's samples have Σxx = diag(100, 1) and strengths (1.001, 1)")
  func notebook() throws {
    let samples = try LinearModelSpectrumTests.draw(LinearModel())
    let correlations = try Correlations(
      inputs: samples.inputs, targets: samples.targets, reduction: .sum)
    #expect((correlations.input - .diagonal([100, 1])).largestMagnitude <= 1e-12)
    #expect((correlations.inputOutput - .diagonal([1.001, 1])).largestMagnitude <= 1e-13)
    #expect(samples.teacher == .diagonal([0.01001, 1]))
    #expect(samples.testInputs.rows == 5000)
    // XₜᵀXₜ, and its trace of the teacher's risk, as the reference program printed them.
    let gram = samples.testInputs.times(samples.testInputs, left: .transposed)
    #expect(abs(gram[0, 0] - 8006) < 0.5 && abs(gram[1, 1] - 98.9) < 0.05)
    #expect(abs(abs(gram[0, 1]) - 9.4) < 0.05)
    #expect(abs(samples.testTargets.squaredNorm - 99.68) < 0.005)
    #expect(abs(samples.targets.squaredNorm - 1.01002) < 5e-6)
  }

  @Test(
    "the compensated teacher equalises the strengths of every size",
    arguments: [(20, 5, 3), (20, 3, 5), (3, 6, 6), (9, 1, 1)])
  func compensated(samples: Int, inputs: Int, outputs: Int) throws {
    let model = LinearModelSpectrumTests.model(samples: samples, inputs: inputs) {
      $0.teacher = .compensated
      $0.outputs = outputs
    }
    let drawn = try Self.draw(model)
    let correlations = try Correlations(
      inputs: drawn.inputs, targets: drawn.targets, reduction: .sum)
    let modes = min(inputs, outputs)
    let expected = Matrix<Double>.diagonal(
      (0..<modes).map { $0 < samples ? 1 + 0.001 * Double(modes - 1 - $0) : 0 },
      rows: outputs, columns: inputs)
    #expect((correlations.inputOutput - expected).largestMagnitude <= 1e-12)
  }

  @Test("without κ the compensated teacher is nearly the identity")
  func compensatedWithoutKappa() throws {
    let samples = try Self.draw(Self.plain { $0.teacher = .compensated })
    #expect(samples.teacher == .diagonal([1.001, 1], rows: 2, columns: 3))
  }

  @Test("scaling divides the active rows of the teacher by the prescribed singular values")
  func scaledTeacher() throws {
    let full = LinearModelSpectrumTests.model { $0.scalesTeacher = true }
    #expect(try Self.draw(full).teacher == Matrix([[0.1, 0.1, 1, 1, 1], [0.1, 0.1, 1, 1, 1]]))
    let fewer = LinearModelSpectrumTests.model(samples: 2) { $0.scalesTeacher = true }
    #expect(try Self.draw(fewer).teacher == Matrix([[0.1, 1, 1, 1, 1], [0.1, 1, 1, 1, 1]]))
  }

  @Test("the fit on whitened noisy data has the stored loss of the notebook")
  func whitenedAnchor() throws {
    var model = LinearModelSpectrumTests.model(samples: 20, inputs: 10, kappa: 80.0.squareRoot())
    model.outputs = 1
    model.unitValues = 1
    model.scalesTeacher = true
    model.noise = [1]
    var scenario = Scenario()
    scenario.data = .linearModel(model)
    var stream = try NumPyStream(seed: scenario.seed)
    let samples = try scenario.drawSamples(using: &stream)
    let correlations = try Correlations(
      inputs: samples.inputs, targets: samples.targets, reduction: .mean)
    // The seven digits that the notebook printed.
    #expect(abs(correlations.fitLoss - 0.688_767_2) <= 5e-8)
  }

  @Test("the fit on axis-scaled noisy data has the stored losses of the notebook")
  func scaledAnchor() throws {
    // That notebook shuffles nothing and adds noise to its test set: no scenario, its own draws.
    var stream = NumPyStream(seed: 12 as UInt32)
    let values = Array(repeating: 80.0.squareRoot(), count: 9) + [1]
    let teacher = Matrix(rows: 10, columns: 1, elements: values.map { 1 / $0 })
    func draw(_ rows: Int) -> (Matrix<Double>, Matrix<Double>) {
      let x = stream.normals(rows: rows, columns: 10) * .diagonal(values)
      return (x, x * teacher + stream.normals(rows: rows, columns: 1))
    }
    let (x, y) = draw(20)
    let (testInputs, testTargets) = draw(1000)
    let train = try Correlations(inputs: x, targets: y, reduction: .mean)
    #expect(abs(train.fitLoss - 0.400_580_5) <= 5e-8)
    let test = try Correlations(inputs: testInputs, targets: testTargets, reduction: .mean)
    #expect(abs(test.loss(of: train.fit) - 1.949_319) <= 5e-7)
  }

  // MARK: Coupled noise

  @Test("coupled noise lies in the modes of X whose singular values are large")
  func coupledNoise() throws {
    let model = LinearModelSpectrumTests.model(samples: 9, inputs: 4, kappa: 0.1) {
      $0.couplesNoise = true
      $0.noise = [3, 0.5]
    }
    let samples = try Self.draw(model)
    let factors = try samples.inputs.singularValueDecomposition()
    var stream = NumPyStream(seed: 12 as UInt32)
    _ = stream.normals(rows: 9, columns: 4)
    var z = stream.normals(rows: 4, columns: 2)
    for i in 0..<4 { for j in 0..<2 { z[i, j] *= i < 2 ? 3 : 0.5 } }
    let noise = samples.targets - samples.inputs.times(samples.teacher, right: .transposed)
    // Σ of the squares does not depend on the basis inside equal singular values.
    #expect(abs(noise.squaredNorm - z.squaredNorm) <= 1e-12 * z.squaredNorm)
    let seen = factors.left.times(noise, left: .transposed)
    #expect(
      (seen.rows(0..<2).squaredNorm - z.rows(0..<2).squaredNorm).magnitude <= 1e-12 * z.squaredNorm)
    // No shuffle: the test set follows at once.
    let test = try InputShaping(
      of: {
        var s = NumPyStream(seed: 12 as UInt32); return s.normals(rows: 9, columns: 4)
      }(), for: model
    ).shaped(stream.normals(rows: 7, columns: 4))
    #expect(samples.testInputs == test)
  }

  @Test("a single level of coupled noise leaves the small modes silent", arguments: [9, 3])
  func coupledNoiseAlone(samples: Int) throws {
    let model = LinearModelSpectrumTests.model(samples: samples, inputs: 4, kappa: 0.1) {
      $0.couplesNoise = true
      $0.noise = [3]
    }
    #expect(model.noiseLevels == [3, 0])
    let drawn = try Self.draw(model)
    let noise = drawn.targets - drawn.inputs.times(drawn.teacher, right: .transposed)
    let seen = try drawn.inputs.singularValueDecomposition().left.times(noise, left: .transposed)
    let large = 2  // ⌈min(n, d)/2⌉ for both
    #expect(seen.rows(0..<large).norm > 1)
    #expect(seen.rows(large..<seen.rows).largestMagnitude <= 1e-13)
    // Nothing of it is outside of the span of the samples.
    #expect(abs(seen.norm - noise.norm) <= 1e-13 * noise.norm)
  }

  // MARK: Standardised, pruned and one-hot inputs

  @Test("standardised inputs have mean 0 and deviation 1, and the test set the same map")
  func standardised() throws {
    let raw = try Self.draw(Self.plain())
    let samples = try Self.draw(Self.plain { $0.isStandardised = true })
    for j in 0..<3 {
      let (column, before) = (samples.inputs.column(j), raw.inputs.column(j))
      #expect(abs(column.reduce(0, +)) <= 5e-15)
      #expect(abs(column.reduce(0) { $0 + $1 * $1 } / 5 - 1) <= 5e-15)
      let mean = before.reduce(0, +) / 5
      let deviation = (before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
      for (seen, drawn) in zip(samples.testInputs.column(j), raw.testInputs.column(j)) {
        #expect(abs(seen - (drawn - mean) / deviation) <= 1e-14)
      }
    }
    #expect(samples.targets == samples.inputs * Matrix(rows: 3, columns: 2, repeating: 1))
  }

  @Test("an input that never changes stays finite when standardised")
  func standardisedConstant() throws {
    let model = LinearModelSpectrumTests.model(samples: 2, inputs: 4) { $0.isStandardised = true }
    let x = try Self.draw(model).inputs
    #expect(x.isFinite && x.column(3) == [0, 0])
  }

  @Test("pruned inputs keep the leading principal components and nothing else", arguments: 1...4)
  func pruned(kept: Int) throws {
    let model = LinearModelSpectrumTests.model(inputs: 4) {
      $0.hasContinuousSpectrum = true
      $0.isTransformed = false
    }
    let whole = try Self.draw(model)
    var less = model
    less.principalComponents = kept
    let samples = try Self.draw(less)
    let values = Array([10.0, 7, 4, 1].prefix(kept)) + Array(repeating: 0, count: 4 - kept)
    try expectSingularValues(samples.inputs, values)
    let leading = try whole.inputs.singularValueDecomposition().right.columns(0..<kept)
    let test = (whole.testInputs * leading).times(leading, right: .transposed)
    #expect((samples.testInputs - test).largestMagnitude <= 1e-13)
  }

  @Test("one-hot inputs take turns and draw nothing")
  func oneHot() throws {
    let model = Self.plain {
      $0.isOneHot = true
      $0.inputScales = .each([1, 2, 3])
      $0.noise = [1]
    }
    let samples = try Self.draw(model)
    #expect(
      samples.inputs == Matrix([[1, 0, 0], [0, 2, 0], [0, 0, 3], [1, 0, 0], [0, 2, 0]]))
    #expect(samples.testInputs.rows == 7 && samples.testInputs[6, 0] == 1)
    var stream = NumPyStream(seed: 12 as UInt32)
    var noise = stream.normals(rows: 5, columns: 2)
    stream.shuffleRows(of: &noise)
    #expect(samples.targets == samples.inputs * Matrix(rows: 3, columns: 2, repeating: 1) + noise)
  }

  @Test("a teacher of given singular values has exactly those, in directions of its own")
  func teacherSpectrum() throws {
    var data = LinearModel()
    data.inputs = 5
    data.outputs = 3
    data.teacher = .spectrum([4, 0.5])
    let teacher = try Self.draw(data).teacher
    let values = try teacher.singularValueDecomposition().values
    for (value, expected) in zip(values, [4, 0.5, 0]) { #expect(abs(value - expected) <= 1e-14) }
    #expect(abs(teacher[0, 0]) < 3.9)
  }
}
