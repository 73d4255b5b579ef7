import Testing

@testable import Arguments

private func complaints(
  verbs: [Verb] = [Verb("run", summary: "run")], _ flags: Flag...
) -> [String] {
  CommandLineGrammar(
    program: "p", abstract: "a", version: "1", verbs: verbs,
    defaultVerb: verbs.first?.name ?? "", flags: flags
  ).inconsistencies
}

@Suite struct InconsistenciesTests {
  @Test("a sound grammar has none")
  func sound() { #expect(sample.inconsistencies == []) }

  @Test(
    "a flag at odds with itself is named",
    arguments: [
      (Flag("Lr", section: "S", summary: "s"), "--Lr is not lower-case words joined by hyphens."),
      (
        Flag("a--b", section: "S", summary: "s"),
        "--a--b is not lower-case words joined by hyphens."
      ),
      (Flag("2a", section: "S", summary: "s"), "--2a is not lower-case words joined by hyphens."),
      (Flag("a", short: "1", section: "S", summary: "s"), "--a has a short form not a letter."),
      (
        Flag("a", values: .one("A"), isNegatable: true, section: "S", summary: "s"),
        "--a takes values and has a --no- form."
      ),
      (
        Flag("a", choices: ["x"], section: "S", summary: "s"), "--a takes no value but has choices."
      ),
      (
        Flag("a", completesWith: .file, section: "S", summary: "s"),
        "--a takes no value but completes one."
      ),
      (
        Flag("a", isRepeatable: true, section: "S", summary: "s"),
        "--a is a switch, which is never repeatable."
      ),
      (
        Flag("a", values: .range(0...2, "A"), section: "S", summary: "s"),
        "--a may be given with no value at all."
      ),
      (
        Flag("a", values: .one("A"), choices: ["x y"], section: "S", summary: "s"),
        "--a has a choice that a shell would not take as it is."
      ),
      (Flag("a", section: "S", summary: ""), "--a has no summary."),
      (Flag("a", section: "", summary: "s"), "--a has no section."),
      (
        Flag("a", verbs: ["fly"], section: "S", summary: "s"),
        "--a belongs to fly, which is not a verb."
      ),
    ])
  func flags(flag: Flag, complaint: String) { #expect(complaints(flag) == [complaint]) }

  @Test("a summary of 53 columns fits beside its label, one of 54 does not")
  func width() {
    let fits = Flag("a", section: "S", summary: String(repeating: "x", count: 53))
    let exceeds = Flag("a", section: "S", summary: String(repeating: "x", count: 54))
    #expect(complaints(fits) == [])
    #expect(complaints(exceeds) == ["--a does not fit on one line of the help."])
  }

  @Test("names used twice are named, forms included")
  func repetition() {
    let a = Flag("a", short: "a", section: "S", summary: "s")
    let b = Flag("b", short: "a", section: "S", summary: "s")
    #expect(complaints(a, b) == ["Two flags are spelled -a."])
    #expect(complaints(a, Flag("a", section: "S", summary: "s")) == ["Two flags are spelled --a."])
    let plot = Flag("plot", isOnByDefault: true, section: "S", summary: "s")
    let noPlot = Flag("no-plot", section: "S", summary: "s")
    #expect(complaints(plot, noPlot) == ["Two flags are spelled --no-plot."])
    let run = Verb("run", summary: "run")
    #expect(complaints(verbs: [run, run]) == ["Two verbs are named run."])
  }

  @Test("a verb at odds with itself is named")
  func verbs() {
    #expect(
      complaints(verbs: [Verb("help", summary: "s")])
        == ["The verb help stands in the way of the built-in one."])
    #expect(
      complaints(verbs: [Verb("Run", summary: "s")])
        == ["The verb Run is not lower-case words joined by hyphens."])
    #expect(complaints(verbs: [Verb("run", summary: "")]) == ["The verb run has no summary."])
    #expect(
      complaints(verbs: [Verb("run", operands: .init("", count: 1...1), summary: "s")]) == [
        "The verb run shows operands it does not take, or takes operands it does not show."
      ])
    let long = String(repeating: "x", count: 60)
    #expect(
      complaints(verbs: [Verb("run", summary: long)])
        == ["The verb run does not fit on one line of the help."])
  }
}
