import Testing

@testable import Scenarios

@Suite("Runs of a sweep by number")
struct SweepGridTests {
  private func scenario(_ sweep: String) throws -> Scenario {
    try Scenario(JSON.read(Array("{\"sweep\": \(sweep)}".utf8), name: "test"))
  }

  @Test("the last axis runs fastest, the seeds faster than all")
  func order() throws {
    let grid = try SweepGrid(
      scenario(
        #"{"axes": [{"name": "kappa", "keys": ["data.kappa"], "values": [1, 3]},"#
          + #" {"name": "lr", "keys": ["training.lr"], "values": [0.1, 0.2, 0.3]}], "seeds": "5..6"}"#
      ))
    #expect(grid.shape == [2, 3, 2])
    #expect(grid.count == 12)
    #expect(grid.places(of: 9) == [1, 1, 1])
    let member = try grid.member(9)
    #expect(member.coordinates.map(\.text) == ["3", "0.2", "6"])
    #expect(member.scenario.seed == 6)
    #expect(member.scenario.training.rates == [0.2])
    #expect(try grid.base.members().count == 1)
  }

  @Test("keys of one axis take their values together")
  func together() throws {
    let grid = try SweepGrid(
      scenario(
        #"{"axes": [{"name": "a", "keys": ["data.kappa", "seed"], "values": [[1, 7], [3, 8]]}]}"#))
    #expect(try (0..<2).map { try grid.member($0).scenario.seed } == [7, 8])
  }

  @Test(
    "axes that do not fit together are refused",
    arguments: [
      #"{"axes": [{"keys": ["seed"], "values": [1, 2]}], "seeds": "0..3"}"#,
      #"{"axes": [{"name": "a", "keys": ["data.kappa"], "values": [1, 2]},"#
        + #" {"name": "a", "keys": ["seed"], "values": [1, 2]}]}"#,
      #"{"axes": [{"keys": ["data.samples"], "values": "1..100000"},"#
        + #" {"keys": ["data.dim"], "values": "1..100000"}]}"#,
    ])
  func refused(_ sweep: String) throws {
    #expect(throws: ScenarioError.self) { try SweepGrid(scenario(sweep)) }
  }
}
