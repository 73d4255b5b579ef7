import Scenarios

/// Number of rows and columns of one layer's weights.
struct LayerShape: Equatable, Sendable {
  /// Width of the layer.
  var rows: Int
  /// Width of the layer before it, or number of inputs.
  var columns: Int

  /// Number of weights.
  var count: Int { rows * columns }
  /// Length of the diagonal.
  var diagonal: Int { min(rows, columns) }
}

extension LinearNetworkSection {
  /// Shape of every layer, first layer first, for data of the given size.
  func layerShapes(inputs: Int, outputs: Int) -> [LayerShape] {
    let widths = [inputs] + Array(repeating: hidden, count: depth - 1) + [outputs]
    return zip(widths, widths.dropFirst()).map { LayerShape(rows: $1, columns: $0) }
  }
}
