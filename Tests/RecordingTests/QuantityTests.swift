import Dynamics
import Foundation
import Scenarios
import Testing

@testable import Recording

@Suite("The registry of quantities")
struct QuantityTests {
  /// `UPDATE_GOLDEN=1 swift test --filter QuantityTests` writes the tables anew.
  @Test("the format's page lists every quantity and axis with its meaning")
  func documentation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("docs/file-format.md")
    func table(_ quantities: [Quantity]) -> [String] {
      ["| name | symbol | axes | meaning | |", "|---|---|---|---|---|"]
        + quantities.map { quantity in
          let axes = (["iteration"] + quantity.axes.map(\.rawValue)).joined(separator: ", ")
          return "| `\(quantity.name)` | \(quantity.symbol) | \(axes) | \(quantity.longName) | "
            + (quantity.isUsual ? "|" : "*on request* |")
        }
    }
    let axes =
      ["| axis | labels |", "|---|---|"]
      + Axis.allCases.map { "| `\($0.rawValue)` | \($0.longName) |" }
    let page = try String(contentsOf: file, encoding: .utf8)
    var current = page
    for (name, table) in [
      ("quantities", table(Quantity.all)),
      ("dense quantities", table(Quantity.dense(depth: 2, loss: .crossEntropy))),
      (
        "composition quantities",
        table(
          Quantity.composition(CompositionNetworkSection()).filter { !$0.isUsual })
      ), ("axes", axes),
    ] {
      let opening = "<!-- \(name) -->\n"
      let start = try #require(current.range(of: opening)).upperBound
      let end = try #require(current.range(of: "<!-- end -->", range: start..<current.endIndex))
      current.replaceSubrange(
        start..<end.lowerBound, with: table.joined(separator: "\n") + "\n")
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(current.utf8).write(to: file)
    } else {
      #expect(page == current, "run UPDATE_GOLDEN=1 swift test --filter QuantityTests")
    }
  }

  @Test("what cannot be asked for is refused with what can")
  func unknown() {
    let known = Quantity.all.filter { !$0.isUsual }.map(\.name)
    var scenario = Scenario()
    scenario.record.extra = ["W3"]
    #expect(throws: RecordingError.unknownQuantity("W3", known: known)) {
      try Quantity.recorded(by: scenario)
    }
    var dense = DenseNetworkSection()
    dense.hidden = [4]
    scenario.network = .dense(dense)
    let choices = ["W1", "b1", "W2", "b2", "ntk_spectrum", "layer_share", "layer_ntk_spectrum"]
    #expect(throws: RecordingError.unknownQuantity("W3", known: choices)) {
      try Quantity.recorded(by: scenario)
    }
    dense.hasBiases = false
    scenario.network = .dense(dense)
    scenario.record.extra = ["b1"]
    let weights = choices.filter { !$0.hasPrefix("b") }
    #expect(throws: RecordingError.unknownQuantity("b1", known: weights)) {
      try Quantity.recorded(by: scenario)
    }
  }
}
