import Testing

@testable import Scenarios

@Suite("Expectations and figures of a scenario")
struct ExpectationTests {
  static func sentence(_ text: String) -> String? {
    do {
      _ = try Scenario(JSON.read(Array(text.utf8), name: "s"))
      return nil
    } catch { return "\(error)" }
  }

  @Test("every kind is read and written back the same")
  func everyKind() throws {
    for (name, _) in Expectation.kinds {
      let claim = name == "double-descent" ? "\"along\": \"seed\"" : "\"equals\": 1"
      let text =
        "{\"sweep\": {\"seeds\": [1, 2]}, \"expected\": [{\"kind\": \"\(name)\", "
        + "\"of\": [\"loss\"], \(claim), \"from\": \"here\"}]}"
      let scenario = try Scenario(JSON.read(Array(text.utf8), name: "s"))
      #expect(scenario.expected.map(\.kind) == [name])
      #expect(scenario.expected.map(\.claim.curves) == [["loss"]])
      let again = try JSON.read(Array(scenario.json.prettyText.utf8), name: "t")
      #expect(try Scenario(again) == scenario)
    }
  }

  @Test("a key of another kind is refused with the nearest one")
  func keys() {
    #expect(
      Self.sentence("{\"expected\": [{\"kind\": \"value\", \"equal\": 1}]}")
        == "s:1:33: There is no key expected[1].equal: did you mean equals?")
    #expect(
      Self.sentence("{\"expected\": [{\"kind\": \"minimun\"}]}")
        == "s:1:24: expected[1].kind is \"minimun\": did you mean \"minimum\"?")
    // Only a gap has another curve.
    #expect(
      Self.sentence("{\"expected\": [{\"kind\": \"value\", \"against\": \"loss\"}]}")?
        .hasPrefix("s:1:33: There is no key expected[1].against") == true)
    #expect(
      Self.sentence("{\"expected\": {}}") == "s:1:14: expected is {}: it must be a list of objects."
    )
  }

  @Test("an expectation claims something, says where it comes from and names runs that there are")
  func claims() {
    #expect(
      Self.sentence("{\"expected\": [{\"kind\": \"value\", \"equals\": 1}]}")
        == "expected[1] does not say where its number comes from: "
        + "set from to a paper, a formula or a derivation.")
    #expect(
      Self.sentence("{\"expected\": [{\"kind\": \"value\", \"from\": \"x\"}]}")?
        .hasPrefix("expected[1] reads a value and claims nothing about it") == true)
    #expect(
      Self.sentence(
        "{\"expected\": [{\"equals\": 1, \"from\": \"x\", \"for\": {\"kappa\": 1}}]}")?
        .hasPrefix("There is no key expected[1].for.kappa") == true)
    #expect(
      Self.sentence("{\"expected\": [{\"exponent\": 1, \"from\": \"x\", \"along\": \"seed\"}]}")?
        .hasPrefix("expected[1] has an exponent along \"seed\"") == true)
    #expect(
      Self.sentence(
        "{\"sweep\": {\"seeds\": [1]}, \"expected\": [{\"kind\": \"double-descent\", "
          + "\"along\": \"seed\", \"ranges\": [[2, 1]], \"from\": \"x\"}]}")
        == "expected[1].ranges is [[2, 1]]: give a list of pairs [from, to].")
  }

  @Test("a panel names axes that there are, a figure has panels and a name for its files")
  func figures() {
    #expect(
      Self.sentence("{\"figures\": [{\"name\": \"a\"}]}")
        == "figures[1] has no panels: give at least one.")
    #expect(
      Self.sentence("{\"figures\": [{\"name\": \"A b\", \"panels\": [{}]}]}")?
        .contains("lower-case letters") == true)
    #expect(
      Self.sentence("{\"figures\": [{\"panels\": [{\"kind\": \"heat-map\", \"along\": \"κ\"}]}]}")
        == "figures[1].panels[1] has no axis \"κ\": give the scenario a sweep.")
    #expect(
      Self.sentence("{\"figures\": [{\"panels\": [{\"kind\": \"curves\", \"along\": \"κ\"}]}]}")?
        .hasPrefix("s:1:45: There is no key figures[1].panels[1].along") == true)
  }

  @Test("a formula with parameters of its own leaves nothing to data and training")
  func formulas() throws {
    for (name, _) in FormulaSection.kinds where !["none", "solution"].contains(name) {
      #expect(Self.sentence("{\"formula\": {\"kind\": \"\(name)\"}}") == nil)
      #expect(
        Self.sentence("{\"data\": {\"kappa\": 3}, \"formula\": {\"kind\": \"\(name)\"}}")
          == "The formula \(name) has parameters of its own, but data is given: leave data out.")
    }
    #expect(
      Self.sentence("{\"formula\": {\"kind\": \"solution\"}}")
        == "The theory auto names no solution to evaluate: name one that 'dyn theory --list' lists."
    )
    #expect(
      Self.sentence("{\"formula\": {\"kind\": \"overlaps\", \"fast\": 200}}")
        == "There are 200 fast features of 100: give at most 100.")
  }
}
