import Spelling

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
