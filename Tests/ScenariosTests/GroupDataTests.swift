import FiniteGroups
import Testing

@testable import Scenarios

@Suite("Group data and composition networks")
struct GroupDataTests {
  private static let training =
    #""training": {"rule": "adamw", "loss": "cross-entropy", "reduction": "mean"}"#

  private func scenario(_ data: String, _ network: String) throws -> Scenario {
    let text = """
      {"data": {"kind": "group"\(data)}, "network": {"kind": "composition"\(network)}, \(Self.training)}
      """
    return try Scenario(JSON.read(Array(text.utf8), name: "test"))
  }

  @Test("groups are named, sizes follow")
  func sizes() throws {
    let scenario = try scenario(#", "group": "S4", "fraction": 0.8"#, #", "embedding": 64"#)
    guard case .group(let data) = scenario.data else {
      Issue.record("no group")
      return
    }
    #expect(data.group == .symmetric(4))
    #expect(data.inputs == 48 && data.outputs == 24)
    #expect(data.samples == 460 && data.testSamples == 116)
    #expect(scenario.json["data"]?["group"]?.string == "S4")
  }

  @Test(
    "what does not go together is refused in a sentence",
    arguments: [
      (#", "group": "Q8""#, "", "data.group"), (#", "fraction": 1"#, "", "data.fraction"),
      (#", "group": "C1""#, "", "data.fraction"), ("", #", "hidden": 10"#, "network.hidden"),
    ])
  func refused(data: String, network: String, key: String) {
    do {
      _ = try scenario(data, network)
      Issue.record("\(key) was accepted")
    } catch let error as ScenarioError {
      #expect(error.key == key)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(
    "composition networks need a group, cross-entropy and all pairs",
    arguments: [
      ("data.kind", #"{"network": {"kind": "composition"}}"#),
      (
        "training.loss",
        #"{"data": {"kind": "group"}, "network": {"kind": "composition"}}"#
      ),
      (
        "training.batch",
        #"{"data": {"kind": "group"}, "network": {"kind": "composition"}, "#
          + #""training": {"rule": "adamw", "loss": "cross-entropy", "batch": 10}}"#
      ),
      ("network.kind", #"{"data": {"kind": "group"}}"#),
    ])
  func needs(key: String, text: String) {
    do {
      _ = try Scenario(JSON.read(Array(text.utf8), name: "test"))
      Issue.record("\(key) was accepted")
    } catch let error as ScenarioError {
      #expect(error.key == key)
    } catch {
      Issue.record("\(error)")
    }
  }
}
