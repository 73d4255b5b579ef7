import Testing

@testable import Arguments

@Suite struct CommandLineGrammarTests {
  @Test("verbs and flags are found by name")
  func lookup() {
    #expect(sample.verb(named: "weigh")?.name == "weigh")
    #expect(sample.verb(named: "eat") == nil)
    #expect(sample.flag(named: "heat")?.short == "w")
    #expect(sample.flag(short: "w")?.name == "heat")
    #expect(sample.flag(named: "w") == nil)
    #expect(sample.defaultVerb.name == "mix")
  }

  @Test("a verb has the flags that name it and those that name none")
  func membership() {
    #expect(sample.flags(of: "mix").count == sample.flags.count)
    let missing = Set(sample.flags.map(\.name)).subtracting(sample.flags(of: "weigh").map(\.name))
    #expect(missing == ["heat", "order"])
  }

  @Test("sections come in the order of their first flag and gather all of theirs")
  func sections() {
    let flags = [("a", "X"), ("b", "Y"), ("c", "X")].map { name, section in
      Flag(name, section: section, summary: "s")
    }
    let sections = CommandLineGrammar.sections(of: flags)
    #expect(sections.map(\.title) == ["X", "Y"])
    #expect(sections.map { $0.flags.map(\.name) } == [["a", "c"], ["b"]])
  }

  @Test("the default verb must be one of the verbs")
  func defaultVerb() async {
    await #expect(processExitsWith: .failure) {
      _ = CommandLineGrammar(
        program: "p", abstract: "a", version: "1", verbs: [Verb("run", summary: "s")],
        defaultVerb: "walk", flags: [])
    }
  }
}
