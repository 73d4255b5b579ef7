import Arguments
import Scenarios
import Testing

@testable import DynCommands

@Suite("The list of flags")
struct GrammarTests {
  @Test("the list agrees with itself") func consistent() {
    #expect(Grammar.dyn.inconsistencies == [])
  }

  @Test("every flag of the scenario names a key that exists, once")
  func keys() {
    let known = Set(Scenario.keys.map(\.path))
    for flag in Grammar.scenarioFlags {
      #expect(known.contains(flag.key), "--\(flag.flag.name) sets \(flag.key)")
    }
    #expect(Set(Grammar.scenarioFlags.map(\.key)).count == Grammar.scenarioFlags.count)
  }

  @Test("the notebook's own line is the default scenario, said for each layer")
  func notebookLine() throws {
    let line =
      "--seed 12 --save-results --risk-loss L2 -t 100000 -w 0.1 0.1 --lr 0.001 0.001 -d 2 -n 50 "
      + "--hidden 50 --sigmas 1 --kappa 10.0"
    let invocation = try Grammar.dyn.parse(line.split(separator: " ").map(String.init))
    var expected = Scenario()
    try expected.set("network.scales", to: .array([.number(0.1), .number(0.1)]))
    try expected.set("training.lr", to: .array([.number(0.001), .number(0.001)]))
    #expect(try ScenarioArguments.scenario(invocation) == expected)
  }

  @Test(
    "flags reach their keys",
    arguments: [
      ("--kappa none", "data.kappa", "null"), ("--theory none", "theory", "\"none\""),
      ("--record none", "record.schedule", "\"none\""), ("--kappa 3", "data.kappa", "3"),
      ("--no-transform-data", "data.transform_data", "false"),
      ("--continuous-eigs", "data.continuous_eigs", "true"),
      ("--sigmas 1,2", "data.sigmas", "[1, 2]"), ("--sigmas geo", "data.sigmas", "\"geo\""),
      ("-w 0.5", "network.scales", "[0.5]"), ("-w 0.5 1e-3", "network.scales", "[0.5, 0.001]"),
      ("-t 1e5", "training.iterations", "100000"),
      ("--save W1,W2", "record.save", "[\"W1\", \"W2\"]"),
      ("--save W1", "record.save", "[\"W1\"]"), ("--seed 7", "seed", "7"),
      ("--set training.decay=0.5", "training.decay", "0.5"),
      ("--set network.space=original", "network.space", "\"original\""),
      ("--set data.teacher=[[1,2],[3,4]]", "data.teacher", "[[1, 2], [3, 4]]"),
    ])
  func flags(line: String, key: String, expected: String) throws {
    let invocation = try Grammar.dyn.parse(line.split(separator: " ").map(String.init))
    let scenario = try ScenarioArguments.scenario(invocation)
    var value: JSON? = scenario.json
    for name in key.split(separator: ".") { value = value?[String(name)] }
    #expect(value?.compactText == expected)
  }
}
