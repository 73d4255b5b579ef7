import Scenarios
import Testing

@testable import Plotting

@Suite struct RunLabelsTests {
  private func scenario(_ keys: [(String, JSON)]) throws -> Scenario {
    var scenario = Scenario()
    for (key, value) in keys { try scenario.set(key, to: value) }
    return scenario
  }

  @Test("Runs are called by what differs between them, in symbols where there are some")
  func differing() throws {
    let runs = try [3.0, 10].map { try scenario([("data.kappa", .number($0))]) }
    #expect(RunLabels.of(runs) == ["κ = 3", "κ = 10"])
    let others = try [1.0, 2].map {
      try scenario([("seed", .number($0)), ("network.hidden", .number(20 * $0))])
    }
    #expect(RunLabels.of(others) == ["seed = 1, hidden = 20", "seed = 2, hidden = 40"])
  }

  @Test("A list of equal numbers is one number, others are listed")
  func lists() throws {
    let runs = try [[0.1, 0.1], [0.1, 0.2]].map { rates in
      try scenario([("training.lr", .array(rates.map { .number($0) }))])
    }
    #expect(RunLabels.of(runs) == ["η = 0.1", "η = 0.1, 0.2"])
  }

  @Test("Words say nothing of what is computed")
  func words() throws {
    let runs = try ["a", "b"].map { try scenario([("name", .string($0))]) }
    #expect(RunLabels.of(runs) == ["run 1", "run 2"])
  }

  @Test("Equal scenarios are numbered, also where a third one differs")
  func equal() throws {
    let runs = try [3.0, 3, 10].map { try scenario([("data.kappa", .number($0))]) }
    #expect(RunLabels.of(runs) == ["κ = 3 (1)", "κ = 3 (2)", "κ = 10"])
    #expect(RunLabels.of([]) == [])
  }

  @Test("Scenarios that differ in many keys are called by their names, if these differ")
  func many() throws {
    func many(_ name: String, _ value: Double) throws -> Scenario {
      try scenario([
        ("name", .string(name)), ("data.kappa", .number(value)), ("seed", .number(value)),
        ("data.samples", .number(10 * value)), ("network.hidden", .number(value)),
      ])
    }
    #expect(try RunLabels.of([many("first", 2), many("second", 3)]) == ["first", "second"])
    #expect(
      try RunLabels.of([many("same", 2), many("same", 3)]).allSatisfy { $0.contains("seed = ") })
  }
}
