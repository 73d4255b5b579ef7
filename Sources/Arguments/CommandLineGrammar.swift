/// Everything that can be said to a program: its verbs, its flags and the notes its help carries.
///
/// Parsing, help, the reference page, the man page and the completion scripts are all made from
/// this one value, so they cannot disagree.
public struct CommandLineGrammar: Sendable, Equatable {
  /// The name the program is called by.
  public let program: String
  /// What the program is, as a fragment for the first line of help.
  public let abstract: String
  /// What the long help says below the first line, as whole sentences.
  public let discussion: String
  /// What `--version` prints.
  public let version: String
  /// Command lines to start from, each with what it does.
  public let examples: [Definition]
  /// The verbs, in the order to show them.
  public let verbs: [Verb]
  /// The verb that is meant when the first word is not one.
  public let defaultVerb: Verb
  /// All flags of all verbs, in the order to show them; sections follow their first flag.
  public let flags: [Flag]
  /// What each exit status says.
  public let exitStatuses: [Definition]
  /// The environment variables the program reads.
  public let environment: [Definition]
  /// The files the program reads and writes.
  public let files: [Definition]

  /// A grammar of these verbs and flags.
  ///
  /// - Precondition: `defaultVerb` names one of `verbs`. Everything else that can be wrong with a
  ///   grammar is listed by ``inconsistencies``.
  public init(
    program: String, abstract: String, discussion: String = "", version: String,
    examples: [Definition] = [], verbs: [Verb], defaultVerb: String, flags: [Flag],
    exitStatuses: [Definition] = [], environment: [Definition] = [], files: [Definition] = []
  ) {
    guard let meant = verbs.first(where: { $0.name == defaultVerb }) else {
      preconditionFailure("default verb \(defaultVerb) is not among \(verbs.map(\.name))")
    }
    self.program = program
    self.abstract = abstract
    self.discussion = discussion
    self.version = version
    self.examples = examples
    self.verbs = verbs
    self.defaultVerb = meant
    self.flags = flags
    self.exitStatuses = exitStatuses
    self.environment = environment
    self.files = files
  }

  /// The verb of this name, if there is one.
  public func verb(named name: String) -> Verb? { verbs.first { $0.name == name } }

  /// The flag of this long name, if there is one.
  public func flag(named name: String) -> Flag? { flags.first { $0.name == name } }

  /// The flag of this one-letter form, if there is one.
  public func flag(short: Character) -> Flag? { flags.first { $0.short == short } }

  /// The flags the verb of this name has, in order.
  public func flags(of verb: String) -> [Flag] { flags.filter { $0.belongs(to: verb) } }
}

extension CommandLineGrammar {
  /// The word that asks for help in place of a verb.
  static let helpWord = "help"

  /// Flags grouped by section, sections in the order of their first flag.
  static func sections(of flags: [Flag]) -> [(title: String, flags: [Flag])] {
    var sections: [(title: String, flags: [Flag])] = []
    for flag in flags {
      if let index = sections.firstIndex(where: { $0.title == flag.section }) {
        sections[index].flags.append(flag)
      } else {
        sections.append((flag.section, [flag]))
      }
    }
    return sections
  }

  /// How the verb is called, such as `dyn compare RUN [flags]`; the default verb in brackets.
  func usage(of verb: Verb) -> String {
    let name = verb == defaultVerb ? "[\(verb.name)]" : verb.name
    let operands = verb.operands.placeholder
    return [program, name, operands, "[flags]"].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
