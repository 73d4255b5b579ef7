/// A value that a key of a scenario can hold.
public protocol ScenarioValue: Equatable, Sendable {
  /// What the key accepts, in words, such as `a whole number`.
  static var accepts: String { get }
  /// The words that the key accepts, if it accepts words.
  static var choices: [String] { get }
  /// The value that JSON stands for, or nil if it stands for none.
  init?(json: JSON)
  /// The value as JSON.
  var json: JSON { get }
}

extension ScenarioValue {
  /// No words.
  public static var choices: [String] { [] }
}

/// A condition on a value, in code and in words.
public struct Condition<Value>: Sendable {
  let words: String
  let allows: @Sendable (Value) -> Bool

  /// A condition that reads as "it must be …".
  public init(_ words: String, allows: @escaping @Sendable (Value) -> Bool) {
    self.words = words
    self.allows = allows
  }
}

/// One key of a section of a scenario: its name, what it accepts, its meaning, how to read it.
///
/// Flags, `--set`, sweeps, scenario files and the documentation all refer to these.
public struct Field<Root>: Sendable {
  /// The key's own name, without the section.
  public let name: String
  /// What the key means, one line.
  public let summary: String
  /// What the key accepts, in words.
  public let accepts: String
  /// The words that the key accepts, if it accepts words.
  public let choices: [String]
  /// Keys below this one, if it is a section; by kind where the section has kinds.
  public let inner: @Sendable () -> [KeyDescription]

  let read: @Sendable (JSON, _ path: String, inout Root) throws -> Void
  let write: @Sendable (Root) -> JSON

  /// A key that holds a single value of whatever its type accepts.
  public init<Value: ScenarioValue>(
    _ name: String, _ place: WritableKeyPath<Root, Value> & Sendable, _ summary: String
  ) {
    self.init(name, place, nil, summary)
  }

  /// A key that holds a single value, under a condition.
  public init<Value: ScenarioValue>(
    _ name: String, _ place: WritableKeyPath<Root, Value> & Sendable,
    _ condition: Condition<Value>?, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    let accepts = [Value.accepts, condition?.words].compactMap(\.self).joined(separator: ", ")
    self.accepts = accepts
    choices = Value.choices
    inner = { [] }
    read = { json, path, root in
      guard let value = Value(json: json) else {
        throw ScenarioError(
          key: path, problem: "\(path) is \(json.brief)", remedy: "it must be \(accepts)",
          origin: json.origin)
      }
      if let condition, !condition.allows(value) {
        throw ScenarioError(
          key: path, problem: "\(path) is \(json.brief)", remedy: "it must be \(accepts)",
          origin: json.origin)
      }
      root[keyPath: place] = value
    }
    write = { $0[keyPath: place].json }
  }

  /// A key that holds a section of its own.
  public init<Value: ScenarioSection>(
    section name: String, _ place: WritableKeyPath<Root, Value> & Sendable, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    accepts = "an object"
    choices = []
    inner = { Value.keys(under: name) }
    read = { json, path, root in try root[keyPath: place].apply(json, path: path) }
    write = { $0[keyPath: place].json }
  }

  /// The same key in a section that contains this one without a name of its own for it.
  func inside<Outer>(_ place: WritableKeyPath<Outer, Root> & Sendable) -> Field<Outer> {
    Field<Outer>(
      name: name, summary: summary, accepts: accepts, choices: choices, inner: inner,
      read: { [read] json, path, outer in try read(json, path, &outer[keyPath: place]) },
      write: { [write] in write($0[keyPath: place]) })
  }

  private init(
    name: String, summary: String, accepts: String, choices: [String],
    inner: @escaping @Sendable () -> [KeyDescription],
    read: @escaping @Sendable (JSON, _ path: String, inout Root) throws -> Void,
    write: @escaping @Sendable (Root) -> JSON
  ) {
    (self.name, self.summary, self.accepts) = (name, summary, accepts)
    (self.choices, self.inner) = (choices, inner)
    (self.read, self.write) = (read, write)
  }

  /// A key that holds a list of sections.
  public init<Value: ScenarioSection>(
    list name: String, _ place: WritableKeyPath<Root, [Value]> & Sendable, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    accepts = "a list of objects"
    choices = []
    inner = { Value.keys(under: name + "[]") }
    read = { json, path, root in
      guard case .array(let items) = json.content else {
        throw ScenarioError(
          key: path, problem: "\(path) is \(json.brief)", remedy: "it must be a list of objects",
          origin: json.origin)
      }
      root[keyPath: place] = try items.enumerated().map { index, item in
        var section = Value.byDefault
        try section.apply(item, path: "\(path)[\(index + 1)]")
        return section
      }
    }
    write = { .array($0[keyPath: place].map(\.json)) }
  }
}
