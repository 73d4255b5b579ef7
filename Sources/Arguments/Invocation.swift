/// A command line understood: the verb, the flags in the order typed, and the operands.
public struct Invocation: Sendable, Equatable {
  /// What is wanted before anything else is looked at.
  public enum Request: Sendable, Equatable {
    /// To do what the verb says.
    case run
    /// Help about a verb, or about the whole program when `verb` is `nil`.
    case help(verb: String?, HelpDetail)
    /// The version of the program.
    case version
  }

  /// One flag as it was given once.
  public struct Occurrence: Sendable, Equatable {
    /// The long name of the flag, without dashes.
    public let flag: String
    /// The values given with it, as typed.
    public let values: [String]
    /// Whether it was given in its `--no-` form.
    public let isNegated: Bool
  }

  /// What is wanted; anything but `run` leaves `occurrences` and `operands` empty.
  public let request: Request
  /// The verb, the default one unless the first word named another.
  public let verb: String
  /// The flags in the order they were given.
  public let occurrences: [Occurrence]
  /// The words that belong to no flag, in order.
  public let operands: [String]
  /// The flags of the grammar by name.
  let flags: [String: Flag]

  init(
    request: Request, verb: String, occurrences: [Occurrence] = [], operands: [String] = [],
    flags: [Flag]
  ) {
    self.request = request
    self.verb = verb
    self.occurrences = occurrences
    self.operands = operands
    self.flags = Dictionary(flags.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The values of each occurrence of the flag, in the order given; empty when it is absent.
  ///
  /// - Precondition: the grammar has a flag of this name, and so for every other question here.
  public func values(of flag: String) -> [[String]] {
    occurrences(of: flag).map(\.values)
  }

  /// Whether the flag was given, in whichever form.
  public func isGiven(_ flag: String) -> Bool { !occurrences(of: flag).isEmpty }

  /// Whether the switch is on: as given, or as it is by default.
  public func isOn(_ flag: String) -> Bool {
    setting(of: flag) ?? definition(of: flag).isOnByDefault
  }

  /// What the switch was set to, or `nil` when it was not given.
  public func setting(of flag: String) -> Bool? {
    occurrences(of: flag).last.map { !$0.isNegated }
  }

  private func occurrences(of flag: String) -> [Occurrence] {
    let definition = definition(of: flag)
    return occurrences.filter { $0.flag == definition.name }
  }

  func definition(of flag: String) -> Flag {
    guard let definition = flags[flag] else {
      preconditionFailure("no flag \(flag) among \(flags.keys.sorted())")
    }
    return definition
  }
}
