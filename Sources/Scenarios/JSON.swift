/// Where a value came from, for the sentence that complains about it.
public enum Origin: Equatable, Sendable {
  /// A place in a file or text, counted from 1; columns count characters.
  case file(name: String, line: Int, column: Int)
  /// A flag of the command line, such as `--kappa`.
  case flag(String)
  /// The program itself.
  case program
}

/// A JSON value that remembers where it was written.
///
/// Two values are equal when their contents are, wherever they were written.
public struct JSON: Equatable, Sendable {
  /// The contents of a JSON value.
  public indirect enum Content: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number; JSON knows only finite ones.
    case number(Double)
    /// A string.
    case string(String)
    /// A list of values.
    case array([JSON])
    /// Named values in the order in which they were written.
    case object([Member])
  }

  /// One named value of an object.
  public struct Member: Equatable, Sendable {
    /// The name.
    public var name: String
    /// Where the name was written.
    public var origin: Origin
    /// The value.
    public var value: JSON

    /// A named value.
    public init(_ name: String, _ value: JSON, origin: Origin = .program) {
      self.name = name
      self.value = value
      self.origin = origin
    }

    /// Whether names and values are equal.
    public static func == (left: Member, right: Member) -> Bool {
      left.name == right.name && left.value == right.value
    }
  }

  /// What the value is.
  public var content: Content
  /// Where it was written.
  public var origin: Origin

  /// A value with its origin.
  public init(_ content: Content, origin: Origin = .program) {
    self.content = content
    self.origin = origin
  }

  /// Whether the contents are equal.
  public static func == (left: JSON, right: JSON) -> Bool { left.content == right.content }

  /// The value `null`.
  public static let null = JSON(.null)
  /// A truth value.
  public static func boolean(_ value: Bool) -> JSON { JSON(.boolean(value)) }
  /// A number.
  public static func number(_ value: Double) -> JSON { JSON(.number(value)) }
  /// A string.
  public static func string(_ value: String) -> JSON { JSON(.string(value)) }
  /// A list.
  public static func array(_ values: [JSON]) -> JSON { JSON(.array(values)) }
  /// An object with members in the given order.
  public static func object(_ members: [(String, JSON)]) -> JSON {
    JSON(.object(members.map { Member($0.0, $0.1) }))
  }

  /// The value of the member with the given name, if this is an object that has one.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The list with the entry at a place replaced, deeper with more places; nil if there is none.
  func replacing(_ places: ArraySlice<Int>, with value: JSON) -> JSON? {
    guard let place = places.first else { return JSON(value.content, origin: value.origin) }
    guard case .array(var items) = content, items.indices.contains(place),
      let entry = items[place].replacing(places.dropFirst(), with: value)
    else { return nil }
    items[place] = entry
    return JSON(.array(items), origin: value.origin)
  }

  /// What kind of value this is, in words.
  public var kind: String {
    switch content {
    case .null: "null"
    case .boolean: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The number, if this is one.
  public var number: Double? {
    if case .number(let value) = content { value } else { nil }
  }

  /// The string, if this is one.
  public var string: String? {
    if case .string(let value) = content { value } else { nil }
  }
}
