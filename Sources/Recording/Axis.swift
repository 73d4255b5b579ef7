/// An axis of recorded arrays; its name is part of the file format.
///
/// Labels along an axis count from 1, as in formulas, except for iterations.
public enum Axis: String, CaseIterable, Sendable {
  /// Number of steps taken.
  case iteration
  /// Output of the network.
  case output
  /// Input of the network.
  case input
  /// Input of the network, where a matrix has two such axes.
  case input2 = "input_2"
  /// Mode of the fit, as many as outputs.
  case mode
  /// Direction of the inputs in the basis of the modes, as many as inputs.
  case inputMode = "input_mode"
  /// Direction of the inputs in the basis of the modes, where a matrix has two such axes.
  case inputMode2 = "input_mode_2"
  /// Hidden unit.
  case hidden
  /// Hidden direction of the width-reduced start.
  case initialHidden = "initial_hidden"
  /// Hidden direction of the start, where a matrix has two such axes.
  case initialHidden2 = "initial_hidden_2"
  /// Layer of the network.
  case layer

  /// What the labels along the axis are, for the file.
  public var longName: String {
    switch self {
    case .iteration: "number of gradient steps taken"
    case .output: "output of the network, from 1"
    case .input: "input of the network, from 1"
    case .input2: "input of the network (second axis), from 1"
    case .mode: "mode of the fit by falling singular value, from 1"
    case .inputMode: "right singular vector of the fit, from 1"
    case .inputMode2: "right singular vector of the fit (second axis), from 1"
    case .hidden: "hidden unit, from 1"
    case .initialHidden: "hidden direction of the width-reduced start, from 1"
    case .initialHidden2: "hidden direction of the start (second axis), from 1"
    case .layer: "layer, from 1"
    }
  }
}
