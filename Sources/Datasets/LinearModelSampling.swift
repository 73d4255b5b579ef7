import LinearAlgebra
import RandomStreams
import Scenarios

extension LinearModel {
  /// Draws training and test samples.
  ///
  /// Order of the draws: the teacher (if it is Gaussian), X, the noise (also at noise 0; in two
  /// halves and the shuffle of its rows, or one number per mode of X and output if it is coupled),
  /// the test inputs. One-hot inputs draw nothing. Test targets are noise-free.
  ///
  /// - Parameters:
  ///   - stream: NumPy's stream, from which everything is drawn.
  ///   - reading: reads the matrix at a path.
  /// - Throws: `ScenarioError` if a teacher cannot be read or does not fit, `LinearAlgebraError`
  ///   if a factorisation fails.
  public func draw(
    using stream: inout NumPyStream, reading: MatrixReader = readTextMatrix
  ) throws -> Samples {
    let teacher = scaled(
      try matrix(of: teacher, key: "data.teacher", using: &stream, reading: reading))
    let drawn = drawInputs(rows: samples, using: &stream)
    let shaping = try InputShaping(of: drawn, for: self)
    let x = shaping.shaped(drawn)

    var targets = x * teacher
    targets.add(
      couplesNoise
        ? try drawCoupledNoise(along: x, using: &stream) : drawNoise(using: &stream))

    let testInputs = shaping.shaped(drawInputs(rows: resolvedTestSamples, using: &stream))
    return Samples(
      inputs: x, targets: targets, testInputs: testInputs, teacher: teacher.transposed,
      noise: noiseLevels, count: samples)
  }

  /// Standard normal rows, or unit vectors in turn, times the scale of each input.
  private func drawInputs(rows: Int, using stream: inout NumPyStream) -> Matrix<Double> {
    let scales = drawScales
    if isOneHot {
      return Matrix(rows: rows, columns: inputs) { i, j in i % inputs == j ? scales[j] : 0 }
    }
    var drawn = stream.normals(rows: rows, columns: inputs)
    for i in 0..<rows { for j in 0..<inputs { drawn[i, j] *= scales[j] } }
    return drawn
  }

  /// The map B of a teacher before any scaling, shape [input, output].
  func matrix(
    of teacher: Teacher, key: String, using stream: inout NumPyStream, reading: MatrixReader
  ) throws -> Matrix<Double> {
    if let matrix = try teacher.matrix(
      inputs: inputs, outputs: outputs, key: key, using: &stream, reading: reading)
    {
      return matrix
    }
    let modes = min(inputs, outputs)
    let spectrum = prescribedSpectrum ?? Array(repeating: 1, count: activeInputs)
    let entries = (0..<modes).map { i -> Double in
      guard i < spectrum.count else { return 0 }
      // sᵢ/Fᵢ² with sᵢ = 1 + 0.001·(r − 1 − i), rounded once.
      return Double(1000 + modes - 1 - i) / (1000 * spectrum[i] * spectrum[i])
    }
    return .diagonal(entries, rows: inputs, columns: outputs)
  }

  /// The teacher with its active rows divided by the prescribed singular values, where asked.
  func scaled(_ teacher: Matrix<Double>) -> Matrix<Double> {
    guard scalesTeacher, let spectrum = prescribedSpectrum else { return teacher }
    var scaled = teacher
    for (i, value) in spectrum.enumerated() {
      for j in 0..<outputs { scaled[i, j] /= value }
    }
    return scaled
  }

  /// Noise of the two halves of the rows, shuffled by rows; shape [sample, output].
  private func drawNoise(using stream: inout NumPyStream) -> Matrix<Double> {
    let half = (samples + 1) / 2
    var noise = stream.normals(rows: samples, columns: outputs)
    for i in 0..<samples {
      for j in 0..<outputs { noise[i, j] *= noiseLevels[i < half ? 0 : 1] }
    }
    stream.shuffleRows(of: &noise)
    return noise
  }

  /// Noise along the left singular vectors of X, ε = U·z; shape [sample, output].
  ///
  /// z has one row per mode of X: standard normal numbers times the first noise level where the
  /// singular value is at least 1 (up to rounding), times the second elsewhere.
  ///
  /// - Source: the noise in the large directions of Stephenson & Lee, arXiv:2108.12006.
  private func drawCoupledNoise(
    along x: Matrix<Double>, using stream: inout NumPyStream
  ) throws -> Matrix<Double> {
    let factors = try x.singularValueDecomposition()
    var noise = stream.normals(rows: activeInputs, columns: outputs)
    for (i, value) in factors.values.enumerated() {
      // A prescribed 1 comes back from the factorisation within a few ulp.
      let isLarge = value >= 1 - 1e-12
      for j in 0..<outputs { noise[i, j] *= noiseLevels[isLarge ? 0 : 1] }
    }
    return factors.left * noise
  }
}
