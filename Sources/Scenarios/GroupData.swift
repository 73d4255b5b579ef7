import FiniteGroups

/// Pairs of elements of a finite group, to be composed: x and y are given, xy is the class.
///
/// Of all pairs, a part chosen at random is for training and the rest for validation. Rows of dense
/// networks have the two elements one-hot side by side.
///
/// - Source: Chughtai, Chan & Nanda 2023, arXiv:2302.03025.
public struct GroupData: PlainSection {
  /// The group.
  public var group = GroupFamily.symmetric(5)
  /// The part of all pairs that is for training.
  public var fraction = 0.5

  /// The defaults.
  public init() {}

  /// Number of inputs: a place for each element, twice.
  public var inputs: Int { 2 * group.order }
  /// Number of outputs: a class for each element.
  public var outputs: Int { group.order }
  /// Number of pairs; infinite where it has more digits than a whole number can.
  private var pairs: Double { Double(group.order) * Double(group.order) }
  /// Number of training pairs.
  public var samples: Int { Int(min(1e18, (fraction * pairs).rounded(.down))) }
  /// Number of validation pairs.
  public var testSamples: Int { Int(min(1e18, pairs)) - samples }

  /// The keys.
  public static let fields: [Field<GroupData>] = [
    Field("group", \.group, "the group, such as S5, A5, C12 or D6"),
    Field(
      "fraction", \.fraction, Condition("above 0, below 1") { $0 > 0 && $0 < 1 },
      "part of all pairs that is for training"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard samples >= 1, testSamples >= 1 else {
      throw ScenarioError(
        key: path + ".fraction",
        problem: "\(path).fraction is \(fraction.json.brief), of the \(Int(pairs)) pairs of "
          + "\(group.name) that leaves none for \(samples < 1 ? "training" : "validation")",
        remedy: "choose a larger group, or another part")
    }
  }
}

extension GroupFamily: ScenarioValue {
  /// Words for the name of a group.
  public static var accepts: String {
    "the name of a group: S, A, C or D with a number, such as \"S5\""
  }

  /// The group of a name.
  public init?(json: JSON) {
    guard let name = json.string else { return nil }
    self.init(name: name)
  }

  /// The name.
  public var json: JSON { .string(name) }
}
