import Testing

@testable import Arguments

@Suite struct FlagTests {
  @Test("a switch that is on by default has a --no- form and shows it is on")
  func onByDefault() {
    let flag = Flag("plot", isOnByDefault: true, section: "S", summary: "s")
    #expect(flag.isSwitch && flag.isNegatable)
    #expect(flag.negation == "--no-plot")
    #expect(flag.defaultText == "on")
  }

  @Test("a switch that is off has a --no- form only when asked for")
  func offByDefault() {
    #expect(Flag("json", section: "S", summary: "s").negation == nil)
    let flag = Flag("json", isNegatable: true, section: "S", summary: "s")
    #expect(flag.negation == "--no-json" && flag.defaultText == nil)
  }

  @Test("an arity says how many values and what they are called")
  func arity() {
    #expect(Flag.Arity.none.count == 0...0 && Flag.Arity.none.placeholder == nil)
    #expect(Flag.Arity.one("N").count == 1...1 && Flag.Arity.one("N").placeholder == "N")
    #expect(Flag.Arity.range(1...2, "A [B]").count == 1...2)
    #expect(Flag.Arity.oneOrMore("X").count == 1...Int.max)
  }

  @Test("a flag belongs to the verbs it names, or to all")
  func membership() {
    let all = Flag("a", section: "S", summary: "s")
    let one = Flag("a", verbs: ["run"], section: "S", summary: "s")
    #expect(all.belongs(to: "plot"))
    #expect(one.belongs(to: "run") && !one.belongs(to: "plot"))
  }
}
