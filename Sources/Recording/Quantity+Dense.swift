import Dynamics
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
  public static func dense(depth: Int, loss: TrainingSection.Loss) -> [Quantity] {
    var quantities = [
      Quantity(dense: "epoch", "e", "passes over the training samples") { [$0.epoch] },
      Quantity(dense: "learning_rate", "η", "learning rate of the next step", [.layer]) {
        $0.rates
      },
      Quantity(dense: "train_loss", "L", "loss on the training samples", [.net]) {
        $0.trainingLosses
      },
      Quantity(dense: "valid_loss", "Lᵥ", "loss on the validation samples", [.net]) {
        $0.validationLosses
      },
    ]
    if loss != .crossEntropy {
      quantities.append(
        Quantity(
          dense: "risk", "R", "risk: errors on the validation samples, summed over N", [.net]
        ) { $0.risks })
    } else {
      quantities += [
        Quantity(
          dense: "train_accuracy", "a", "share of training samples of the right class", [.net]
        ) { $0.trainingAccuracies },
        Quantity(
          dense: "valid_accuracy", "aᵥ", "share of validation samples of the right class", [.net]
        ) { $0.validationAccuracies },
      ]
    }
    quantities.append(
      Quantity(dense: "weight_norm", "‖W_l‖", "Frobenius norm of each layer", [.net, .layer]) {
        $0.networks.flatMap { network in (1...depth).map { network.weights($0).norm } }
      })
    for layer in 1...depth {
      let (output, input) = Axis.layer(layer, depth: depth)
      quantities += [
        Quantity(
          dense: "W\(layer)", "W\(layer)", "weights of layer \(layer)", [.net, output, input],
          isUsual: false
        ) { $0.networks.flatMap { $0.weights(layer).elements } },
        Quantity(
          dense: "b\(layer)", "b\(layer)", "biases of layer \(layer)", [.net, output],
          isUsual: false
        ) { $0.networks.flatMap { $0.biases(layer) } },
      ]
    }
    quantities += [
      Quantity(
        dense: "ntk_spectrum", "σ²(J)", "eigenvalues of the neural tangent kernel over N",
        [.net, .direction], isUsual: false
      ) { try $0.parameterJacobians().flatMap(\.spectrum) },
      Quantity(
        dense: "layer_share", "‖v_l‖²",
        "share of each layer in each direction of the parameter Jacobian",
        [.net, .direction, .layer], isUsual: false
      ) { try $0.parameterJacobians().flatMap(\.layerShares.elements) },
      Quantity(
        dense: "layer_ntk_spectrum", "σ²(J_l)",
        "eigenvalues of each layer's part of the neural tangent kernel over N",
        [.net, .layer, .direction], isUsual: false
      ) { try $0.parameterJacobians().flatMap { try $0.layerSpectra().elements } },
    ]
    return quantities
  }
}

extension Axis {
  /// The axes of what a layer of a dense network hands on, and of what it is handed.
  static func layer(_ layer: Int, depth: Int) -> (output: Axis, input: Axis) {
    (layer == depth ? .output : .hidden(layer), layer == 1 ? .input : .hidden(layer - 1))
  }
}
