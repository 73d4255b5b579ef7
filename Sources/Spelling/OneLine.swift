extension String {
  /// The text with line breaks and other control characters as escapes, such as `\n` and `\u{1B}`.
  ///
  /// Words from a file or a path must neither break a line nor command the terminal.
  public var onOneLine: String {
    unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
      default: String(scalar)
      }
    }.joined()
  }
}
