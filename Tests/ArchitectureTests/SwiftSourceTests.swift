import Testing

@Suite struct SwiftSourceTests {
  @Test("Comments and the contents of strings become spaces")
  func parts() {
    let source = SwiftSource("let a = \"b // c\" // d\n/* e /* f */ g */h(\"\\\"\")")
    #expect(source.codeAndStrings == "let a = \"b // c\"     \n                 h(\"\\\"\")")
    #expect(source.code == "let a = \"      \"     \n                 h(\"  \")")
    #expect(source.isComplete)
  }

  @Test("Interpolated code is code, also when strings and parentheses nest in it")
  func interpolation() {
    let source = SwiftSource(#"x("a\(f(y(1), "b\(z)c"))d") + w"#)
    #expect(source.code == #"x(" \(f(y(1), " \(z) ")) ") + w"#)
    #expect(source.isComplete)
  }

  @Test("Raw and multi-line strings end where they end")
  func longStrings() {
    let raw = SwiftSource(##"f(#"a"b\(c)\#(d)"#, e)"##)
    #expect(raw.code == ##"f(#"       \#(d)"#, e)"##)
    let lines = SwiftSource("f(\"\"\"\n a \"b\" \"\" c\n \"\"\", d)")
    #expect(lines.code == "f(\"\"\"\n           \n \"\"\", d)")
    #expect(raw.isComplete && lines.isComplete)
  }

  @Test(
    "What does not end is noticed",
    arguments: ["/* a", "/* /* */", "\"a", "\"\"\"\na\"", "\"\\(a\"", "#\"a\""])
  func incomplete(_ text: String) {
    #expect(!SwiftSource(text).isComplete)
  }
}
