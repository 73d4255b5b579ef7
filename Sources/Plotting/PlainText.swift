/// Text that stays text, whatever characters it has, when gnuplot reads it.
enum PlainText {
  /// A literal between single quotes, in which nothing but the quote itself has a meaning.
  ///
  /// Backquotes, dollar signs, at signs and backslashes are left alone there. A single quote would
  /// have to be doubled, which gnuplot does not understand at the start of a literal, so that it is
  /// shown as the apostrophe ’ instead. Line breaks and other control characters, which would end
  /// the literal, become spaces. The literal still has to stand where markup is switched off
  /// (`noenhanced`).
  static func quoted(_ text: String) -> String {
    "'" + oneLine(text).replacing("'", with: "’") + "'"
  }

  /// A comment of one line, with its line break.
  static func comment(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      // A tab keeps the names of columns apart and does no harm in a comment.
      line.unicodeScalars.append(scalar != "\t" && isControl(scalar) ? " " : scalar)
    }
    // A backslash at the end would pull in the next line.
    return line.isEmpty ? "#\n" : "# " + line + (line.hasSuffix("\\") ? " .\n" : "\n")
  }

  /// A text cut to a length, with an ellipsis where something is missing.
  static func shortened(_ text: String, to length: Int) -> String {
    text.count <= length ? text : text.prefix(max(length - 1, 0)) + "…"
  }

  /// A number as short as it can be without changing a bit; `NaN` if it is not finite.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "NaN" }
    if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return String(value)
  }

  private static func oneLine(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      line.unicodeScalars.append(isControl(scalar) ? " " : scalar)
    }
    return line
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
