import Foundation

/// Values along an axis: a list, or a rule that makes one.
///
/// `geom:A:B:N` are N numbers from A to B with a constant ratio, `linear:A:B:N` with a constant
/// difference, `A..B` the whole numbers from A to B. Ends are exact.
public struct AxisValues: ScenarioValue {
  /// The values, in order.
  public let values: [JSON]
  /// How they were written.
  public let json: JSON

  /// Words for the accepted values.
  public static var accepts: String {
    "a list, \"geom:A:B:N\", \"linear:A:B:N\" or \"A..B\" with whole numbers"
  }

  /// A list of at least one value, or a rule.
  public init?(json: JSON) {
    switch json.content {
    case .array(let items) where !items.isEmpty: values = items
    case .number: values = [json]
    case .string(let rule):
      guard let numbers = Self.numbers(of: rule) else { return nil }
      values = numbers.map { JSON(.number($0), origin: json.origin) }
    default: return nil
    }
    self.json = json
  }

  /// A rule that is known to be one.
  init(rule: String, numbers: [Double]) {
    json = .string(rule)
    values = numbers.map(JSON.number)
  }

  /// Evenly spaced by ratio.
  public static func geometric(from first: Double, to last: Double, count: Int) -> AxisValues {
    AxisValues(
      rule: "geom:\(JSON.text(of: first)):\(JSON.text(of: last)):\(count)",
      numbers: spaced(first, last, count, geometric: true))
  }

  /// The values as numbers; nil if one of them is none.
  public var numbers: [Double]? {
    let numbers = values.compactMap(\.number)
    return numbers.count == values.count ? numbers : nil
  }

  private static func numbers(of rule: String) -> [Double]? {
    let range = rule.components(separatedBy: "..")
    if range.count == 2, let first = Int(range[0]), let last = Int(range[1]), first <= last,
      last - first < 1_000_000
    {
      return (first...last).map(Double.init)
    }
    let parts = rule.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, ["geom", "linear"].contains(parts[0]), let first = Double(parts[1]),
      let last = Double(parts[2]), let count = Int(parts[3]), first.isFinite, last.isFinite,
      (2...1_000_000).contains(count)
    else { return nil }
    let isGeometric = parts[0] == "geom"
    guard !isGeometric || (first > 0 && last > 0) || (first < 0 && last < 0) else { return nil }
    return spaced(first, last, count, geometric: isGeometric)
  }

  private static func spaced(
    _ first: Double, _ last: Double, _ count: Int, geometric: Bool
  ) -> [Double] {
    (0..<count).map { i in
      let fraction = Double(i) / Double(count - 1)
      if i == 0 { return first }
      if i == count - 1 { return last }
      return geometric ? first * pow(last / first, fraction) : first + (last - first) * fraction
    }
  }
}

extension Condition where Value == AxisValues {
  /// Numbers that ascend, none below 0.
  static var ascending: Condition {
    Condition("numbers that ascend from at least 0") { axis in
      guard let numbers = axis.numbers else { return false }
      return (numbers.first ?? -1) >= 0 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    }
  }
}
