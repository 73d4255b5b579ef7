import Testing

@testable import Scenarios

@Suite("Sweeps")
struct SweepSectionTests {
  static func scenario(_ text: String) throws -> Scenario {
    try Scenario(JSON.read(Array(text.utf8), name: "s"))
  }

  static func sentence(_ text: String) -> String? {
    do {
      _ = try scenario(text).members()
      return nil
    } catch { return "\(error)" }
  }

  @Test("without axes there is one run, the scenario without what is said about it")
  func single() throws {
    var scenario = Scenario()
    scenario.expected = [.value(ValueMeasure())]
    scenario.isSlow = true
    let members = try scenario.members()
    #expect(members.count == 1 && members[0].coordinates.isEmpty)
    #expect(members[0].scenario == Scenario())
  }

  @Test("the last axis runs fastest, seeds fastest of all")
  func grid() throws {
    let members = try Self.scenario(
      """
      {"data": {"dim": 3}, "sweep": {"axes": [
        {"keys": ["data.kappa"], "values": "geom:1:4:3", "name": "κ"},
        {"keys": ["network.hidden", "training.lr"], "values": [[5, [0.1]], [7, [0.2]]],
         "labels": ["narrow", "wide"], "name": "width"}], "seeds": "3..4"}}
      """
    ).members()
    #expect(members.map(\.index) == Array(0..<12))
    let texts = members.map { member in member.coordinates.map(\.text).joined(separator: " ") }
    #expect(
      texts.prefix(5) == ["1 narrow 3", "1 narrow 4", "1 wide 3", "1 wide 4", "2 narrow 3"])
    for member in members {
      guard case .linearModel(let model) = member.scenario.data,
        case .linear(let network) = member.scenario.network
      else { continue }
      #expect(model.kappa == member.coordinate("κ")?.number)
      #expect(Double(member.scenario.seed) == member.coordinate("seed")?.number)
      let isWide = member.coordinate("width")?.text == "wide"
      #expect(network.hidden == (isWide ? 7 : 5))
      #expect(member.scenario.training.rates == [isWide ? 0.2 : 0.1])
      #expect(member.scenario.sweep == SweepSection())
    }
  }

  @Test("an entry of a list is a key of its own, counted from 1")
  func entries() throws {
    var scenario = try Self.scenario(
      "{\"data\": {\"kind\": \"structured\", \"variances\": [4, 9], \"strengths\": [1, 2]}}")
    try scenario.set("data.variances[2]", to: .number(16))
    guard case .structured(let data) = scenario.data else { return }
    #expect(data.variances == [4, 16])
    for wrong in ["data.variances[3]", "data.variances[0]", "data.variances[x]", "data.samples[1]"]
    {
      let error = #expect(throws: ScenarioError.self) {
        try scenario.set(wrong, to: .number(1))
      }
      #expect(error?.problem == "There is no entry \(wrong)")
    }
  }

  @Test("what cannot be swept is said with its place")
  func errors() {
    #expect(
      Self.sentence("{\"sweep\": {\"axis\": []}}")
        == "s:1:12: There is no key sweep.axis: did you mean axes?")
    #expect(
      Self.sentence("{\"sweep\": {\"axes\": [{\"keys\": [\"data.kappa\"], \"value\": [1]}]}}")
        == "s:1:46: There is no key sweep.axes[1].value: did you mean values?")
    #expect(
      Self.sentence("{\"sweep\": {\"axes\": [{\"values\": [1]}]}}")
        == "sweep.axes[1] has no keys: name the key that it sets.")
    #expect(
      Self.sentence("{\"sweep\": {\"axes\": [{\"keys\": [\"data.kapa\"], \"values\": [1]}]}}")?
        .contains("There is no key data.kapa: did you mean kappa?") == true)
    #expect(
      Self.sentence(
        "{\"sweep\": {\"axes\": [{\"keys\": [\"seed\", \"data.dim\"], \"values\": [[1, 2], [3]]}]}}"
      )
        == "s:1:71: sweep.axes[1].values has the entry [3]: give a list of 2 values, one for each key."
    )
    #expect(
      Self.sentence(
        "{\"sweep\": {\"axes\": [{\"keys\": [\"seed\"], \"values\": [1, 2], \"labels\": [\"a\"]}]}}"
      )
        == "sweep.axes[1] has 1 labels for 2 values: give one for each, or none.")
    #expect(
      Self.sentence(
        "{\"sweep\": {\"axes\": [{\"keys\": [\"network.depth\"], \"values\": [2, 3]}]},"
          + " \"network\": {\"scales\": [1, 1]}}")?.hasPrefix("At network.depth = 3: ") == true)
    #expect(Self.sentence("{\"sweep\": {\"seeds\": [1.5]}}")?.contains("whole numbers") == true)
  }
}
