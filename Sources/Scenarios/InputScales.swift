/// Standard deviations of the inputs before their spectrum is shaped.
public enum InputScales: ScenarioValue {
  /// The same for every input.
  case uniform(Double)
  /// One for each input.
  case each([Double])
  /// Geometrically spaced over the scale range.
  case geometric
  /// 1 for the first half of the inputs, 0.01 for the rest.
  case halves

  /// The words.
  public static var choices: [String] { ["geo", "halves"] }

  /// Words for the accepted values.
  public static var accepts: String {
    "a number greater than 0, a list of them, \"geo\" or \"halves\""
  }

  /// A number, a list or a word.
  public init?(json: JSON) {
    switch json.content {
    case .number(let scale) where scale > 0: self = .uniform(scale)
    case .string("geo"), .string("geometric"): self = .geometric
    case .string("halves"): self = .halves
    case .array:
      guard let scales = [Double](json: json), !scales.isEmpty, scales.allSatisfy({ $0 > 0 })
      else { return nil }
      self = .each(scales)
    default: return nil
    }
  }

  /// The number, list or word.
  public var json: JSON {
    switch self {
    case .uniform(let scale): .number(scale)
    case .each(let scales): scales.json
    case .geometric: .string("geo")
    case .halves: .string("halves")
    }
  }
}
