import Testing

@testable import Arguments

@Suite struct TextWrappingTests {
  @Test("lines are filled up to the width and no further")
  func exactFit() {
    #expect(wrapped("aa bb cc", width: 5) == ["aa bb", "cc"])
    #expect(wrapped("aa bb cc", width: 4) == ["aa", "bb", "cc"])
    #expect(wrapped("aa bb cc", width: 8) == ["aa bb cc"])
  }

  @Test("a word longer than the width stands alone and whole")
  func longWord() {
    #expect(wrapped("a bbbbbb c", width: 3) == ["a", "bbbbbb", "c"])
  }

  @Test("width is counted in characters, not bytes")
  func greek() {
    #expect(wrapped("κκ λλ", width: 5) == ["κκ λλ"])
  }

  @Test("blank lines separate paragraphs, single ends of line do not")
  func paragraphsApart() {
    #expect(wrapped("a\nb\n\n \nc\n", width: 9) == ["a b", "", "c"])
    #expect(wrapped("", width: 9) == [])
  }

  @Test("words in a row get one conjunction")
  func rows() {
    #expect(listed([]) == "none")
    #expect(listed(["a"]) == "a")
    #expect(listed(["a", "b"], "or") == "a or b")
    #expect(listed(["a", "b", "c"]) == "a, b and c")
  }

  @Test("padding never cuts, and an empty line gets no spaces")
  func padding() {
    #expect("ab".padded(to: 4) == "ab  ")
    #expect("abcd".padded(to: 2) == "abcd")
    #expect("ab".indented(by: 2) == "  ab")
    #expect("".indented(by: 2) == "")
  }
}
