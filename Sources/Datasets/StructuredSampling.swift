import LinearAlgebra
import RandomStreams
import Scenarios

extension StructuredData {
  /// Draws data with exactly the chosen singular values.
  ///
  /// The fit Ŵ is made first, Y = X·Ŵᵀ, and the teacher from it: with noise ε̃ᵢ of mode i its
  /// strengths are Sᵢ − ε̃ᵢ/√λᵢ, so that modes are not coupled whatever the noise.
  ///
  /// Order of the draws: Uₓ (n·d normal numbers), V and U where they are rotated, the V of the fit
  /// where it is not shared, one number per mode for the noise (also at noise 0), the test inputs,
  /// whose variances along the axes are multiplied by the test weights.
  ///
  /// - Throws: `LinearAlgebraError` or `RandomStreamError`, only for sizes that no scenario has.
  public func draw(using stream: inout NumPyStream) throws -> Samples {
    let (d, values, variances) = (inputs, resolvedInputValues, resolvedVariances)
    let modes = min(d, outputs)
    let leftOfInputs = try stream.normals(rows: samples, columns: d).qrDecomposition().orthogonal
    let axes = isRotated ? try haarOrthogonal(d, using: &stream) : .identity(d)
    let left = isRotated ? try haarOrthogonal(outputs, using: &stream) : .identity(outputs)
    let right = sharesVectors ? axes : try haarOrthogonal(d, using: &stream)
    let drawnNoise = stream.normals(count: modes)

    let x = (leftOfInputs * .diagonal(values)).times(axes, right: .transposed)
    var strengths = (resolvedStrengths ?? mapValues ?? []) + Array(repeating: 0, count: modes)
    strengths.removeLast(strengths.count - modes)
    var fit: Matrix<Double>
    if sharesVectors, resolvedStrengths != nil {
      for i in 0..<modes { strengths[i] /= variances[i] }
    }
    fit = (left * .diagonal(strengths, rows: outputs, columns: d)).times(right, right: .transposed)
    if !sharesVectors, resolvedStrengths != nil {
      fit = (fit * axes * .diagonal(variances.map { 1 / $0 })).times(axes, right: .transposed)
    }

    var teacher = fit
    if noise != 0 || modeNoise != nil {
      let noises = (0..<modes).map { i -> Double in
        guard let modeNoise else { return noise * drawnNoise[i] }
        return i < modeNoise.count ? modeNoise[i] : 0
      }
      for i in 0..<modes { strengths[i] -= noises[i] / values[i] }
      teacher = (left * .diagonal(strengths, rows: outputs, columns: d))
        .times(right, right: .transposed)
    }
    let testInputs = testSamples.map { rows in
      let perSample = values.map { $0 / Double(samples).squareRoot() }
      return (stream.normals(rows: rows, columns: d) * .diagonal(perSample))
        .times(axes, right: .transposed)
    }
    var tests = testInputs ?? x
    if !testWeights.isEmpty {
      let factors = testWeights.map { $0.squareRoot() }
      tests = (tests * axes * .diagonal(factors)).times(axes, right: .transposed)
    }
    return Samples(
      inputs: x, targets: x.times(fit, right: .transposed), testInputs: tests,
      teacher: teacher, noise: [noise, noise], count: samples)
  }
}
