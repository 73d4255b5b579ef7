import Foundation

/// What is recorded of a run, and when.
public struct RecordSection: PlainSection {
  /// The recorded iterations.
  public var schedule = RecordingSchedule.geometric(700)
  /// Quantities recorded beyond the usual ones.
  public var extra: [String] = []
  /// Whether the spectrum of the parameter Jacobian is recorded.
  public var hasJacobian = false
  /// How errors on the test set count in the risk.
  public var riskLoss = RiskLoss.squared

  /// The defaults.
  public init() {}

  /// Names of all quantities that are recorded beyond the usual ones.
  public var requested: [String] { extra + (hasJacobian ? ["ntk_spectrum", "layer_share"] : []) }

  /// The keys.
  public static let fields: [Field<RecordSection>] = [
    Field("schedule", \.schedule, "iterations: geom:N, every:N, all or none"),
    Field("save", \.extra, "quantities beyond the usual, see --help"),
    Field("jacobian", \.hasJacobian, "spectrum and layer shares of the Jacobian"),
    Field("risk_loss", \.riskLoss, "test errors squared (L2, MSE) or absolute (L1)"),
  ]

  /// How test errors count.
  public enum RiskLoss: String, ScenarioChoice {
    /// Squares of the errors.
    case squared = "L2"
    /// The same under its other name.
    case meanSquared = "MSE"
    /// Absolute values of the errors.
    case absolute = "L1"
  }
}

/// Which iterations of a run are recorded.
public enum RecordingSchedule: ScenarioValue {
  /// Geometrically spaced: {0, T} ∪ {⌊T^(i/(N−1))⌋, i = 0…N−1}.
  case geometric(Int)
  /// Every N-th, and the last.
  case every(Int)
  /// Every one.
  case all
  /// Only the start and the end.
  case none

  /// Words for the accepted values.
  public static var accepts: String {
    "\"geom:N\" with N ≥ 2, \"every:N\" with N ≥ 1, \"all\" or \"none\""
  }

  /// The schedule that a word stands for.
  public init?(json: JSON) {
    guard let text = json.string else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts.first, parts.count) {
    case ("all", 1): self = .all
    case ("none", 1): self = .none
    case ("geom", 2):
      guard let count = Int(parts[1]), count >= 2 else { return nil }
      self = .geometric(count)
    case ("every", 2):
      guard let interval = Int(parts[1]), interval >= 1 else { return nil }
      self = .every(interval)
    default: return nil
    }
  }

  /// The word.
  public var json: JSON {
    switch self {
    case .geometric(let count): .string("geom:\(count)")
    case .every(let interval): .string("every:\(interval)")
    case .all: .string("all")
    case .none: .string("none")
    }
  }

  /// The recorded iterations of a run of `last` steps, ascending, first 0 and last `last`.
  public func iterations(through last: Int) -> [Int] {
    switch self {
    case .all: return Array(0...last)
    case .none: return last == 0 ? [0] : [0, last]
    case .every(let interval):
      let regular = Array(stride(from: 0, through: last, by: interval))
      return regular.last == last ? regular : regular + [last]
    case .geometric(let count):
      var chosen: Set<Int> = [0, last]
      for i in 0..<count where last > 0 {
        // The power of an exact integer root may round to just below the integer: by half an ulp
        // of the exponent times log T, which is below 1e-14 for every T.
        let power = pow(Double(last), Double(i) / Double(count - 1))
        let nearest = power.rounded()
        let whole = abs(nearest - power) <= 1e-14 * power ? nearest : power.rounded(.down)
        chosen.insert(min(last, Int(whole)))
      }
      return chosen.sorted()
    }
  }
}
