import Spelling

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

/// A key as documentation shows it.
public struct KeyDescription: Equatable, Sendable {
  /// Full name, such as `data.kappa`.
  public var path: String
  /// The kind of section that it belongs to, if the section has kinds.
  public var kind: String?
  /// What it accepts, in words.
  public var accepts: String
  /// The words that it accepts, if it accepts words.
  public var choices: [String] = []
  /// The default as compact JSON.
  public var byDefault: String
  /// What it means, one line.
  public var summary: String
}

/// A part of a scenario that is an object in JSON.
public protocol ScenarioSection: Equatable, Sendable {
  /// Sets every key that the object names, leaving the others as they are.
  ///
  /// - Throws: ``ScenarioError`` for an unknown key or a value that the key does not accept.
  mutating func apply(_ json: JSON, path: String) throws
  /// The section with every key, defaults included.
  var json: JSON { get }
  /// The section with every key at its default.
  static var byDefault: Self { get }
  /// All keys of the section, for documentation.
  static func keys(under path: String) -> [KeyDescription]
}

/// A section with one fixed set of keys.
public protocol PlainSection: ScenarioSection {
  /// The section with every key at its default.
  init()
  /// The keys.
  static var fields: [Field<Self>] { get }
  /// What the section names that lies outside of the scenario: files, or datasets in files.
  var files: [String] { get }
}

extension PlainSection {
  /// None.
  public var files: [String] { [] }

  /// The section with every key at its default.
  public static var byDefault: Self { Self() }

  /// Sets every key that the object names.
  public mutating func apply(_ json: JSON, path: String) throws {
    for member in try json.members(of: path) {
      let full = path.isEmpty ? member.name : path + "." + member.name
      guard let field = Self.fields.first(where: { $0.name == member.name }) else {
        throw ScenarioError.unknown(
          member.name, at: full, among: Self.fields.map(\.name), in: path, origin: member.origin)
      }
      try field.read(member.value, full, &self)
    }
  }

  /// The section with every key.
  public var json: JSON { .object(Self.fields.map { ($0.name, $0.write(self)) }) }

  /// All keys of the section and of the sections inside it.
  public static func keys(under path: String) -> [KeyDescription] {
    let defaults = Self()
    return fields.flatMap { field -> [KeyDescription] in
      let inner = field.inner()
      let full = path.isEmpty ? field.name : path + "." + field.name
      guard inner.isEmpty else { return inner }
      return [
        KeyDescription(
          path: full, kind: nil, accepts: field.accepts, choices: field.choices,
          byDefault: field.write(defaults).compactText, summary: field.summary)
      ]
    }
  }
}

/// A section whose keys depend on its `kind`.
public protocol KindedSection: ScenarioSection {
  /// The kinds by name, each with every key at its default; the first is the default kind.
  static var kinds: [(name: String, section: Self)] { get }
  /// What is particular to the kind.
  var contents: any PlainSection { get }
  /// The name of the kind.
  var kind: String { get }
  /// The section of the same kind with other contents.
  func with(_ contents: any PlainSection) -> Self
}

extension KindedSection {
  /// The default kind with every key at its default.
  public static var byDefault: Self { kinds[0].section }

  /// The name of the kind.
  public var kind: String {
    Self.kinds.first { type(of: $0.section.contents) == type(of: contents) }?.name ?? ""
  }

  /// Sets the kind, if it is named, and every other key.
  public mutating func apply(_ json: JSON, path: String) throws {
    var members = try json.members(of: path)
    if let index = members.firstIndex(where: { $0.name == "kind" }) {
      let chosen = members.remove(at: index).value
      let names = Self.kinds.map(\.name)
      guard let name = chosen.string, let found = Self.kinds.first(where: { $0.name == name })
      else {
        let near = chosen.string.flatMap { nearest(to: $0, in: names) }
        throw ScenarioError(
          key: path + ".kind", problem: "\(path).kind is \(chosen.brief)",
          remedy: near.map { "did you mean \"\($0)\"?" }
            ?? "it must be one of \(names.joined(separator: ", "))", origin: chosen.origin)
      }
      if found.name != kind { self = found.section }
    }
    var contents = contents
    try contents.apply(JSON(.object(members), origin: json.origin), path: path)
    self = with(contents)
  }

  /// The kind and every key.
  public var json: JSON {
    guard case .object(let members) = contents.json.content else { return .null }
    return JSON(.object([JSON.Member("kind", .string(kind))] + members))
  }

  /// The keys of every kind.
  public static func keys(under path: String) -> [KeyDescription] {
    let names = kinds.map(\.name)
    let kindKey = KeyDescription(
      path: path + ".kind", kind: nil, accepts: names.joined(separator: ", "), choices: names,
      byDefault: JSON.string(names.first ?? "").compactText, summary: "which kind of \(path)")
    return [kindKey]
      + kinds.flatMap { name, section in
        type(of: section.contents).keys(under: path).map { key in
          var key = key
          key.kind = name
          return key
        }
      }
  }
}

extension JSON {
  /// The members of an object that stands at a path.
  func members(of path: String) throws -> [Member] {
    guard case .object(let members) = content else {
      let name = path.isEmpty ? "The scenario" : path
      throw ScenarioError(
        key: path, problem: "\(name) is \(brief)",
        remedy: "it must be an object of keys and values", origin: origin)
    }
    return members
  }

  /// The value for a sentence: itself if it is short, otherwise its kind.
  var brief: String {
    let text = compactText
    return text.count <= 60 ? text : kind
  }
}

extension ScenarioError {
  /// The error for a key that a section does not have.
  static func unknown(
    _ name: String, at full: String, among names: [String], in path: String, origin: Origin
  ) -> ScenarioError {
    let remedy =
      nearest(to: name, in: names).map { "did you mean \($0)?" }
      ?? "it must be one of \(names.joined(separator: ", "))"
    return ScenarioError(
      key: full, problem: "There is no key \(full)", remedy: remedy, origin: origin)
  }
}
