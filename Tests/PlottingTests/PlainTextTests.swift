import Testing

@testable import Plotting

@Suite struct PlainTextTests {
  @Test("A quote becomes an apostrophe and everything else stays, between single quotes")
  func quoting() {
    #expect(PlainText.quoted("it's `x` $1 @a \\ \"b\"") == #"'it’s `x` $1 @a \ "b"'"#)
  }

  @Test(
    "Whatever could end a line becomes a space",
    arguments: ["\n", "\r", "\0", "\u{2028}", "\u{85}"])
  func lines(_ end: String) {
    #expect(PlainText.quoted("a\(end)b") == "'a b'")
    #expect(PlainText.comment("a\(end)b") == "# a b\n")
  }

  @Test("A line break of two characters becomes spaces, too")
  func carriageReturns() {
    #expect(PlainText.quoted("a\r\nb") == "'a  b'")
  }

  @Test("A comment does not end in a backslash, which would swallow the next line")
  func comments() {
    #expect(PlainText.comment("path\\") == "# path\\ .\n")
    #expect(PlainText.comment("") == "#\n")
    #expect(PlainText.comment("a\tb") == "# a\tb\n")
  }

  @Test("A text that is too long ends in an ellipsis and has the length asked for")
  func shortening() {
    #expect(PlainText.shortened("abcdef", to: 4) == "abc…")
    #expect(PlainText.shortened("abcd", to: 4) == "abcd")
  }
}
