/// The kinds of data.
public enum DataSection: KindedSection {
  /// A linear model with a chosen spectrum.
  case linearModel(LinearModel)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: DataSection)] = [
    ("linear-model", .linearModel(LinearModel()))
  ]

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .linearModel(let section): section
    }
  }

  /// Data of the same kind.
  public func with(_ contents: any PlainSection) -> DataSection {
    switch contents {
    case let section as LinearModel: .linearModel(section)
    default: self
    }
  }
}
