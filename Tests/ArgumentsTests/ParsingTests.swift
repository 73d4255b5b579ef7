import Testing

@testable import Arguments

private func parse(_ line: String) throws -> Invocation {
  try sample.parse(line.split(separator: " ").map(String.init))
}

private func values(_ line: String, _ flag: String) throws -> [[String]] {
  try parse(line).values(of: flag)
}

@Suite struct ParsingTests {
  // MARK: Verbs

  @Test("without a verb the default one is meant")
  func defaultVerb() throws {
    #expect(try parse("").verb == "mix")
    #expect(try parse("-n 2").verb == "mix")
    #expect(try parse("mix -n 2") == parse("-n 2"))
  }

  @Test("a verb counts only as the first word")
  func verbFirst() throws {
    let invocation = try parse("weigh store mix")
    #expect(invocation.verb == "weigh")
    #expect(invocation.operands == ["store", "mix"])
    #expect(try values("--grain weigh", "grain") == [["weigh"]])
    #expect(throws: ArgumentError.misplacedVerb("weigh", verb: "mix")) {
      try parse("--quiet weigh a.txt")
    }
  }

  @Test("a first word that is no verb names the nearest verb")
  func unknownVerb() {
    let verbs = ["mix", "weigh", "store"]
    #expect(throws: ArgumentError.unknownVerb("wiegh", suggestion: "weigh", verbs: verbs)) {
      try parse("wiegh a.txt")
    }
    #expect(throws: ArgumentError.unknownVerb("5", suggestion: nil, verbs: verbs)) {
      try parse("5")
    }
  }

  @Test("a first word is an operand when the default verb takes operands")
  func operandFirst() throws {
    let grammar = CommandLineGrammar(
      program: "show", abstract: "files", version: "1",
      verbs: [Verb("print", operands: .init("FILE"), summary: "print it")], defaultVerb: "print",
      flags: [])
    #expect(try grammar.parse(["a.txt"]).operands == ["a.txt"])
  }

  // MARK: Values

  @Test("values follow as words or are attached")
  func attachment() throws {
    for line in ["-n 50", "-n50", "-n=50", "--loaves 50", "--loaves=50", "-qn50", "-qvn 50"] {
      #expect(try values(line, "loaves") == [["50"]], "\(line)")
    }
    #expect(try values("--set a=b=c", "set") == [["a=b=c"]])
    #expect(try values("--set=a=b=c", "set") == [["a=b=c"]])
    #expect(try values("--out=", "out") == [[""]])
    #expect(try values("--grain=-x", "grain") == [["-x"]])
  }

  @Test(
    "a number is a value even where it begins with a dash",
    arguments: ["-0.1", "1e5", ".5", "-.5", "-inf", "nan", "-1e-3"])
  func negativeNumbers(number: String) throws {
    #expect(
      try sample.parse(["--heat", number, "-1", "-q"]).values(of: "heat") == [[number, "-1"]])
    #expect(try sample.parse(["-w\(number)"]).values(of: "heat") == [[number]])
    #expect(try sample.parse(["weigh", number]).operands == [number])
  }

  @Test("a flag of several values takes words up to the next flag or its last value")
  func greed() throws {
    #expect(try values("-w 1", "heat") == [["1"]])
    #expect(try values("-w 1 2 -q", "heat") == [["1", "2"]])
    #expect(try values("-w 1 --quiet", "heat") == [["1"]])
    #expect(try values("--seeds a b c -q", "seeds") == [["a", "b", "c"]])
    #expect(try parse("weigh --span 1 2 a.txt").operands == ["a.txt"])
    #expect(try parse("weigh --seeds a -- b").operands == ["b"])
    #expect(try parse("weigh --seeds=a b").operands == ["b"])
  }

  @Test("numbers joined by commas count as several where several are taken")
  func commas() throws {
    #expect(try values("--heat 1,2", "heat") == [["1", "2"]])
    #expect(try values("--heat=-1,-2", "heat") == [["-1", "-2"]])
    #expect(try values("--span=1,2", "span") == [["1", "2"]])
    #expect(
      throws: ArgumentError.tooManyValues(flag: "--heat", count: 1...2, given: ["1", "2", "3"])
    ) { try parse("--heat 1,2,3") }
  }

  @Test("too few values are told with what stood in the way")
  func missingValues() {
    #expect(
      throws: ArgumentError.missingValue(
        flag: "--loaves", placeholder: "N", given: [], next: nil)
    ) { try parse("-n") }
    #expect(
      throws: ArgumentError.missingValue(
        flag: "--loaves", placeholder: "N", given: [], next: "-q")
    ) { try parse("-n -q") }
    #expect(
      throws: ArgumentError.missingValue(
        flag: "--span", placeholder: "A B", given: ["1"], next: nil)
    ) { try parse("--span 1 -- 2") }
    #expect(
      throws: ArgumentError.missingValue(
        flag: "--span", placeholder: "A B", given: ["1"], next: nil)
    ) { try parse("--span=1 2") }
  }

  @Test("too many values are listed, all of them")
  func excessValues() {
    #expect(
      throws: ArgumentError.tooManyValues(
        flag: "--heat", count: 1...2, given: ["1", "2", "3", "4"])
    ) { try parse("-w 1 2 3 4 -q") }
    #expect(
      throws: ArgumentError.tooManyValues(flag: "--loaves", count: 1...1, given: ["5", "6"])
    ) { try parse("-n5 6") }
    #expect(
      throws: ArgumentError.detachedValue(flag: "--heat", attached: ["1"], value: "2")
    ) { try parse("--heat=1 2") }
  }

  @Test("a closed choice is held against its words, an open one is not")
  func choices() throws {
    #expect(try values("--order in-turn", "order") == [["in-turn"]])
    #expect(try values("--grain spelt.json", "grain") == [["spelt.json"]])
    #expect(try values("--keep crumb,crust", "keep") == [["crumb,crust"]])
    #expect(
      throws: ArgumentError.notAChoice(
        flag: "--order", value: "inturn", choices: ["together", "in-turn"], suggestion: "in-turn")
    ) { try parse("--order inturn") }
    #expect(
      throws: ArgumentError.notAChoice(
        flag: "--keep", value: "x", choices: ["crumb", "crust"], suggestion: nil)
    ) { try parse("--keep crumb,x") }
  }

  // MARK: Switches and repetition

  @Test("switches of one letter share a dash")
  func clusters() throws {
    let invocation = try parse("-qv")
    #expect(invocation.isOn("quiet") && invocation.isOn("verbose") && !invocation.isOn("turbo"))
    #expect(invocation.occurrences.map(\.flag) == ["quiet", "verbose"])
  }

  @Test("a switch is turned off by its --no- form, if it has one")
  func negation() throws {
    #expect(try !parse("--no-steam").isOn("steam"))
    #expect(try !parse("--no-turbo").isOn("turbo"))
    #expect(throws: ArgumentError.notNegatable(flag: "--quiet")) { try parse("--no-quiet") }
    #expect(throws: ArgumentError.unknownFlag("--no-loaves", suggestion: "--loaves")) {
      try parse("--no-loaves")
    }
  }

  @Test("a switch takes no value, attached or following")
  func switchValue() {
    #expect(
      throws: ArgumentError.valueForSwitch(flag: "--quiet", value: "3", negation: nil)
    ) { try parse("--quiet=3") }
    #expect(
      throws: ArgumentError.valueForSwitch(flag: "--quiet", value: "3", negation: nil)
    ) { try parse("-q=3") }
    #expect(
      throws: ArgumentError.valueForSwitch(
        flag: "--steam", value: "false", negation: "--no-steam")
    ) { try parse("--steam false") }
  }

  @Test("a flag given twice is an error unless it is repeatable")
  func repetition() throws {
    #expect(try values("--set a=1 -q --set b=2", "set") == [["a=1"], ["b=2"]])
    #expect(
      throws: ArgumentError.repeated(flag: "--loaves", first: ["1"], second: ["2"])
    ) { try parse("-n 1 --loaves 2") }
    #expect(
      throws: ArgumentError.repeated(flag: "--loaves", first: ["1"], second: ["1"])
    ) { try parse("-n 1 -n 1") }
  }

  @Test("a switch may be given twice, but not both ways")
  func contradiction() throws {
    #expect(try parse("-q --quiet").isOn("quiet"))
    #expect(throws: ArgumentError.contradiction(flag: "--steam", negation: "--no-steam")) {
      try parse("--no-steam --steam")
    }
  }

  // MARK: Unknown and misplaced flags

  @Test(
    "an unknown flag suggests the nearest form there is",
    arguments: [
      ("--loavs 1", "--loavs", "--loaves"), ("--loav=1", "--loav", "--loaves"),
      ("--no-stem", "--no-stem", "--no-steam"), ("-heat 1", "-heat", "--heat"),
      ("-out x", "-out", "--out"), ("-loves 1", "-l in -loves", "--loaves"), ("-N 1", "-N", "-n"),
      ("--xyz", "--xyz", nil), ("-z", "-z", nil),
    ] as [(String, String, String?)])
  func unknownFlags(line: String, flag: String, suggestion: String?) {
    #expect(throws: ArgumentError.unknownFlag(flag, suggestion: suggestion)) { try parse(line) }
  }

  @Test("a flag of other verbs names them")
  func misplacedFlags() throws {
    #expect(try values("store --order together d", "order") == [["together"]])
    #expect(
      throws: ArgumentError.misplacedFlag("--order", verb: "weigh", verbs: ["mix", "store"])
    ) { try parse("weigh --order together a") }
    #expect(throws: ArgumentError.misplacedFlag("--heat", verb: "store", verbs: ["mix"])) {
      try parse("store -w 1 d")
    }
  }

  // MARK: Operands

  @Test("two dashes end the flags")
  func dashes() throws {
    #expect(try parse("weigh -q -- --quiet -n").operands == ["--quiet", "-n"])
    #expect(try parse("weigh a -- --").operands == ["a", "--"])
    #expect(throws: ArgumentError.unexpectedOperand("5", verb: "mix")) { try parse("-q -- 5") }
  }

  @Test("operands and flags may be mixed, and both keep their order")
  func order() throws {
    let invocation = try parse("weigh a -n 2 b --set x=1 -q")
    #expect(invocation.operands == ["a", "b"])
    #expect(invocation.occurrences.map(\.flag) == ["loaves", "set", "quiet"])
    #expect(try parse("weigh -").operands == ["-"])
  }

  @Test("the number of operands is checked")
  func operandCount() {
    #expect(
      throws: ArgumentError.missingOperand(
        verb: "weigh", placeholder: "LOAF [OTHER]", given: [])
    ) { try parse("weigh -q") }
    #expect(
      throws: ArgumentError.tooManyOperands(
        verb: "weigh", placeholder: "LOAF [OTHER]", count: 1...2, given: ["a", "b", "c"])
    ) { try parse("weigh a b c") }
    #expect(throws: ArgumentError.unexpectedOperand("a", verb: "mix")) { try parse("mix a") }
  }

  // MARK: Help and version

  @Test(
    "a request for help wins over everything that is wrong",
    arguments: [
      ("-h", .help(verb: nil, .short)), ("--help", .help(verb: nil, .long)),
      ("-h --help", .help(verb: nil, .long)), ("-n -h", .help(verb: nil, .short)),
      ("--unknown 1 2 --help", .help(verb: nil, .long)), ("-qh", .help(verb: nil, .short)),
      ("weigh -h", .help(verb: "weigh", .short)), ("mix --help", .help(verb: "mix", .long)),
      ("help", .help(verb: nil, .long)), ("help weigh", .help(verb: "weigh", .long)),
      ("help --quiet store", .help(verb: "store", .long)), ("help help", .help(verb: nil, .long)),
      ("--version", .version), ("weigh --version", .version),
      ("--version --help", .help(verb: nil, .long)), ("weigh -- -h", .run),
      ("--grain=-h", .run),
    ] as [(String, Invocation.Request)])
  func requests(line: String, request: Invocation.Request) throws {
    #expect(try parse(line).request == request)
  }

  @Test("help about a verb that does not exist suggests one that does")
  func helpAboutNothing() {
    let verbs = ["mix", "weigh", "store"]
    #expect(throws: ArgumentError.unknownVerb("stor", suggestion: "store", verbs: verbs)) {
      try parse("help stor")
    }
  }
}
