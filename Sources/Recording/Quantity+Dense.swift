import Dynamics
import Networks
import Scenarios

extension Quantity {
  /// All quantities of dense networks, in the order in which a file lists them.
  ///
  /// Weights and biases of every layer are recorded on request; those at the end of a run are kept
  /// always, see ``NetworkGroup``.
  ///
  /// - Parameters:
  ///   - depth: number of layers.
  ///   - loss: what is minimised; only cross-entropy knows accuracies.
  ///   - convolutions: how many of the layers are convolutional.
  ///   - hasBiases: whether layers have biases.
  public static func dense(
    depth: Int, loss: TrainingSection.Loss, convolutions: Int = 0, hasBiases: Bool = true
  ) -> [Quantity] {
    var quantities = ofRows(hasClasses: loss == .crossEntropy)
    for layer in 1...depth {
      let (output, input) = Axis.layer(layer, depth: depth, convolutions: convolutions)
      quantities.append(
        Quantity(parameters: "W\(layer)", "weights of layer \(layer)", [output, input]))
      guard hasBiases else { continue }
      quantities.append(Quantity(parameters: "b\(layer)", "biases of layer \(layer)", [output]))
    }
    return quantities + [
      Quantity(
        network: "ntk_spectrum", "σ²(J)", "eigenvalues of the neural tangent kernel over N",
        [.net, .direction], isUsual: false
      ) { try $0.parameterJacobians().flatMap(\.spectrum) },
      Quantity(
        network: "layer_share", "‖v_l‖²",
        "share of each layer in each direction of the parameter Jacobian",
        [.net, .direction, .layer], isUsual: false
      ) { try $0.parameterJacobians().flatMap(\.layerShares.elements) },
      Quantity(
        network: "layer_ntk_spectrum", "σ²(J_l)",
        "eigenvalues of each layer's part of the neural tangent kernel over N",
        [.net, .layer, .direction], isUsual: false
      ) { try $0.parameterJacobians().flatMap { try $0.layerSpectra().elements } },
    ]
  }

  /// All quantities of networks that compose elements of a group.
  public static func composition(_ section: CompositionNetworkSection) -> [Quantity] {
    let shape = CompositionShape(section, elements: 1)
    return ofRows(hasClasses: true)
      + shape.arrays.map {
        Quantity(parameters: $0.name, $0.longName, shape.axes(of: $0))
      }
  }

  /// An array of parameters, which only runs that ask for it record.
  private init(parameters name: String, _ longName: String, _ axes: [Axis]) {
    self.init(network: name, name, longName, [.net] + axes, isUsual: false) {
      $0.values(of: name)
    }
  }

  /// The quantities of all networks that train on rows.
  ///
  /// - Parameter hasClasses: whether rows have classes, so that there are accuracies.
  private static func ofRows(hasClasses: Bool) -> [Quantity] {
    var quantities = [
      Quantity(network: "epoch", "e", "passes over the training samples") { [$0.epoch] },
      Quantity(network: "learning_rate", "η", "learning rate of the next step", [.layer]) {
        $0.rates
      },
      Quantity(network: "train_loss", "L", "loss on the training samples", [.net]) {
        $0.trainingLosses
      },
      Quantity(network: "valid_loss", "Lᵥ", "loss on the validation samples", [.net]) {
        $0.validationLosses
      },
    ]
    if !hasClasses {
      quantities.append(
        Quantity(
          network: "risk", "R", "risk: errors on the validation samples, summed over N", [.net]
        ) { $0.risks })
    } else {
      quantities += [
        Quantity(
          network: "train_accuracy", "a", "share of training samples of the right class", [.net]
        ) { $0.trainingAccuracies },
        Quantity(
          network: "valid_accuracy", "aᵥ", "share of validation samples of the right class", [.net]
        ) { $0.validationAccuracies },
      ]
    }
    quantities.append(
      Quantity(network: "weight_norm", "‖W_l‖", "Frobenius norm of each layer", [.net, .layer]) {
        let weights = $0.shape.arrays.filter { $0.sizes.count == 2 }
        return $0.parameters.flatMap { all in
          weights.map { all[$0.range].reduce(0) { $0 + $1 * $1 }.squareRoot() }
        }
      })
    return quantities
  }
}

extension Axis {
  /// The axes of the weights of a layer of a dense network; its first layers may be convolutional.
  static func layer(_ layer: Int, depth: Int, convolutions: Int) -> (output: Axis, input: Axis) {
    if layer <= convolutions { return (channel(layer), patch(layer)) }
    return (layer == depth ? .output : .hidden(layer), layer == 1 ? .input : .hidden(layer - 1))
  }
}
