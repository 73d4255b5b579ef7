/// The kinds of network.
public enum NetworkSection: KindedSection {
  /// A linear network.
  case linear(LinearNetworkSection)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: NetworkSection)] = [
    ("linear", .linear(LinearNetworkSection()))
  ]

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .linear(let section): section
    }
  }

  /// A network of the same kind.
  public func with(_ contents: any PlainSection) -> NetworkSection {
    switch contents {
    case let section as LinearNetworkSection: .linear(section)
    default: self
    }
  }
}
