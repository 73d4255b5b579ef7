import LearningProblems
import LinearAlgebra

/// The second derivative of J at given weights as a gradient step sees it, √D·H·√D.
///
/// D holds the learning rate of every weight, so that a step moves a small deviation x, measured in
/// units of the roots of the rates, to x − √D·H·√D·x. Vectors hold the layers one after the other,
/// each row by row. The residual's part of H is included, and weight decay.
///
/// - Source: derived by differentiating the gradient along a direction; for two layers
///   H(C, B) = (W₂ᵀ·δW·Σxx − Bᵀ·R, δW·Σxx·W₁ᵀ − R·Cᵀ) with δW = B·W₁ + W₂·C, R = Σyx − W·Σxx.
struct Curvature {
  /// The weights, in the basis of the data.
  let layers: [Matrix<Double>]
  let correlations: Correlations
  let rule: StepRule
  /// A residual that is left out of account, relative to that of the zero map and of the map itself.
  var neglectedResidual = 1e-9
  /// Maps from the input to the input of every layer, and to the output.
  let before: [Matrix<Double>]
  /// Derivatives of J by the map that ends with each layer, pulled back; B_N = W·Σxx − Σyx.
  private let errors: [Matrix<Double>]
  /// Roots of the rates of all weights, in the order of the vectors.
  private let roots: [Double]

  /// The curvature at weights in the basis of the data.
  init(weights: LinearWeights, correlations: Correlations, rule: StepRule) {
    precondition(
      rule.rates.count == weights.depth, "\(rule.rates.count) rates for \(weights.depth) layers")
    layers = weights.layers
    self.correlations = correlations
    self.rule = rule
    var before = [Matrix<Double>.identity(correlations.inputs)]
    for layer in layers { before.append(layer * before[before.count - 1]) }
    self.before = before
    var errors = [before[layers.count] * correlations.input - correlations.inputOutput]
    for layer in layers.dropFirst().reversed() {
      errors.append(layer.times(errors[errors.count - 1], left: .transposed))
    }
    self.errors = errors.reversed()
    var roots: [Double] = []
    for (l, layer) in weights.layers.enumerated() {
      for i in layer.elements.indices {
        let factor = l == 0 ? rule.inputRates?[i % layer.columns] ?? 1 : 1
        roots.append((rule.rates[l] * factor).squareRoot())
      }
    }
    self.roots = roots
  }

  /// Number of weights.
  var dimension: Int { roots.count }

  /// W·Σxx − Σyx, zero at a minimum that reaches the fit; shape [output, input].
  var residual: Matrix<Double> { errors[layers.count - 1] }

  /// The gradient of every layer, weight decay included.
  var gradients: [Matrix<Double>] {
    layers.indices.map { l in
      var gradient =
        l == 0 ? errors[0] : errors[l].times(before[l], right: .transposed)
      if rule.weightDecay[l] != 0 { gradient.add(layers[l], scale: rule.weightDecay[l]) }
      return gradient
    }
  }

  /// √D·H·√D·x.
  ///
  /// - Complexity: that of about three gradients, on the correlations.
  func times(_ vector: [Double]) -> [Double] {
    let directions = split(zip(vector, roots).map { $0 * $1 })
    let last = layers.count - 1
    // Derivatives of `before` and of `errors` along the direction.
    var ahead = [directions[0]]
    for l in layers.indices.dropFirst() {
      var next = directions[l] * before[l]
      next.add(layers[l] * ahead[l - 1])
      ahead.append(next)
    }
    var back = ahead[last] * correlations.input
    var results: [[Double]] = Array(repeating: [], count: layers.count)
    for l in layers.indices.reversed() {
      var result = l == 0 ? back : back.times(before[l], right: .transposed)
      if l > 0 {
        result.add(errors[l].times(ahead[l - 1], right: .transposed))
        var next = directions[l].times(errors[l], left: .transposed)
        next.add(layers[l].times(back, left: .transposed))
        back = next
      }
      if rule.weightDecay[l] != 0 { result.add(directions[l], scale: rule.weightDecay[l]) }
      results[l] = result.elements
    }
    return zip(results.joined(), roots).map { $0 * $1 }
  }

  /// The whole of √D·H·√D, shape [weight, weight].
  ///
  /// - Complexity: that of as many gradients as there are weights.
  func matrix() -> Matrix<Double> {
    var unit = [Double](repeating: 0, count: dimension)
    var rows: [Double] = []
    rows.reserveCapacity(dimension * dimension)
    for i in 0..<dimension {
      unit[i] = 1
      rows += times(unit)
      unit[i] = 0
    }
    return Matrix(rows: dimension, columns: dimension, elements: rows)
  }

  private func split(_ vector: [Double]) -> [Matrix<Double>] {
    var position = 0
    return layers.map { layer in
      defer { position += layer.elements.count }
      return Matrix(
        rows: layer.rows, columns: layer.columns,
        elements: Array(vector[position..<position + layer.elements.count]))
    }
  }
}
