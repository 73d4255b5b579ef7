import Foundation

/// What can be wrong with a group that is asked for.
public enum GroupError: Error, Equatable, CustomStringConvertible {
  /// There is no group of this name.
  case unknown(String)
  /// The group has too many elements for its tables.
  case tooLarge(name: String, order: Double, bytes: Double, available: Double)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknown(let name):
      "There is no group '\(name)': give S or A with a number up to 20, or C or D with one, such as S5 "
        + "(symmetric), A5 (alternating), C12 (cyclic) or D6 (dihedral, of 12 elements)."
    case .tooLarge(let name, let order, let bytes, let available):
      "\(name) has \(Self.brief(order)) elements, whose tables need "
        + "\(Self.brief(bytes / 1e9)) GB of memory where \(Self.brief(available / 1e9)) GB are "
        + "there: choose a smaller group."
    }
  }

  /// A number without an exponent while it is short.
  private static func brief(_ value: Double) -> String {
    value < 1e6 && value == value.rounded() ? "\(Int(value))" : String(format: "%.3g", value)
  }
}
