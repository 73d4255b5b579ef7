import Testing

@testable import Scenarios

/// A scenario file that is wrong, and the whole sentence that says so.
struct WrongScenario: Sendable, CustomTestStringConvertible {
  var text: String
  var key: String
  var sentence: String
  init(_ text: String, _ key: String, _ sentence: String) {
    (self.text, self.key, self.sentence) = (text, key, sentence)
  }
  var testDescription: String { text }

  static let all: [WrongScenario] = [
    // Not an object
    WrongScenario("[]", "", "s:1:1: The scenario is []: it must be an object of keys and values."),
    WrongScenario("3", "", "s:1:1: The scenario is 3: it must be an object of keys and values."),
    WrongScenario(
      "{\"data\": 1}", "data", "s:1:10: data is 1: it must be an object of keys and values."),
    WrongScenario(
      "{\"training\": null}", "training",
      "s:1:14: training is null: it must be an object of keys and values."),
    // Unknown keys
    WrongScenario(
      "{\n  \"data\": {\"kapa\": 3}\n}", "data.kapa",
      "s:2:12: There is no key data.kapa: did you mean kappa?"),
    WrongScenario("{\"sed\": 3}", "sed", "s:1:2: There is no key sed: did you mean seed?"),
    WrongScenario(
      "{\"data\": {\"a\\nb\": 3}}", "data.a\nb", ""),
    WrongScenario(
      "{\"zzzzzz\": 3}", "zzzzzz",
      "s:1:2: There is no key zzzzzz: it must be one of name, title, description, source, seed, "
        + "ensemble, data, network, training, record, theory, formula, sweep, figures, expected, slow."
    ),
    WrongScenario(
      "{\"network\": {\"widht\": 3}}", "network.widht", ""),
    // Kinds
    WrongScenario(
      "{\"data\": {\"kind\": \"linear-modle\"}}", "data.kind",
      "s:1:19: data.kind is \"linear-modle\": did you mean \"linear-model\"?"),
    WrongScenario(
      "{\"data\": {\"kind\": 3}}", "data.kind", ""),
    WrongScenario(
      "{\"network\": {\"kind\": \"transformer\"}}", "network.kind", ""),
    // Types
    WrongScenario(
      "{\"seed\": \"12\"}", "seed",
      "s:1:10: seed is \"12\": it must be a whole number, from 0 to 4294967295."),
    WrongScenario(
      "{\"seed\": 1.5}", "seed",
      "s:1:10: seed is 1.5: it must be a whole number, from 0 to 4294967295."),
    WrongScenario(
      "{\"seed\": -1}", "seed",
      "s:1:10: seed is -1: it must be a whole number, from 0 to 4294967295."),
    WrongScenario(
      "{\"seed\": 1e300}", "seed",
      "s:1:10: seed is 1e+300: it must be a whole number, from 0 to 4294967295."),
    WrongScenario("{\"name\": 3}", "name", "s:1:10: name is 3: it must be text in double quotes."),
    WrongScenario(
      "{\"data\": {\"transform_data\": \"yes\"}}", "data.transform_data",
      "s:1:29: data.transform_data is \"yes\": it must be true or false."),
    WrongScenario(
      "{\"data\": {\"transform_data\": 1}}", "data.transform_data",
      "s:1:29: data.transform_data is 1: it must be true or false."),
    WrongScenario(
      "{\"data\": {\"samples\": 0}}", "data.samples",
      "s:1:22: data.samples is 0: it must be a whole number, at least 1, at most 1000000000."),
    WrongScenario(
      "{\"data\": {\"samples\": 1e18}}", "data.samples",
      "s:1:22: data.samples is 1e+18: it must be a whole number, at least 1, at most 1000000000."),
    WrongScenario(
      "{\"data\": {\"samples\": null}}", "data.samples",
      "s:1:22: data.samples is null: it must be a whole number, at least 1, at most 1000000000."),
    WrongScenario(
      "{\"data\": {\"kappa\": 0}}", "data.kappa",
      "s:1:20: data.kappa is 0: it must be a number or null, greater than 0."),
    WrongScenario(
      "{\"data\": {\"kappa\": [1]}}", "data.kappa",
      "s:1:20: data.kappa is [1]: it must be a number or null, greater than 0."),
    WrongScenario(
      "{\"data\": {\"unit_values\": -1}}", "data.unit_values",
      "s:1:26: data.unit_values is -1: it must be a whole number or null, at least 0."),
    WrongScenario("{\"data\": {\"sigmas\": \"wide\"}}", "data.sigmas", ""),
    WrongScenario("{\"data\": {\"sigmas\": 0}}", "data.sigmas", ""),
    WrongScenario("{\"data\": {\"sigmas\": []}}", "data.sigmas", ""),
    WrongScenario("{\"data\": {\"sigmas\": [1, -1]}}", "data.sigmas", ""),
    WrongScenario(
      "{\"data\": {\"s_range\": [1]}}", "data.s_range",
      "s:1:22: data.s_range is [1]: it must be a list, each a number, "
        + "two numbers greater than 0."),
    WrongScenario("{\"data\": {\"teacher\": 3}}", "data.teacher", ""),
    WrongScenario("{\"data\": {\"teacher\": []}}", "data.teacher", ""),
    WrongScenario(
      "{\"data\": {\"sigma_noise\": -1}}", "data.sigma_noise",
      "s:1:26: data.sigma_noise is -1: it must be a list, each a number, "
        + "1 to 2 of them, each at least 0."),
    WrongScenario(
      "{\"data\": {\"sigma_noise\": [1, 1, 1]}}", "data.sigma_noise",
      "s:1:26: data.sigma_noise is [1, 1, 1]: it must be a list, each a number, "
        + "1 to 2 of them, each at least 0."),
    WrongScenario(
      "{\"training\": {\"lr\": []}}", "training.lr",
      "s:1:21: training.lr is []: it must be a list, each a number, each at least 0."),
    WrongScenario(
      "{\"training\": {\"lr\": [0.1, -0.1]}}", "training.lr",
      "s:1:21: training.lr is [0.1, -0.1]: it must be a list, each a number, each at least 0."),
    WrongScenario(
      "{\"training\": {\"iterations\": 1.5}}", "training.iterations",
      "s:1:29: training.iterations is 1.5: it must be a whole number, at least 0, at most 1000000000000000."
    ),
    WrongScenario(
      "{\"training\": {\"update\": \"jacobi\"}}", "training.update",
      "s:1:25: training.update is \"jacobi\": it must be one of simultaneous, sequential."),
    WrongScenario(
      "{\"training\": {\"decay\": -0.1}}", "training.decay",
      "s:1:24: training.decay is -0.1: it must be a number, at least 0."),
    WrongScenario(
      "{\"record\": {\"schedule\": \"geom:1\"}}", "record.schedule",
      "s:1:25: record.schedule is \"geom:1\": it must be \"geom:N\" with N ≥ 2, \"every:N\" with "
        + "N ≥ 1, \"all\" or \"none\"."),
    WrongScenario(
      "{\"record\": {\"risk_loss\": \"L3\"}}", "record.risk_loss",
      "s:1:26: record.risk_loss is \"L3\": it must be one of L2, MSE, L1."),
    WrongScenario(
      "{\"record\": {\"save\": [1]}}", "record.save",
      "s:1:21: record.save is [1]: it must be a list, each text in double quotes."),
    // Keys against one another
    WrongScenario(
      "{\"data\": {\"unit_values\": 3}}", "data.unit_values",
      "3 singular values cannot be 1 where X has only 2: give at most 2."),
    WrongScenario(
      "{\"data\": {\"sigmas\": [1, 2, 3]}}", "data.sigmas",
      "There are 3 input scales for 2 inputs: give one for all, or 2."),
    WrongScenario(
      "{\"data\": {\"teacher\": [[1, 2], [3]]}}", "data.teacher",
      "The teacher has 2 rows of lengths [1, 2]: give 2 rows (inputs) of 2 numbers (outputs)."),
    WrongScenario(
      "{\"data\": {\"scale_beta\": true}}", "data.scale_beta",
      "The teacher 'compensated' already divides by the singular values: "
        + "choose the teacher ones or gaussian, or leave the scaling out."),
    WrongScenario(
      "{\"data\": {\"scale_beta\": true, \"teacher\": \"ones\", \"kappa\": null}}",
      "data.scale_beta",
      "The teacher cannot be scaled without kappa: give a kappa, or leave the scaling out."),
    WrongScenario(
      "{\"data\": {\"one_hot\": true}}", "data.one_hot",
      "One-hot inputs have the spectrum of their counts, which nothing may reshape: "
        + "set kappa to null and transform_data to false, or leave one_hot out."),
    WrongScenario(
      "{\"data\": {\"pcs\": 3}}", "data.pcs",
      "3 principal components cannot be kept where X has 2: give at most 2."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"variances\": [1], \"input_values\": [1]}}",
      "data.variances",
      "Both input_values and variances are given: set one of them to null."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"strengths\": [1], \"map_values\": [1]}}",
      "data.strengths", "Both map_values and strengths are given: set one of them to null."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"samples\": 1}}", "data.samples",
      "1 samples cannot have 2 singular values: give at least 2 samples."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"strengths\": [1, 2, 3]}}", "data.strengths",
      "There are 3 strengths for 2 modes: give at most 2."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"outputs\": 1}}", "data.strengths",
      "The two default strengths need two modes: "
        + "give strengths or map_values, at most 1 of them."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"mode_noise\": [1], \"sigma_noise\": 1}}",
      "data.sigma_noise",
      "The noise of the modes is both given and to be drawn: "
        + "leave out mode_noise or sigma_noise."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"share_v\": false, \"sigma_noise\": 1}}",
      "data.share_v",
      "Noise of a mode has no meaning where V is not shared: "
        + "set share_v to true, or leave the noise out."),
    WrongScenario(
      "{\"data\": {\"kind\": \"structured\", \"variances\": [0]}}", "data.variances",
      "s:1:46: data.variances is [0]: it must be a list, each a number or null, "
        + "each greater than 0."),
    WrongScenario(
      "{\"data\": {\"kind\": \"correlations\", \"input_correlation\": [[1, 2], [3, 4]]}}",
      "data.input_correlation",
      "Σxx is not symmetric: row 1 column 2 is 2.0, the other way round it is 3.0: "
        + "make both equal."),
    WrongScenario(
      "{\"data\": {\"kind\": \"correlations\", \"input_output_correlation\": [[1]]}}",
      "data.input_output_correlation",
      "Σyx has rows of lengths [1]: give 2 numbers in each, one per input of Σxx."),
    WrongScenario(
      "{\"data\": {\"kind\": \"correlations\", \"test_correlation\": [[1]]}}",
      "data.test_correlation",
      "Σxx of the test inputs has 1 rows for 2 inputs: give 2 rows."),
    WrongScenario(
      "{\"data\": {\"kind\": \"correlations\"}, \"training\": {\"reduction\": \"mean\"}}",
      "training.reduction",
      "Given correlations are those of the objective, with no samples to average over: "
        + "set reduction to sum, or divide the correlations yourself."),
    WrongScenario(
      "{\"data\": {\"kind\": \"factor\", \"dim\": 4}}", "data.factor_variances",
      "5 factors cannot be told by 4 inputs: give at most 4, or a larger dim."),
    WrongScenario(
      "{\"data\": {\"kind\": \"hierarchy\", \"levels\": 30}}", "data.levels",
      "A tree of 30 levels of 2 branches has more than 10000 items: "
        + "give fewer levels or branches."),
    WrongScenario(
      "{\"training\": {\"stages\": [{\"from\": 0, \"reverse\": true}]}}", "training.stages",
      "s:1:25: training.stages is [{\"from\": 0, \"reverse\": true}]: it must be a list, each "
        + "an object {\"from\": iteration, \"teacher\": …} or "
        + "{\"from\": iteration, \"reverse\": true}."),
    WrongScenario(
      "{\"training\": {\"stages\": [{\"from\": 5, \"reverse\": true}, "
        + "{\"from\": 5, \"reverse\": true}]}}", "training.stages",
      "A stage from 5 follows one from 5: list the stages by rising iteration."),
    WrongScenario(
      "{\"training\": {\"stages\": {\"from\": 5, \"teacher\": [[1]]}}}", "training.stages",
      "The teacher has 1 rows of lengths [1]: give 2 rows (inputs) of 2 numbers (outputs)."),
    WrongScenario(
      "{\"data\": {\"kind\": \"hierarchy\"}, "
        + "\"training\": {\"stages\": {\"from\": 5, \"teacher\": \"compensated\"}}}",
      "training.stages",
      "The teacher 'compensated' needs the spectrum of a linear-model: "
        + "choose ones, gaussian, a file or rows of numbers."),
    WrongScenario(
      "{\"training\": {\"lr\": [1, 1, 1]}}", "training.lr",
      "There are 3 learning rates for a network of 2 layers: give one for all layers, or 2."),
    WrongScenario(
      "{\"network\": {\"scales\": [1, 1, 1]}}", "network.scales", ""),
  ]
}

@Suite("Scenarios")
struct ScenarioTests {
  @Test("a wrong scenario is refused with place, key and remedy", arguments: WrongScenario.all)
  func refuses(wrong: WrongScenario) throws {
    let json = try JSON.read(Array(wrong.text.utf8), name: "s")
    let error = #expect(throws: ScenarioError.self) { try Scenario(json) }
    #expect(error?.key == wrong.key)
    // Where other parts of the program may add words, kinds and keys, the key alone is compared.
    #expect(error?.description.contains { $0.isNewline } == false)
    if !wrong.sentence.isEmpty { #expect(error?.description == wrong.sentence) }
  }

  @Test("stages and teachers write what they read")
  func stages() throws {
    let text =
      "{\"training\": {\"stages\": [{\"from\": 3, \"reverse\": true}, "
      + "{\"from\": 9, \"teacher\": \"b.txt\"}, "
      + "{\"from\": 10, \"teacher\": [[1, 2], [3, 4]]}]}}"
    let scenario = try Scenario(try JSON.read(Array(text.utf8), name: "s"))
    #expect(
      scenario.training.stages == [
        TargetStage(from: 3, change: .reversal),
        TargetStage(from: 9, change: .teacher(.file("b.txt"))),
        TargetStage(from: 10, change: .teacher(.matrix([[1, 2], [3, 4]]))),
      ])
    let written = try JSON.read(Array(scenario.json.compactText.utf8), name: "s")
    #expect(try Scenario(written) == scenario)
  }

  @Test("the empty object is the default scenario")
  func empty() throws {
    #expect(try Scenario(try JSON.read(Array("{}".utf8), name: "s")) == Scenario())
  }

  @Test("the JSON of the default scenario reads back equal")
  func roundTrip() throws {
    for text in [Scenario().json.compactText, Scenario().json.prettyText] {
      #expect(try Scenario(try JSON.read(Array(text.utf8), name: "s")) == Scenario())
    }
  }

  @Test("every kind of every section reads back equal")
  func everyKind() throws {
    for (name, section) in DataSection.kinds {
      #expect(section.kind == name)
      var scenario = Scenario()
      scenario.data = section
      var read = Scenario()
      try read.apply(JSON.read(Array(scenario.json.compactText.utf8), name: "s"), path: "")
      #expect(read == scenario)
    }
  }

  @Test("the default of every key, set by itself, changes nothing")
  func defaultsPass() throws {
    for key in Scenario.keys where !key.path.contains("[]") {
      var scenario = Scenario()
      if let kind = key.kind, let section = key.path.split(separator: ".").first {
        try scenario.set(section + ".kind", to: .string(kind))
      }
      let before = scenario
      let value = try JSON.read(Array(key.byDefault.utf8), name: "s")
      try scenario.set(key.path, to: value)
      #expect(scenario == before, "\(key.path)")
    }
  }

  @Test("every key is refused a value of a type that nothing accepts")
  func everyKeyIsChecked() throws {
    for key in Scenario.keys where !key.path.contains("[]") {
      var scenario = Scenario()
      if let kind = key.kind, let section = key.path.split(separator: ".").first {
        try scenario.set(section + ".kind", to: .string(kind))
      }
      let error = #expect(throws: ScenarioError.self, "\(key.path)") {
        try scenario.set(
          key.path, to: JSON(.object([JSON.Member("no", .null)]), origin: .flag("--x")))
      }
      #expect(error?.key == key.path)
      #expect(error?.origin == .flag("--x"))
      #expect(error?.description.hasPrefix("--x: \(key.path) is {\"no\": null}") == true)
    }
  }

  @Test("keys are documented, unique within their kind, and named in lower case")
  func keys() {
    let keys = Scenario.keys
    #expect(Set(keys.map { "\($0.path) \($0.kind ?? "")" }).count == keys.count)
    for key in keys {
      #expect(!key.summary.isEmpty && !key.summary.hasSuffix("."), "\(key.path)")
      #expect(key.path.wholeMatch(of: /[a-z0-9_.]+(\[\][a-z0-9_.]+)*/) != nil, "\(key.path)")
    }
  }

  @Test("set reaches every depth and leaves the rest")
  func set() throws {
    var scenario = Scenario()
    try scenario.set("seed", to: .number(7))
    try scenario.set("data.kappa", to: .null)
    try scenario.set("training.lr", to: .number(0.5))
    var model = LinearModel()
    model.kappa = nil
    var expected = Scenario()
    expected.seed = 7
    expected.data = .linearModel(model)
    expected.training.rates = [0.5]
    #expect(scenario == expected)
    #expect(scenario.training.layerRates(depth: 3) == [0.5, 0.5, 0.5])
  }

  @Test(
    "set refuses paths that lead nowhere",
    arguments: ["", ".", "data.", "data.kappa.x", "seed.x", "data..kappa", "nothing.x"])
  func setNowhere(path: String) {
    var scenario = Scenario()
    #expect(throws: ScenarioError.self) { try scenario.set(path, to: .number(1)) }
    #expect(scenario == Scenario())
  }

  @Test("a value too long for a sentence is named by its kind")
  func brief() throws {
    let list = JSON.array((0..<100).map { .number(Double($0)) })
    var scenario = Scenario()
    let error = #expect(throws: ScenarioError.self) { try scenario.set("seed", to: list) }
    #expect(error?.problem == "seed is a list")
  }
}
