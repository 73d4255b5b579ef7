import Foundation

/// The two streams: results on standard output, everything else on standard error.
enum Terminal {
  /// Writes a line of the result.
  static func result(_ text: String) { write(text + "\n", to: FileHandle.standardOutput) }

  /// Writes a line that is not part of the result.
  static func note(_ text: String) { write(text + "\n", to: FileHandle.standardError) }

  /// Rewrites the last line of standard error.
  static func rewrite(_ text: String) {
    write("\r\u{1B}[K" + text, to: FileHandle.standardError)
  }

  /// Writes a warning, in colour where that is wanted.
  static func warn(_ text: String, colour: ColourChoice) {
    note(colour.isOn ? "\u{1B}[33mwarning:\u{1B}[0m \(text)" : "warning: \(text)")
  }

  /// When warnings are coloured.
  enum ColourChoice: String, CaseIterable {
    /// On a terminal, unless the variable NO_COLOR is set.
    case auto
    /// Always.
    case always
    /// Never.
    case never

    /// Whether it means colour here.
    var isOn: Bool {
      switch self {
      case .auto:
        Terminal.isInteractive && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      case .always: true
      case .never: false
      }
    }
  }

  /// Whether standard error is a terminal that a person watches.
  static var isInteractive: Bool { isatty(STDERR_FILENO) != 0 }

  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
