/// One thing the program can be told to do, named by the first word of the command line.
public struct Verb: Sendable, Equatable {
  /// The word itself.
  public let name: String
  /// The words it works on, such as the folder of a run.
  public let operands: Operands
  /// What it does, as a fragment that fits on its line of the short help.
  public let summary: String
  /// What the long help adds, as whole sentences; blank lines separate paragraphs.
  public let discussion: String
  /// Command lines to start from, each with what it does.
  public let examples: [Definition]

  /// The words a verb works on: what help calls them, how many, and what a shell offers.
  public struct Operands: Sendable, Equatable {
    /// What help shows for them, such as `RUN [OTHER]`.
    public let placeholder: String
    /// The numbers of operands allowed.
    public let count: ClosedRange<Int>
    /// What a shell offers for them.
    public let completesWith: Flag.Completion

    /// So many operands, shown as `placeholder`.
    public init(
      _ placeholder: String, count: ClosedRange<Int> = 1...1,
      completesWith: Flag.Completion = .none
    ) {
      self.placeholder = placeholder
      self.count = count
      self.completesWith = completesWith
    }

    /// No operands at all.
    public static let none = Operands("", count: 0...0)
  }

  /// A verb of this name.
  public init(
    _ name: String, operands: Operands = .none, summary: String, discussion: String = "",
    examples: [Definition] = []
  ) {
    self.name = name
    self.operands = operands
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
  }
}

/// A term and what it means: an example, an exit status, a file, a variable of the environment.
public struct Definition: Sendable, Equatable {
  /// What is explained.
  public let term: String
  /// The explanation, one fragment or sentence.
  public let meaning: String

  /// A term with its meaning.
  public init(_ term: String, _ meaning: String) {
    self.term = term
    self.meaning = meaning
  }
}
