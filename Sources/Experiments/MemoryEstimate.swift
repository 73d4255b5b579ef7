import Dynamics
import Foundation
import Networks
import Scenarios

/// How much memory a scenario needs, before anything is drawn.
public struct MemoryEstimate: Equatable, Sendable {
  /// Bytes by what they are for, with the key that governs each.
  public let parts: [(key: String, bytes: Double)]

  /// All bytes.
  public var bytes: Double { parts.reduce(0) { $0 + $1.bytes } }

  /// Whether all parts are equal.
  public static func == (left: MemoryEstimate, right: MemoryEstimate) -> Bool {
    left.parts.elementsEqual(right.parts) { $0 == $1 }
  }

  /// The estimate for a scenario.
  ///
  /// Counts the samples with the copies that transforming and rotating them takes, the squares of
  /// the dimensions, the weights with their gradients, and what a pass over the samples stores.
  public init(_ scenario: Scenario) {
    var parts: [(String, Double)] = []
    let size = scenario.data.size
    let (n, tests) = (Double(size.training), Double(size.test))
    let (d, outputs) = (Double(scenario.data.inputs), Double(scenario.data.outputs))
    let needsJacobian = !Set(scenario.record.requested).isDisjoint(with: [
      "ntk_spectrum", "layer_share", "layer_ntk_spectrum",
    ])
    switch scenario.network {
    case .linear(let network):
      let hidden = Double(network.hidden)
      let stages = Double(scenario.training.stages.count)
      let needsLayers = !Set(scenario.record.extra).isDisjoint(with: ["W1", "W2"])
      // Only a pass over the samples stores what every hidden unit makes of each of them.
      let training = scenario.training
      let isLiteral =
        training.engine == .literal || training.needsSamples(depth: network.depth) != nil
      let passes = isLiteral ? n : 0
      parts = [
        (size.trainingKey, 8 * n * (4 * d + (4 + 4 * stages) * outputs)),
        (size.testKey, 8 * tests * (2 * d + (3 + stages) * outputs)),
        (size.inputsKey, 8 * 10 * d * d),
        (size.outputsKey, 8 * 6 * outputs * outputs),
        ("network.hidden", 8 * hidden * (6 * (d + outputs) + 2 * passes) * (1 + stages)),
      ]
      if needsLayers { parts.append(("network.hidden", 8 * 4 * hidden * hidden)) }
      if needsJacobian {
        let directions = d * outputs
        parts.append(
          (size.inputsKey, 8 * (2 * Double(network.depth) + 3) * directions * directions))
      }
    case .dense(let network):
      let nets = Double(scenario.ensemble)
      let shape = network.shape(of: scenario.data)
      let widths = shape.widths.map(Double.init)
      let parameters = Double(shape.parameterCount)
      let patches = shape.convolutions.reduce(0) { $0 + Double($1.patch * $1.positions) }
      let bytes = network.precision == .single ? 4.0 : 8
      // Rows are kept in the numbers of the training; one network's at a time is drawn in doubles.
      parts = [
        (size.trainingKey, (bytes * nets + 8 * 4) * n * (d + outputs)),
        (size.testKey, (bytes * nets + 8 * 4) * tests * (d + outputs)),
        ("network.hidden", (nets * (4 * bytes + 2 * 8)) * parameters),
        ("network.hidden", nets * 3 * 2 * bytes * 256 * (widths.reduce(0, +) + patches)),
      ]
      if needsJacobian {
        // A kernel for each layer, their sum, its eigenvectors, and the image of each.
        let directions = n * outputs
        parts.append(
          (size.trainingKey, 8 * (2 * Double(network.depth) + 3) * directions * directions))
      }
    case .composition(let network):
      let nets = Double(scenario.ensemble)
      let order = Double(scenario.data.outputs)
      let embedding = Double(network.embedding)
      let hidden = network.form == .bilinear ? embedding : Double(network.hidden)
      let mixing = network.form == .bilinear ? 0 : 2 * embedding * hidden
      let parameters = order * (2 * embedding + hidden) + mixing
      // The table, the order of the pairs, and their places and classes for each network.
      let bytes = network.precision == .single ? 4.0 : 8
      parts = [
        ("data.group", order * order * (4 + 3 * 8 + nets * 12)),
        ("network.embedding", nets * (8 * bytes + 3 * 8) * parameters),
      ]
    }
    self.parts = parts
  }

  /// Refuses a scenario that needs more than the machine has.
  ///
  /// - Throws: `ScenarioError` that says how much is needed, how much there is, and which key
  ///   takes most.
  public func check(available: Double = MemoryEstimate.physical) throws {
    guard bytes > available, let largest = parts.max(by: { $0.bytes < $1.bytes }) else { return }
    throw ScenarioError(
      key: largest.key,
      problem: "The run needs about \(Self.text(bytes)) of memory, the machine has "
        + Self.text(available),
      remedy: "lower \(largest.key), which takes \(Self.text(largest.bytes)) of it")
  }

  /// Physical memory of the machine in bytes.
  public static var physical: Double { Double(ProcessInfo.processInfo.physicalMemory) }

  /// Bytes in words, such as `1.5 GB`.
  public static func text(_ bytes: Double) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    var (value, unit) = (bytes, 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return value < 9.95
      ? String(format: "%.1f %@", value, units[unit])
      : String(format: "%.0f %@", value, units[unit])
  }
}
