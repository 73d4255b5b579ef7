/// One flag of the command line: how it is written, what it takes and what it is for.
public struct Flag: Sendable, Equatable {
  /// The long name without its dashes, such as `kappa`.
  public let name: String
  /// The one-letter form, if there is one.
  public let short: Character?
  /// How many values the flag takes; `none` makes it a switch.
  public let values: Arity
  /// The words a value may be, in the order to show them; empty when any value will do.
  public let choices: [String]
  /// Whether values outside `choices` are accepted too, such as a file beside fixed names.
  public let acceptsOtherValues: Bool
  /// Whether a value is a comma-separated list, each piece of which is held against `choices`.
  public let isList: Bool
  /// Whether a switch is on when it is not given.
  public let isOnByDefault: Bool
  /// Whether a switch has a `--no-` form; every switch that is on by default has one.
  public let isNegatable: Bool
  /// Whether the flag may be given more than once.
  public let isRepeatable: Bool
  /// The default as help shows it in brackets, if there is one.
  public let defaultText: String?
  /// What the shell offers for a value beside `choices`.
  public let completesWith: Completion
  /// The names of the verbs that have this flag; `nil` means all of them.
  public let verbs: [String]?
  /// The heading the flag stands under in help, such as `DATA`.
  public let section: String
  /// What the flag is for, as a fragment that fits on its line of the short help.
  public let summary: String
  /// What the long help adds, as whole sentences; blank lines separate paragraphs.
  public let discussion: String

  /// How many values a flag takes, and what help calls them.
  public enum Arity: Sendable, Equatable {
    /// No value: a switch.
    case none
    /// Exactly one value, shown as this placeholder.
    case one(String)
    /// So many values, shown as this placeholder, such as `A [B]` for one or two.
    case range(ClosedRange<Int>, String)
    /// One value or more, shown as this placeholder.
    case oneOrMore(String)

    /// The numbers of values allowed.
    public var count: ClosedRange<Int> {
      switch self {
      case .none: 0...0
      case .one: 1...1
      case .range(let count, _): count
      case .oneOrMore: 1...Int.max
      }
    }

    /// What help shows for the values; `nil` for a switch.
    public var placeholder: String? {
      switch self {
      case .none: nil
      case .one(let text), .range(_, let text), .oneOrMore(let text): text
      }
    }
  }

  /// What a shell offers where a value or an operand is expected.
  public enum Completion: Sendable, Equatable {
    /// Nothing beside the flag's choices.
    case none
    /// The names of files.
    case file
    /// The names of directories.
    case directory
  }

  /// A flag with this long name; everything that is not said is absent.
  ///
  /// - Parameters:
  ///   - name: the long name without dashes.
  ///   - short: the one-letter form.
  ///   - values: the number of values, a switch when `none`.
  ///   - choices: the words a value may be.
  ///   - acceptsOtherValues: whether `choices` are only proposals.
  ///   - isList: whether a value is a comma-separated list.
  ///   - isOnByDefault: whether a switch is on when not given.
  ///   - isNegatable: whether there is a `--no-` form; a switch that is on by default always has.
  ///   - isRepeatable: whether the flag may be given more than once.
  ///   - defaultText: the default that help shows; `on` for a switch that is on by default.
  ///   - completesWith: what a shell offers beside `choices`.
  ///   - verbs: the verbs that have the flag, all when `nil`.
  ///   - section: the heading of help it stands under.
  ///   - summary: a fragment of a line.
  ///   - discussion: whole sentences for the long help.
  public init(
    _ name: String, short: Character? = nil, values: Arity = .none, choices: [String] = [],
    acceptsOtherValues: Bool = false, isList: Bool = false, isOnByDefault: Bool = false,
    isNegatable: Bool = false, isRepeatable: Bool = false, defaultText: String? = nil,
    completesWith: Completion = .none, verbs: [String]? = nil, section: String, summary: String,
    discussion: String = ""
  ) {
    self.name = name
    self.short = short
    self.values = values
    self.choices = choices
    self.acceptsOtherValues = acceptsOtherValues
    self.isList = isList
    self.isOnByDefault = isOnByDefault
    self.isNegatable = isOnByDefault || isNegatable
    self.isRepeatable = isRepeatable
    self.defaultText = defaultText ?? (isOnByDefault ? "on" : nil)
    self.completesWith = completesWith
    self.verbs = verbs
    self.section = section
    self.summary = summary
    self.discussion = discussion
  }

  /// The flag that asks for help: one line per flag as `-h`, everything as `--help`.
  public static func help(section: String) -> Flag {
    Flag(
      "help", short: "h", section: section, summary: "-h one line per flag, --help everything")
  }

  /// The flag that asks which version of the program this is.
  public static func version(section: String) -> Flag {
    Flag("version", section: section, summary: "print the version")
  }
}

extension Flag {
  /// Whether the flag takes no value.
  public var isSwitch: Bool { values == .none }

  /// Whether the verb of this name has the flag.
  public func belongs(to verb: String) -> Bool { verbs?.contains(verb) ?? true }

  /// The long form as typed, such as `--kappa`.
  public var spelling: String { "--" + name }

  /// The form that turns a switch off, such as `--no-plot`; `nil` if there is none.
  public var negation: String? { isNegatable ? "--no-" + name : nil }
}
