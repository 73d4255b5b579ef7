import LinearAlgebra
import RandomStreams
import Scenarios

extension LinearModel {
  /// Draws training and test samples.
  ///
  /// Order of the draws: the teacher (if it is Gaussian), X, the noise in two halves and the
  /// shuffle of its rows (also at noise 0), the test inputs. Test targets are noise-free.
  ///
  /// - Parameter stream: NumPy's stream, from which everything is drawn.
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  public func draw(using stream: inout NumPyStream) throws -> Samples {
    let scales = drawScales
    let drawnTeacher = drawTeacher(using: &stream)
    let drawn = drawInputs(rows: samples, scales: scales, using: &stream)
    let map = try spectrumMap(of: drawn)
    let x = map.map { drawn * $0 } ?? drawn
    let teacher = scaled(drawnTeacher)

    var targets = x * teacher
    targets.add(drawNoise(using: &stream))

    let drawnTest = drawInputs(rows: resolvedTestSamples, scales: scales, using: &stream)
    let testInputs = map.map { drawnTest * $0 } ?? drawnTest
    return Samples(
      inputs: x, targets: targets, testInputs: testInputs, testTargets: testInputs * teacher,
      teacher: teacher.transposed, noise: noiseLevels)
  }

  /// Standard normal rows times the scale of each input, shape [row, input].
  private func drawInputs(
    rows: Int, scales: [Double], using stream: inout NumPyStream
  ) -> Matrix<Double> {
    var drawn = stream.normals(rows: rows, columns: inputs)
    for i in 0..<rows { for j in 0..<inputs { drawn[i, j] *= scales[j] } }
    return drawn
  }

  /// The teacher B before any scaling, shape [input, output].
  private func drawTeacher(using stream: inout NumPyStream) -> Matrix<Double> {
    switch teacher {
    case .ones: return Matrix(rows: inputs, columns: outputs, repeating: 1)
    case .gaussian: return stream.normals(rows: inputs, columns: outputs)
    case .matrix(let rows): return Matrix(rows)
    case .compensated:
      let modes = min(inputs, outputs)
      let spectrum = prescribedSpectrum ?? Array(repeating: 1, count: activeInputs)
      let entries = (0..<modes).map { i -> Double in
        guard i < spectrum.count else { return 0 }
        let strength = 1 + 0.001 * Double(modes - 1 - i)
        return strength / (spectrum[i] * spectrum[i])
      }
      return .diagonal(entries, rows: inputs, columns: outputs)
    }
  }

  /// The teacher with its active rows divided by the prescribed singular values, where asked.
  private func scaled(_ teacher: Matrix<Double>) -> Matrix<Double> {
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
}
