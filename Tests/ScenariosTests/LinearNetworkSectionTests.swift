import Testing

@testable import Scenarios

@Suite("The section of a linear network")
struct LinearNetworkSectionTests {
  @Test("single values stand for all layers")
  func layerScales() {
    var section = LinearNetworkSection()
    section.depth = 4
    #expect(section.layerScales == [0.1, 0.1, 0.1, 0.1])
    section.scales = [1, 2, 3, 4]
    #expect(section.layerScales == [1, 2, 3, 4])
  }

  static let wrong: [(String, String)] = [
    (#"{"network": {"scales": [0.1, 0.2, 0.3]}}"#, "network.scales"),
    (#"{"network": {"depth": 3, "scales": [0.1, 0.2]}}"#, "network.scales"),
    (#"{"network": {"depth": 0}}"#, "network.depth"),
    (#"{"network": {"frozen": [3]}}"#, "network.frozen"),
    (#"{"network": {"frozen": 0}}"#, "network.frozen"),
    (#"{"network": {"init": "constant", "unsigned": true}}"#, "network.unsigned"),
    (#"{"network": {"balance": 1}}"#, "network.balance"),
    (#"{"network": {"balance": 1, "init": "balanced", "depth": 3}}"#, "network.balance"),
    (#"{"network": {"depth": 3}, "training": {"lr": [0.1, 0.2]}}"#, "training.lr"),
    (#"{"training": {"weight_decay": [0, 0, 0]}}"#, "training.weight_decay"),
    (#"{"training": {"weight_decay": -1}}"#, "training.weight_decay"),
    (#"{"training": {"input_rates": [1, 1]}}"#, "training.input_rates"),
  ]

  @Test("what does not fit together is refused at its key", arguments: wrong)
  func refusals(text: String, key: String) throws {
    let json = try JSON.read(Array(text.utf8), name: "a file")
    let error = #expect(throws: ScenarioError.self) { try Scenario(json) }
    #expect(error?.key == key)
  }

  @Test("depth, rates and frozen layers are read")
  func accepted() throws {
    let text =
      #"{"network": {"depth": 3, "frozen": [1, 3], "init": "rank-one", "unsigned": true}, "#
      + #""training": {"lr": [1, 2, 3], "weight_decay": [0, 0.1, 0]}}"#
    let json = try JSON.read(Array(text.utf8), name: "a file")
    let scenario = try Scenario(json)
    guard case .linear(let network) = scenario.network else { return }
    #expect(network.depth == 3 && network.frozen == [1, 3] && network.start == .rankOne)
    #expect(scenario.training.layerWeightDecay(depth: 3) == [0, 0.1, 0])
    #expect(try Scenario(scenario.json) == scenario)
  }
}
