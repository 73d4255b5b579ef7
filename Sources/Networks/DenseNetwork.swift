import LinearAlgebra

/// A dense network: a shape, and all its weights and biases.
public struct DenseNetwork<Scalar: DenseScalar>: Equatable, Sendable {
  /// Widths, activation and biases.
  public let shape: DenseShape
  /// All parameters, in the order that the shape gives.
  public var parameters: [Scalar]

  /// A network from its parameters.
  ///
  /// - Precondition: there are as many parameters as the shape has.
  public init(shape: DenseShape, parameters: [Scalar]) {
    precondition(
      parameters.count == shape.parameterCount,
      "\(parameters.count) parameters for a network of \(shape.parameterCount)")
    self.shape = shape
    self.parameters = parameters
  }

  /// Weights of a layer, shape [output, input], of a convolution [channel, entry of a patch].
  public func weights(_ layer: Int) -> Matrix<Scalar> {
    Matrix(
      rows: shape.channels(layer), columns: shape.fanIn(layer),
      elements: Array(parameters[shape.weights(layer)]))
  }

  /// Biases of a layer, shape [output]; empty if there are none.
  public func biases(_ layer: Int) -> [Scalar] { Array(parameters[shape.biases(layer)]) }

  /// The layers after one of them, as a network that reads what that one hands on.
  ///
  /// - Precondition: there are any.
  public func above(_ layer: Int) -> DenseNetwork {
    precondition((0..<shape.depth).contains(layer), "no layers above \(layer) of \(shape.depth)")
    return DenseNetwork(
      shape: DenseShape(
        widths: Array(shape.widths[layer...]), activation: shape.activation,
        hasBiases: shape.hasBiases, convolutions: Array(shape.convolutions.dropFirst(layer))),
      parameters: Array(parameters[shape.parameters(layer + 1).lowerBound...]))
  }

  /// Sets the weights of a layer, and its biases if there are any given.
  public mutating func set(
    _ weights: Matrix<Scalar>, biases: [Scalar]? = nil, ofLayer layer: Int
  ) {
    precondition(
      weights.elements.count == shape.weights(layer).count
        && biases.map { $0.count == shape.biases(layer).count } ?? true,
      "weights \(weights.shape) do not fit layer \(layer) of the widths \(shape.widths)")
    parameters.replaceSubrange(shape.weights(layer), with: weights.elements)
    if let biases { parameters.replaceSubrange(shape.biases(layer), with: biases) }
  }

  /// The same network in double precision.
  public var widened: DenseNetwork<Double> {
    DenseNetwork<Double>(shape: shape, parameters: parameters.map { Double($0) })
  }

  /// What every layer hands on for some inputs, the inputs themselves first.
  ///
  /// - Parameters:
  ///   - inputs: shape [sample, input].
  ///   - last: the last layer that is wanted; nil for the outputs.
  /// - Returns: one matrix per layer from 0, shape [sample, unit].
  public func activations(
    of inputs: Matrix<Scalar>, through last: Int? = nil
  ) -> [Matrix<Scalar>] {
    let last = last ?? shape.depth
    var results = shape.widths.prefix(last + 1).map {
      Matrix<Scalar>(rows: inputs.rows, columns: $0)
    }
    forEachBlock(of: inputs, through: last) { pass, first, rows in
      for layer in results.indices {
        pass.copy(layer: layer, rows: rows, to: &results[layer], from: first)
      }
    }
    return results
  }

  /// What a layer hands on for some inputs, as features: of a convolution each position of each
  /// sample is a row of its own, and its channels are the columns.
  ///
  /// - Returns: shape [sample · position, channel], positions running fastest; for dense layers and
  ///   the inputs [sample, unit].
  public func features(of layer: Int, for inputs: Matrix<Scalar>) -> Matrix<Scalar> {
    shape.features(of: layer, from: activations(of: inputs, through: layer)[layer])
  }

  /// The outputs for some inputs, shape [sample, output].
  public func outputs(of inputs: Matrix<Scalar>) -> Matrix<Scalar> {
    var result = Matrix<Scalar>(rows: inputs.rows, columns: shape.outputs)
    forEachBlock(of: inputs) { pass, first, rows in
      pass.copy(layer: shape.depth, rows: rows, to: &result, from: first)
    }
    return result
  }

  /// The gradient of a weighted sum of outputs with respect to what a layer hands on.
  ///
  /// At layer 0 this is the gradient with respect to the inputs. Where a hidden unit is cut off
  /// nothing passes it, as in training.
  ///
  /// - Parameters:
  ///   - covector: the weight of each output, shape [output].
  ///   - inputs: the rows at which the network is linearised, shape [sample, input].
  ///   - layer: from 0 to the number of layers.
  /// - Returns: shape [sample, unit].
  public func pullback(
    of covector: [Scalar], at inputs: Matrix<Scalar>, to layer: Int
  ) -> Matrix<Scalar> {
    precondition(
      covector.count == shape.outputs && (0...shape.depth).contains(layer),
      "\(covector.count) weights for \(shape.outputs) outputs, or no layer \(layer)")
    var result = Matrix<Scalar>(rows: inputs.rows, columns: shape.widths[layer])
    forEachBlock(of: inputs) { pass, first, rows in
      pass.setOutputGradient(covector)
      pass.backward(parameters, to: layer)
      pass.copyGradient(layer: layer, rows: rows, to: &result, from: first)
    }
    return result
  }

  private func forEachBlock(
    of inputs: Matrix<Scalar>, through last: Int? = nil,
    _ body: (inout DensePass<Scalar>, _ first: Int, _ rows: Int) -> Void
  ) {
    precondition(
      inputs.columns == shape.inputs,
      "inputs \(inputs.shape) for a network of \(shape.inputs) inputs")
    var pass = DensePass<Scalar>(shape, rows: inputs.rows)
    let blocks = RowBlocks(inputs, height: pass.height)
    for block in 0..<blocks.count {
      pass.forward(parameters, blocks, block: block, through: last)
      body(&pass, block * blocks.height, blocks.rows(inBlock: block))
    }
  }
}

extension DenseShape {
  /// What a layer hands on, [sample, unit], as features: [sample · position, channel].
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func features<Scalar: DenseScalar>(
    of layer: Int, from units: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    let (channels, positions) = (channels(layer), positions(layer))
    guard positions > 1 else { return units }
    return Matrix(rows: units.rows * positions, columns: channels) { row, channel in
      units[row / positions, channel * positions + row % positions]
    }
  }

  /// The inverse of ``features(of:from:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func units<Scalar: DenseScalar>(
    of layer: Int, from features: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    let (channels, positions) = (channels(layer), positions(layer))
    guard positions > 1 else { return features }
    return Matrix(rows: features.rows / positions, columns: channels * positions) { row, unit in
      features[row * positions + unit % positions, unit / positions]
    }
  }

  /// The patches that a layer makes its channels of, shape [sample · position, entry of a patch]; for
  /// a dense layer what it is handed.
  ///
  /// Times the transposed weights it is ``features(of:from:)`` of the layer before it is cut off.
  ///
  /// - Parameter units: what the layer is handed, shape [sample, unit].
  public func patches<Scalar: DenseScalar>(
    of layer: Int, from units: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    guard let convolution = convolution(layer) else { return units }
    let (positions, patch) = (convolution.positions, convolution.patch)
    var result = Matrix<Scalar>(rows: units.rows * positions, columns: patch)
    var block = [Scalar](repeating: 0, count: patch * positions)
    for sample in 0..<units.rows {
      units.elements.withUnsafeBufferPointer { units in
        block.withUnsafeMutableBufferPointer { block in
          guard let from = units.baseAddress, let to = block.baseAddress else { return }
          convolution.gather(from: from + sample * convolution.inputs, to: to, rows: 1, threads: 1)
        }
      }
      for position in 0..<positions {
        for entry in 0..<patch {
          result[sample * positions + position, entry] = block[entry * positions + position]
        }
      }
    }
    return result
  }
}
