import Analysis
import LinearAlgebra
import Networks

/// The pullbacks of the outputs of one network to all of its layers but the last.
struct NetworkPullback {
  let layers: [LayerPullback]

  /// - Parameters:
  ///   - inputs: the rows at which the network is linearised.
  ///   - grids: inputs that vary in one task alone, one matrix for each task.
  init(
    _ network: DenseNetwork<Double>, inputs: Matrix<Double>, grids: [Matrix<Double>]
  ) throws {
    let shape = network.shape
    let activations = network.activations(of: inputs)
    let gridActivations = grids.map { network.activations(of: $0) }
    layers = try (0..<shape.depth).map { layer in
      let hidden = stride(from: layer + 1, to: shape.depth, by: 1)
      let maps = DistinctMaps(
        activations: shape.activation == .linear ? [] : hidden.map { activations[$0] },
        weights: shape.activation == .linear ? [] : hidden.map { network.weights($0 + 1) },
        rows: inputs.rows)
      let rows = inputs.rows(maps.firstRows)
      let covariances = gridActivations.map { PrincipalComponents.covariance(of: $0[layer]) }
      return try LayerPullback(
        outputs: (0..<shape.outputs).map { output in
          let covector = (0..<shape.outputs).map { $0 == output ? 1.0 : 0 }
          return try OutputPullback(
            network.pullback(of: covector, at: rows, to: layer), counts: maps.counts,
            covariances: covariances, output: output)
        }, activations: activations[layer], covariances: covariances)
    }
  }
}

/// The pullbacks of all outputs to one layer.
struct LayerPullback {
  let outputs: [OutputPullback]
  /// Cosines between mean gradients.
  let gram: Matrix<Double>
  let activationVariances: [Double]
  /// Capture of random directions instead of gradients, the larger share.
  let randomCapture: Double

  init(
    outputs: [OutputPullback], activations: Matrix<Double>, covariances: [Matrix<Double>]
  ) throws {
    self.outputs = outputs
    gram = rowCosines(of: Matrix(outputs.map(\.meanGradient)))
    activationVariances = try PrincipalComponents(of: activations).variances
    randomCapture = Self.randomCapture(covariances)
  }

  /// Mean of a capture over the outputs.
  func mean(_ capture: (TaskCapture) -> Double) -> Double {
    outputs.reduce(0) { $0 + capture($1.capture) } / Double(outputs.count)
  }

  /// Mean size of the cosines between mean gradients of different outputs; NaN for one output.
  var meanAbsoluteCosine: Double { gram.meanOffDiagonal }

  private static func randomCapture(_ covariances: [Matrix<Double>]) -> Double {
    guard let units = covariances.first?.rows else { return .nan }
    let directions = RandomDirections.unit(count: 200, dimension: units)
    let variances = OutputPullback.variances(along: directions, covariances)
    return TaskCapture(
      norms: Array(repeating: 1, count: directions.rows), variances: variances, task: 0
    ).largest
  }
}

/// The distinct gradients of one output with respect to one layer, by falling norm.
struct OutputPullback {
  /// Norms of the maps that are not 0.
  let norms: [Double]
  /// Samples that see each of them.
  let counts: [Int]
  /// Unit directions, [map][unit].
  let directions: Matrix<Double>
  /// Mean over all samples.
  let meanGradient: [Double]
  /// Variances of the gradients' principal components.
  let gradientVariances: [Double]
  /// Variance along each direction on the inputs of each task, [map][task].
  let taskVariances: Matrix<Double>
  let capture: TaskCapture

  init(
    _ gradients: Matrix<Double>, counts: [Int], covariances: [Matrix<Double>], output: Int
  ) throws {
    let components = try PrincipalComponents(of: gradients, weights: counts)
    meanGradient = components.mean
    gradientVariances = components.variances
    let lengths = (0..<gradients.rows).map { gradients.rows($0..<$0 + 1).norm }
    let order = lengths.indices.filter { lengths[$0] > 0 }
      .sorted { lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1 }
    norms = order.map { lengths[$0] }
    self.counts = order.map { counts[$0] }
    directions = Matrix(rows: order.count, columns: gradients.columns) {
      gradients[order[$0], $1] / lengths[order[$0]]
    }
    taskVariances = Self.variances(along: directions, covariances)
    capture = TaskCapture(
      norms: norms, variances: taskVariances, task: min(output, max(covariances.count - 1, 0)))
  }

  /// The variances cᵀ·Σ·c along directions c, [direction][covariance].
  static func variances(
    along directions: Matrix<Double>, _ covariances: [Matrix<Double>]
  ) -> Matrix<Double> {
    let products = covariances.map { directions * $0 }
    return Matrix(rows: directions.rows, columns: covariances.count) { map, task in
      max(
        0,
        zip(products[task].row(map), directions.row(map)).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }
}
