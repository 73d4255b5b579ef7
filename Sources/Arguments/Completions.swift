/// A shell that completion scripts are written for.
public enum Shell: String, Sendable, CaseIterable {
  /// The Bourne-again shell, version 3.2 or later.
  case bash
  /// The Z shell with its completion system loaded.
  case zsh
  /// The friendly interactive shell, version 3 or later.
  case fish
}

extension CommandLineGrammar {
  /// The script that teaches the shell the verbs, flags and choices of the program.
  ///
  /// - Returns: lines, each ended by a newline.
  public func completions(for shell: Shell) -> String {
    let lines =
      switch shell {
      case .bash: bashCompletions()
      case .zsh: zshCompletions()
      case .fish: fishCompletions()
      }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The name of the shell function that completes for the program.
  var completionFunction: String {
    "_" + String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// The names of the verbs separated by bars, a pattern of the shells' `case`.
  var verbPattern: String { verbs.map(\.name).joined(separator: "|") }

  /// The names of the verbs and the word for help.
  var firstWords: [String] { verbs.map(\.name) + [Self.helpWord] }
}

extension Flag {
  /// Every form the flag can be typed in: short, long, negated.
  var forms: [String] { spellings + [negation].compactMap(\.self) }
}

extension String {
  /// The text between single quotes, as bash and zsh read it.
  var shellQuoted: String { "'" + replacing("'", with: "'\\''") + "'" }
}
