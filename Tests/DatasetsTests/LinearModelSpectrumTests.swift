import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

/// Whether the singular values of a matrix are as given, up to rounding of a factorisation.
func expectSingularValues(
  _ matrix: Matrix<Double>, _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let values = try matrix.singularValues()
  #expect(values.count == expected.count, sourceLocation: sourceLocation)
  // Two factorisations and a product, each within (rows + columns) ulp of the largest.
  let scale = 3 * Double(matrix.rows + matrix.columns) * .ulpOfOne * (expected.first ?? 0)
  for (value, wanted) in zip(values, expected) {
    #expect(abs(value - wanted) <= scale, "\(values)", sourceLocation: sourceLocation)
  }
}

@Suite("Spectrum of the linear model")
struct LinearModelSpectrumTests {
  static func model(
    samples: Int = 20, inputs: Int = 5, kappa: Double? = 10,
    _ change: (inout LinearModel) -> Void = { _ in }
  ) -> LinearModel {
    var model = LinearModel()
    model.samples = samples
    model.inputs = inputs
    model.testSamples = 7
    model.kappa = kappa
    model.teacher = .ones
    change(&model)
    return model
  }

  static func draw(_ model: LinearModel, seed: UInt32 = 12) throws -> Samples {
    var stream = NumPyStream(seed: seed)
    return try model.draw(using: &stream)
  }

  @Test(
    "half of the singular values, rounded up, are 1 and the others κ", arguments: [true, false])
  func halves(isTransformed: Bool) throws {
    let five = Self.model { $0.isTransformed = isTransformed }
    try expectSingularValues(Self.draw(five).inputs, [10, 10, 1, 1, 1])
    let four = Self.model(inputs: 4) { $0.isTransformed = isTransformed }
    try expectSingularValues(Self.draw(four).inputs, [10, 10, 1, 1])
    let below = Self.model(kappa: 0.1) { $0.isTransformed = isTransformed }
    try expectSingularValues(Self.draw(below).inputs, [1, 1, 1, 0.1, 0.1])
  }

  @Test("unit_values says how many are 1", arguments: 0...5)
  func unitValues(count: Int) throws {
    let model = Self.model { $0.unitValues = count }
    let expected = Array(repeating: 10.0, count: 5 - count) + Array(repeating: 1, count: count)
    #expect(model.prescribedSpectrum == expected)
    try expectSingularValues(Self.draw(model).inputs, expected)
  }

  @Test("a continuous spectrum runs evenly between 1 and κ and ends exactly there")
  func continuous() throws {
    let model = Self.model { $0.hasContinuousSpectrum = true }
    #expect(model.prescribedSpectrum == [10, 7.75, 5.5, 3.25, 1])
    try expectSingularValues(Self.draw(model).inputs, [10, 7.75, 5.5, 3.25, 1])
    #expect(
      Self.model(kappa: 0.1) { $0.hasContinuousSpectrum = true }.prescribedSpectrum?.last == 0.1)
    #expect(Self.model(inputs: 1) { $0.hasContinuousSpectrum = true }.prescribedSpectrum == [1])
  }

  @Test(
    "with fewer samples than inputs the rest of the spectrum is zero", arguments: [true, false])
  func fewerSamples(isTransformed: Bool) throws {
    let x = try Self.draw(Self.model(samples: 3) { $0.isTransformed = isTransformed }).inputs
    try expectSingularValues(x, [10, 1, 1])
    #expect(x.columns == 5)
    if isTransformed { #expect(x.columns(3..<5) == Matrix(rows: 3, columns: 2)) }
  }

  @Test("transformed and prescribed, XᵀX = F² along the axes")
  func transformed() throws {
    let x = try Self.draw(Self.model()).inputs
    let gap = x.times(x, left: .transposed) - .diagonal([100, 100, 1, 1, 1])
    #expect(gap.largestMagnitude <= 100 * 30 * .ulpOfOne)
  }

  @Test("prescribed only, X keeps the singular vectors of its draw")
  func prescribedOnly() throws {
    let model = Self.model { $0.isTransformed = false }
    var stream = NumPyStream(seed: 12 as UInt32)
    let drawn = stream.normals(rows: 20, columns: 5)
    let before = try drawn.singularValueDecomposition()
    let expected = (before.left * .diagonal([10, 10, 1, 1, 1]))
      .times(before.right, right: .transposed)
    let gap = try Self.draw(model).inputs - expected
    #expect(gap.largestMagnitude <= 1e-13)
  }

  @Test(
    "transformed only, X has the singular values of its draw, along the axes",
    arguments: [20, 3])
  func transformedOnly(samples: Int) throws {
    let x = try Self.draw(Self.model(samples: samples, kappa: nil)).inputs
    var stream = NumPyStream(seed: 12 as UInt32)
    let drawn = stream.normals(rows: samples, columns: 5)
    try expectSingularValues(x, drawn.singularValues())
    var gram = x.times(x, left: .transposed)
    for i in 0..<5 { gram[i, i] = 0 }
    #expect(gram.largestMagnitude <= 1e-13 * drawn.squaredNorm)
  }

  @Test("with neither, X is drawn row by row")
  func plain() throws {
    let model = Self.model(kappa: nil) { $0.isTransformed = false }
    var stream = NumPyStream(seed: 12 as UInt32)
    #expect(try Self.draw(model).inputs == stream.normals(rows: 20, columns: 5))
  }

  @Test("the scales are one number, a list, halves, or geometric")
  func scales() {
    func scales(_ scales: InputScales, _ change: (inout LinearModel) -> Void = { _ in }) -> [Double]
    {
      Self.model {
        $0.inputScales = scales
        change(&$0)
      }.drawScales
    }
    #expect(scales(.uniform(3)) == [3, 3, 3, 3, 3])
    #expect(scales(.each([1, 2, 3, 4, 5])) == [1, 2, 3, 4, 5])
    #expect(scales(.halves) == [1, 1, 0.01, 0.01, 0.01])
    let geometric = scales(.geometric) { $0.scaleRange = [1, 16] }
    for (scale, expected) in zip(geometric, [1.0, 2, 4, 8, 16]) {
      #expect(abs(scale - expected) <= 4 * expected.ulp)
    }
    #expect(
      scales(.uniform(3)) { $0.isNormalized = true }
        == [3, 3, 3, 3, 3].map { $0 / 5.0.squareRoot() })
    var single = Self.model(inputs: 1)
    single.inputScales = .geometric
    #expect(single.drawScales == [1])
  }

  @Test("the scales multiply the columns of the draw")
  func scaledDraw() throws {
    let scales = [1, 2, 4, 8, 16.0]
    let x = try Self.draw(
      Self.model(kappa: nil) {
        $0.isTransformed = false
        $0.inputScales = .each(scales)
      }
    ).inputs
    var stream = NumPyStream(seed: 12 as UInt32)
    #expect(x == stream.normals(rows: 20, columns: 5) * .diagonal(scales))
  }
}
