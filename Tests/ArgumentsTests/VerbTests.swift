import Testing

@testable import Arguments

@Suite struct VerbTests {
  @Test("operands are exactly one unless said otherwise, and a verb has none unless said")
  func defaults() {
    #expect(Verb.Operands("RUN").count == 1...1)
    #expect(Verb("run", summary: "s").operands == .none)
    #expect(Verb.Operands.none.count == 0...0)
  }

  @Test("a call shows the operands, and the default verb in brackets")
  func usage() {
    #expect(
      sample.verbs.map(sample.usage) == [
        "bake [mix] [flags]", "bake weigh LOAF [OTHER] [flags]", "bake store DIR [flags]",
      ])
  }
}
