import Testing

/// Something that code may not contain, outside of the modules that are there for it.
private struct HouseRule: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var pattern: String
  /// Modules to which the rule does not apply.
  var exempt: Set<String> = []
  /// Modules to which alone the rule applies; all if empty.
  var only: Set<String> = []
  var readsStrings = false
  /// Code that breaks the rule, and code that does not though it looks alike.
  var bad: [String]
  var good: [String]

  func violations(in source: SwiftSource) throws -> [String] {
    try matches(of: pattern, in: readsStrings ? source.codeAndStrings : source.code)
  }

  /// The start of a call of a free function, with or without the module that it comes from.
  private static func call(of names: String) -> String {
    #"(?<![\w.`])(?<!func )(?:(?:Swift|Foundation|Glibc|Darwin)\.)?(?:"# + names + #")\s*\("#
  }

  static let all: [HouseRule] = [
    HouseRule(
      testDescription: "only DynCommands prints",
      pattern: call(of: "print|debugPrint|dump|puts|fputs|putchar|printf|fprintf")
        + #"|FileHandle\.standard(?:Output|Error)|STD(?:OUT|ERR)_FILENO"#,
      exempt: ["DynCommands"],
      bad: [
        "print(1)", "Swift.print (1)", #"let s = "\(print(1))""#, "fputs(text, stderr)",
        "FileHandle.standardError.write(data)",
      ],
      good: [
        "// print(1)", #"let s = "print(1)""#, "blueprint(1)", "document.print(1)",
        "process.standardOutput = pipe", ##"let s = #"\(print(1))"#"##,
      ]),
    HouseRule(
      testDescription: "only DynCommands exits",
      pattern: call(of: "exit|_exit|quick_exit|abort"), exempt: ["DynCommands"],
      bad: ["exit(1)", "Foundation.exit(1)", "_exit(2)", "abort()"],
      good: ["/* exit(1) */", "onExit(1)", "group.exit(1)", "exitStatus(1)"]),
    HouseRule(
      testDescription: "only Plotting knows gnuplot, and DynCommands may name it to the user",
      pattern: "(?i)gnuplot", exempt: ["Plotting", "DynCommands"], readsStrings: true,
      bad: ["Gnuplot.run()", #"launch("/usr/bin/gnuplot")"#],
      good: ["/// A table for gnuplot.", "plot()"]),
    HouseRule(
      testDescription: "DynCommands spawns nothing",
      pattern: #"(?<![\w.])Process\s*(?:\(|\.run)|posix_spawn|"#
        + call(of: #"popen|system|fork|exec[lv]\w*"#),
      only: ["DynCommands", "dyn"],
      bad: ["let p = Process()", "posix_spawnp(&pid)", "system(line)", "execv(path, words)"],
      good: ["ProcessInfo.processInfo", "// Process()", "execute(verb)"]),
    HouseRule(
      testDescription: "nothing is tried, cast or given up by force",
      pattern: #"\btry!|\bas!|"# + call(of: "fatalError"),
      bad: ["try! open()", "x as! Int", "fatalError()", "Swift.fatalError(\"no\")"],
      good: ["try open()", "x as? Int", "// try! open()", #"let s = "as!""#, "precondition(a)"]),
  ]
}

@Suite struct HouseRuleTests {
  @Test("Every file keeps the rules", arguments: HouseRule.all)
  fileprivate func files(_ rule: HouseRule) throws {
    for module in try SourceTree.modules()
    where !rule.exempt.contains(module) && (rule.only.isEmpty || rule.only.contains(module)) {
      for file in try SourceTree.files(of: module) {
        #expect(try rule.violations(in: file.source) == [], "\(file.path)")
      }
    }
  }

  @Test("A rule finds what breaks it, and nothing else", arguments: HouseRule.all)
  fileprivate func samples(_ rule: HouseRule) throws {
    for sample in rule.bad {
      #expect(try !rule.violations(in: SwiftSource(sample)).isEmpty, "\(sample)")
    }
    for sample in rule.good {
      #expect(try rule.violations(in: SwiftSource(sample)) == [], "\(sample)")
    }
  }

  @Test("Every file can be told apart into code, comments and strings")
  func everyFileIsReadable() throws {
    for module in try SourceTree.modules() {
      for file in try SourceTree.files(of: module) {
        #expect(file.source.isComplete, "\(file.path)")
      }
    }
  }
}
