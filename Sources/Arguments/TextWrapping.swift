/// The words of `text` in lines of at most `width` characters; a longer word has its own line.
///
/// Blank lines in the text separate paragraphs and come back as empty lines.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for (index, paragraph) in paragraphs(of: text).enumerated() {
    if index > 0 { lines.append("") }
    var line = ""
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
  }
  return lines
}

/// The paragraphs of `text`, which blank lines separate, none of them empty.
func paragraphs(of text: String) -> [String] {
  var paragraphs: [[Substring]] = [[]]
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.allSatisfy(\.isWhitespace) {
      paragraphs.append([])
    } else {
      paragraphs[paragraphs.count - 1].append(line)
    }
  }
  return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
}

/// The words in a row: `a`, `a and b`, `a, b and c`.
func listed(_ words: [String], _ conjunction: String = "and") -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "none" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

extension String {
  /// The text filled with spaces on the right up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text moved to the right by so many spaces; an empty line stays empty.
  func indented(by spaces: Int) -> String {
    isEmpty ? "" : String(repeating: " ", count: spaces) + self
  }
}
