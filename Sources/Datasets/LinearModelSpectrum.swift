import Foundation
import LearningProblems
import LinearAlgebra
import Scenarios

extension LinearModel {
  /// Number of singular values of X that are not zero by construction, min(n, d).
  var activeInputs: Int { min(samples, inputs) }

  /// The singular values F that X is given, falling; nil where they are left as drawn.
  ///
  /// Half of them (rounded up, or `unitValues`) are 1 and the others κ, or they run evenly from 1
  /// to κ. Shape [active input].
  var prescribedSpectrum: [Double]? {
    guard let kappa else { return nil }
    let count = activeInputs
    if hasContinuousSpectrum {
      guard count > 1 else { return [1] }
      let step = (kappa - 1) / Double(count - 1)
      let even = (0..<count - 1).map { 1 + Double($0) * step } + [kappa]
      return even.sorted(by: >)
    }
    let ones = unitValues ?? (count + 1) / 2
    let values = Array(repeating: 1, count: ones) + Array(repeating: kappa, count: count - ones)
    return values.sorted(by: >)
  }

  /// The standard deviations of the input draws, shape [input].
  var drawScales: [Double] {
    let scales: [Double]
    switch inputScales {
    case .uniform(let scale): scales = Array(repeating: scale, count: inputs)
    case .each(let given): scales = given
    case .halves: scales = (0..<inputs).map { $0 < inputs / 2 ? 1 : 0.01 }
    case .geometric:
      scales = (0..<inputs).map { i in
        let position = inputs > 1 ? Double(i) / Double(inputs - 1) : 0
        return scaleRange[0] * pow(scaleRange[1] / scaleRange[0], position)
      }
    }
    guard isNormalized else { return scales }
    return scales.map { $0 / Double(inputs).squareRoot() }
  }

  /// The map M that turns drawn inputs X₀ into inputs of the prescribed spectrum, X = X₀·M.
  ///
  /// With X₀ = U₀·S₀·V₀ᵀ, M is V₀·S₀⁻¹·F (transformed and prescribed), V₀·S₀⁻¹·F·V₀ᵀ (prescribed),
  /// V₀ (transformed) or absent. Shape [input, input]; columns beyond the active inputs are zero
  /// where X is transformed and prescribed.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Source: the generator `linear_model` of Olmin & Lindsten, arXiv:2407.09845, signs fixed by
  ///   the sign rule.
  func spectrumMap(of drawn: Matrix<Double>) throws -> Matrix<Double>? {
    let spectrum = prescribedSpectrum
    guard isTransformed || spectrum != nil else { return nil }
    let factors = try drawn.singularValueDecomposition()
    guard let spectrum else {
      return try factors.right.completed(alongEigenvectorsOf: drawn.times(drawn, left: .transposed))
    }
    var scaled = factors.right
    for i in 0..<inputs {
      for j in 0..<activeInputs { scaled[i, j] *= spectrum[j] / factors.values[j] }
    }
    guard isTransformed else { return scaled.times(factors.right, right: .transposed) }
    return scaled.joined(right: Matrix(rows: inputs, columns: inputs - activeInputs))
  }
}
