/// Whether a word of the command line is a flag (or `--`) and not a value.
///
/// It is when it begins with a dash, unless it is a lone `-` or reads as numbers: `-0.1`, `-.5`,
/// `-1e5`, `-inf`, `-nan` and `-0.1,0.2` are values.
func isFlagLike(_ token: String) -> Bool {
  token.hasPrefix("-") && token.count > 1 && !isNumberList(token)
}

/// Whether the word is one number, or several joined by commas.
func isNumberList(_ token: String) -> Bool {
  token.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { Double($0) != nil }
}

/// The values one word stands for: `1,2` is two where a flag takes several numbers.
func splitValues(_ token: String, arity: Flag.Arity) -> [String] {
  switch arity {
  case .range where isNumberList(token): token.split(separator: ",").map(String.init)
  case .none, .one, .range, .oneOrMore: [token]
  }
}

/// The entries of a list separated by commas, spaces or both.
///
/// Two commas without anything between them enclose an empty entry, which is kept, so that whoever
/// reads the entries can complain about it.
func listEntries(_ text: String) -> [String] {
  text.split(separator: ",", omittingEmptySubsequences: false).flatMap { piece in
    let words = piece.split(whereSeparator: \.isWhitespace).map(String.init)
    return words.isEmpty ? [""] : words
  }
}
