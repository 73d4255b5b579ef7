import Testing

@testable import Arguments

@Suite struct TokensTests {
  @Test(
    "words that read as numbers are values",
    arguments: [
      "-0.1", "-1", "1e5", "-1e5", ".5", "-.5", "-inf", "inf", "-infinity", "nan", "-nan", "+3",
      "-0.1,0.2", "-1,-2,-3", "-", "", "word", "a-b", "2026-03-01",
    ])
  func values(token: String) { #expect(!isFlagLike(token)) }

  @Test(
    "other words with a dash are flags",
    arguments: ["-n", "-n50", "--lr", "--", "-0.1x", "-1,", "-1,a", "-i", "--1", "-infi"])
  func flags(token: String) { #expect(isFlagLike(token)) }

  @Test("only numbers are split at commas, and only where several are taken")
  func splitting() {
    #expect(splitValues("1,-2e3", arity: .range(1...2, "A [B]")) == ["1", "-2e3"])
    #expect(splitValues("1,x", arity: .range(1...2, "A [B]")) == ["1,x"])
    #expect(splitValues("1,2", arity: .one("LIST")) == ["1,2"])
    #expect(splitValues("1,2", arity: .oneOrMore("KEY=LIST")) == ["1,2"])
  }

  @Test("a list is separated by commas, spaces or both")
  func entries() {
    #expect(listEntries("1,2 3, 4") == ["1", "2", "3", "4"])
    #expect(listEntries("a") == ["a"])
    #expect(listEntries("a,,b") == ["a", "", "b"])
    #expect(listEntries("") == [""])
  }
}
