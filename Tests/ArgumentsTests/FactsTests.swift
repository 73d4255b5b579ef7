import Testing

@testable import Arguments

@Suite struct FactsTests {
  @Test("the label shows every positive form and the placeholder")
  func labels() {
    #expect(sample.flag(named: "heat")?.label == "-w, --heat A [B]")
    #expect(sample.flag(named: "quiet")?.label == "-q, --quiet")
    #expect(sample.flag(named: "turbo")?.label == "--turbo")
  }

  @Test(
    "what follows from a definition is said in sentences",
    arguments: [
      ("loaves", ["Default: 1."]),
      ("heat", ["Default: 220.", "Only with mix."]),
      ("grain", ["Choices: rye, wheat or another value.", "Default: rye."]),
      (
        "order",
        ["Choices: together or in-turn.", "Default: together.", "Only with mix and store."]
      ),
      ("keep", ["Choices: crumb or crust.", "Several are separated by commas."]),
      ("set", ["May be given more than once."]),
      ("steam", ["--no-steam turns it off.", "On by default."]),
      ("turbo", ["--no-turbo turns it off."]),
      ("quiet", []),
    ])
  func facts(name: String, expected: [String]) {
    #expect(sample.flag(named: name)?.facts == expected)
  }
}
