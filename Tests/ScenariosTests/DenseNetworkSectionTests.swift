import Testing

@testable import Scenarios

@Suite("The section of a dense network")
struct DenseNetworkSectionTests {
  private func scenario(_ network: String, _ rest: String = "") throws -> Scenario {
    let text = #"{"network": {"kind": "dense", \#(network)}\#(rest)}"#
    return try Scenario(JSON.read(Array(text.utf8), name: "a file"))
  }

  @Test("start and scales are read and written, single values stand for all layers")
  func accepted() throws {
    let text = #""hidden": [3, 4], "init": "kaiming", "scales": [1, 2, 0.5]"#
    let read = try scenario(text)
    guard case .dense(let network) = read.network else { return }
    #expect(network.start == .kaiming && network.layerScales == [1, 2, 0.5])
    #expect(try Scenario(read.json) == read)
    #expect(DenseNetworkSection().layerScales == [1, 1])
    #expect(try scenario(text, #", "record": {"risk_loss": "L1"}"#).record.riskLoss == .absolute)
  }

  static let wrong: [(String, String, String)] = [
    (#""scales": [1, 2, 3]"#, "", "network.scales"),
    (#""hidden": [3, 3], "scales": [1, 2]"#, "", "network.scales"),
    (#""init": "diagonal""#, "", "network.init"),
    (
      #""bias": true"#,
      #", "training": {"loss": "cross-entropy"}, "record": {"risk_loss": "L1"}"#,
      "record.risk_loss"
    ),
  ]

  @Test("what does not fit together is refused at its key", arguments: wrong)
  func refusals(network: String, rest: String, key: String) throws {
    let error = #expect(throws: ScenarioError.self) { try scenario(network, rest) }
    #expect(error?.key == key)
  }
}
