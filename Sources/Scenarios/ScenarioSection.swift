import Spelling

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
