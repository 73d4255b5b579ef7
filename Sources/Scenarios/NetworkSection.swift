/// The kinds of network.
public enum NetworkSection: KindedSection {
  /// A linear network.
  case linear(LinearNetworkSection)
  /// A dense network.
  case dense(DenseNetworkSection)
  /// A network that composes elements of a group.
  case composition(CompositionNetworkSection)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: NetworkSection)] = [
    ("linear", .linear(LinearNetworkSection())),
    ("dense", .dense(DenseNetworkSection())),
    ("composition", .composition(CompositionNetworkSection())),
  ]

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .linear(let section): section
    case .dense(let section): section
    case .composition(let section): section
    }
  }

  /// A network of the same kind.
  public func with(_ contents: any PlainSection) -> NetworkSection {
    switch contents {
    case let section as LinearNetworkSection: .linear(section)
    case let section as DenseNetworkSection: .dense(section)
    case let section as CompositionNetworkSection: .composition(section)
    default: self
    }
  }
}
