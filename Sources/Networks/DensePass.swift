import LinearAlgebra

/// One pass over the layers of a dense network with a block of rows: the loop that training,
/// captured activations and pullbacks share.
///
/// `forward` fills in what every layer hands on. `backward` goes down from a gradient at the outputs
/// and leaves, for every layer that it passes, the gradient with respect to what the layer makes
/// before it is cut off, and for the last one with respect to what it hands on.
public struct DensePass<Scalar: DenseScalar>: Sendable {
  /// The shape of the networks that it passes over.
  public let shape: DenseShape
  /// Rows per block.
  public let height: Int
  /// What each layer hands on, layer after layer, [unit][row].
  private var activations: [Scalar]
  /// Gradients with respect to it, likewise.
  private var gradients: [Scalar]
  /// Where the units of each layer begin, shape [layer + 1].
  private let starts: [Int]
  /// Patches of the convolutional layers, layer after layer, [entry][position][row].
  private var patches: [Scalar]
  /// Gradients with respect to the patches of one layer.
  private var patchGradients: [Scalar]
  /// Where the patches of each layer begin, shape [layer + 1].
  private let patchStarts: [Int]
  /// Number of parts of large layers that are computed at a time; no result depends on it.
  public var threads = 1

  /// Rows per block of a pass over so many rows; kernels take sixteen at a time.
  public static func height(rows: Int) -> Int { min(256, max(1, (rows + 15) / 16) * 16) }

  /// A pass over so many rows, in blocks of at most 256, whose activations stay in the cache.
  public init(_ shape: DenseShape, rows: Int) {
    let height = Self.height(rows: rows)
    self.height = height
    self.shape = shape
    starts = shape.widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1 * height) }
    activations = Array(repeating: 0, count: starts[starts.count - 1])
    gradients = activations
    let sizes = shape.convolutions.map { $0.patch * $0.positions * height }
    patchStarts = sizes.reduce(into: [0, 0]) { $0.append($0[$0.count - 1] + $1) }
    patches = Array(repeating: 0, count: sizes.reduce(0, +))
    patchGradients = Array(repeating: 0, count: sizes.max() ?? 0)
  }

  /// Sends a block of inputs through all layers, or through those up to one of them.
  public mutating func forward(
    _ parameters: [Scalar], _ inputs: RowBlocks<Scalar>, block: Int, through last: Int? = nil
  ) {
    let (shape, starts, height) = (shape, starts, height)
    let last = last ?? shape.depth
    let (patchStarts, threads) = (patchStarts, threads)
    precondition(
      inputs.columns == shape.inputs && inputs.height == height, "the block does not fit")
    activations.withUnsafeMutableBufferPointer { activations in
      patches.withUnsafeMutableBufferPointer { patches in
        parameters.withUnsafeBufferPointer { parameters in
          guard let units = activations.baseAddress, let all = parameters.baseAddress else {
            return
          }
          inputs.withBlock(block) { units.update(from: $0, count: shape.inputs * height) }
          for layer in 1..<last + 1 {
            var (handed, rows) = (units + starts[layer - 1], height)
            if let convolution = shape.convolution(layer), let all = patches.baseAddress {
              let patches = all + patchStarts[layer]
              convolution.gather(from: handed, to: patches, rows: height, threads: threads)
              (handed, rows) = (patches, convolution.positions * height)
            }
            Scalar.layerForward(
              outputs: shape.channels(layer), inputs: shape.fanIn(layer), rows: rows,
              weights: all + shape.weights(layer).lowerBound,
              biases: shape.hasBiases ? all + shape.biases(layer).lowerBound : nil,
              from: handed, to: units + starts[layer], rectifies: shape.rectifies(layer),
              threads: threads)
          }
        }
      }
    }
  }

  /// Goes down to a layer from the gradient at the outputs.
  ///
  /// - Parameters:
  ///   - bottom: the lowest layer whose gradient is wanted.
  ///   - sums: receives, if given, the gradient with respect to the parameters of the layers above
  ///     `bottom`; the gradient at the inputs is then left out.
  ///   - adds: whether it is added to what `sums` hold.
  public mutating func backward(
    _ parameters: [Scalar], to bottom: Int, into sums: UnsafeMutablePointer<Scalar>? = nil,
    adds: Bool = false
  ) {
    let (shape, starts, height) = (shape, starts, height)
    let (patchStarts, threads) = (patchStarts, threads)
    gradients.withUnsafeMutableBufferPointer { gradients in
      patchGradients.withUnsafeMutableBufferPointer { patchGradients in
        activations.withUnsafeBufferPointer { activations in
          patches.withUnsafeBufferPointer { patches in
            parameters.withUnsafeBufferPointer { parameters in
              guard let slopes = gradients.baseAddress, let units = activations.baseAddress,
                let all = parameters.baseAddress
              else { return }
              for layer in stride(from: shape.depth, to: bottom, by: -1) {
                let (outputs, inputs) = (shape.channels(layer), shape.fanIn(layer))
                let convolution = shape.convolution(layer)
                let rows = (convolution?.positions ?? 1) * height
                if let sums {
                  let handed =
                    convolution == nil
                    ? units + starts[layer - 1]
                    : patches.baseAddress.map { $0 + patchStarts[layer] }
                  Scalar.layerGradient(
                    outputs: outputs, inputs: inputs, rows: rows, above: slopes + starts[layer],
                    input: handed ?? units, weights: sums + shape.weights(layer).lowerBound,
                    biases: shape.hasBiases ? sums + shape.biases(layer).lowerBound : nil,
                    adds: adds, threads: threads)
                  if layer == 1 { return }
                }
                let isGated = layer - 1 > bottom && shape.rectifies(layer - 1)
                let gate = isGated ? units + starts[layer - 1] : nil
                let weights = all + shape.weights(layer).lowerBound
                guard let convolution, let between = patchGradients.baseAddress else {
                  Scalar.layerBackward(
                    outputs: outputs, inputs: inputs, rows: rows, weights: weights,
                    from: slopes + starts[layer], gate: gate, to: slopes + starts[layer - 1],
                    threads: threads)
                  continue
                }
                Scalar.layerBackward(
                  outputs: outputs, inputs: inputs, rows: rows, weights: weights,
                  from: slopes + starts[layer], gate: nil, to: between, threads: threads)
                convolution.scatter(
                  from: between, to: slopes + starts[layer - 1], rows: height, threads: threads)
                if let gate {
                  Scalar.cutOff(
                    slopes + starts[layer - 1], where: gate, count: convolution.inputs * height,
                    threads: threads)
                }
              }
            }
          }
        }
      }
    }
  }

  /// Sets the gradient at the outputs by a function of the outputs of the block.
  ///
  /// - Parameter body: is given outputs and gradient, both [output][row].
  public mutating func setOutputGradient(
    _ body: (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    let start = starts[shape.depth]
    gradients.withUnsafeMutableBufferPointer { gradients in
      activations.withUnsafeBufferPointer { activations in
        guard let outputs = activations.baseAddress, let slopes = gradients.baseAddress else {
          return
        }
        body(outputs + start, slopes + start)
      }
    }
  }

  /// Sets the gradient at the outputs to the same weights in every row, shape [output].
  public mutating func setOutputGradient(_ covector: [Scalar]) {
    for (output, weight) in covector.enumerated() {
      let start = starts[shape.depth] + output * height
      for row in start..<start + height { gradients[row] = weight }
    }
  }

  /// Copies what a layer hands on into rows of a matrix.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func copy(layer: Int, rows: Int, to matrix: inout Matrix<Scalar>, from first: Int) {
    transpose(activations, layer: layer, rows: rows, to: &matrix, from: first)
  }

  /// Copies the gradient at a layer into rows of a matrix.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func copyGradient(layer: Int, rows: Int, to matrix: inout Matrix<Scalar>, from first: Int) {
    transpose(gradients, layer: layer, rows: rows, to: &matrix, from: first)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func transpose(
    _ units: [Scalar], layer: Int, rows: Int, to matrix: inout Matrix<Scalar>, from first: Int
  ) {
    let (start, height, columns) = (starts[layer], height, matrix.columns)
    for column in 0..<columns {
      for row in 0..<rows {
        matrix.elements[(first + row) * columns + column] = units[start + column * height + row]
      }
    }
  }
}
