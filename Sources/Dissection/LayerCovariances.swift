import Analysis
import Dynamics
import LinearAlgebra
import Networks

/// Covariances of what hidden layers hand on, added up over blocks of rows.
enum LayerCovariances {
  /// Two networks, by their places in a list, or a network with itself.
  struct Pair: Hashable {
    let first: Int
    let second: Int

    init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }
    /// A network with itself.
    init(_ network: Int) { self.init(network, network) }
  }

  /// Rows that are sent through all networks at a time.
  private static let blockHeight = 1024
  /// Parts that are added up one by one, so that no sum depends on the number of threads.
  private static let parts = 8

  /// Covariances of pairs of networks, of the same rows at the same layers.
  ///
  /// - Parameters:
  ///   - layers: hidden layers, from 1.
  ///   - inputs: shape [sample, input].
  ///   - flattened: whether convolutional layers count as their units; otherwise each position is a
  ///     row of its own, with the channels as columns.
  /// - Returns: for each pair its layers in order.
  static func sums(
    of pairs: [Pair], among networks: [DenseNetwork<Double>], layers: ClosedRange<Int>,
    inputs: Matrix<Double>, flattened: Bool = false, threads: Int
  ) -> [[CrossCovariance]] {
    func columns(_ network: Int, _ layer: Int) -> Int {
      let shape = networks[network].shape
      return flattened ? shape.widths[layer] : shape.channels(layer)
    }
    let used = Set(pairs.flatMap { [$0.first, $0.second] }).sorted()
    let none = pairs.map { pair in
      layers.map { layer in
        CrossCovariance(columns: columns(pair.first, layer), columns(pair.second, layer))
      }
    }
    let blocks = (inputs.rows + blockHeight - 1) / blockHeight
    let count = min(parts, blocks)
    var sums = Array(repeating: none, count: count)
    concurrently(&sums, threads: threads) { part, sum in
      for block in part * blocks / count..<(part + 1) * blocks / count {
        let rows = inputs.rows(
          block * blockHeight..<min((block + 1) * blockHeight, inputs.rows))
        var handedOn: [Int: [Matrix<Double>]] = [:]
        for network in used {
          let units = networks[network].activations(of: rows, through: layers.upperBound)
          let shape = networks[network].shape
          handedOn[network] =
            flattened ? units : units.indices.map { shape.features(of: $0, from: units[$0]) }
        }
        for (index, pair) in pairs.enumerated() {
          guard let first = handedOn[pair.first], let second = handedOn[pair.second] else {
            continue
          }
          for (place, layer) in layers.enumerated() {
            sum[index][place].add(first[layer], second[layer])
          }
        }
      }
    }
    return sums.dropFirst().reduce(into: sums.first ?? none) { total, part in
      for pair in pairs.indices {
        for place in total[pair].indices { total[pair][place].add(part[pair][place]) }
      }
    }
  }
}
