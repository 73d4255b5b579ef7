import Testing

@testable import Spelling

@Suite struct OneLineTests {
  @Test(
    "control characters become escapes, and all else stays as it is",
    arguments: [
      ("", ""), ("κ = 3 'a' \"b\" \\n €", "κ = 3 'a' \"b\" \\n €"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
      ("\u{1B}[31mred\u{7}\u{0}", "\\u{1B}[31mred\\u{07}\\0"),
      ("\u{85}\u{2028}", "\\u{0085}\\u{2028}"),
    ])
  func escapes(text: String, expected: String) {
    #expect(text.onOneLine == expected)
  }
}
