/// What numbers must be that are read off curves, and where that comes from.
///
/// There is one number for each curve and run, runs in the order of the sweep; `for` selects runs.
public struct Claim: PlainSection {
  /// Names of the curves, such as `risk`, `mode_strength[1]` or `theory.aligned_modes.risk`.
  public var curves = ["risk"]
  /// The runs.
  public var selection = Selection()
  /// What the places count.
  public var abscissa = Abscissa.iteration
  /// Whether the curves of all seeds are averaged first.
  public var averages = false
  /// Whether the claim is about where instead of how much.
  public var reads = Reads.value
  /// What every number must be.
  public var equals: Double?
  /// How far it may be off; the place too, where it is given.
  public var tolerance = 0.0
  /// How many standard deviations of the numbers their mean may be off, or of the averaged curves
  /// the value of their mean.
  public var deviations: Double?
  /// What every number must reach.
  public var atLeast: Double?
  /// What no number may exceed.
  public var atMost: Double?
  /// Where it must be.
  public var position: Double?
  /// How far the place may be off.
  public var positionTolerance = 0.0
  /// How the numbers must follow one another.
  public var order: Order?
  /// What the second number must be, divided by the first; one after another.
  public var ratio: Double?
  /// The exponent with which the numbers must go with the values of an axis.
  public var exponent: Double?
  /// The axis.
  public var along = ""
  /// Where the expectation comes from.
  public var source = ""

  /// The defaults.
  public init() {}

  /// What the places of a curve count.
  public enum Abscissa: String, ScenarioChoice {
    /// Steps.
    case iteration
    /// Time, the sum of the rates.
    case time
  }

  /// What a claim is about.
  public enum Reads: String, ScenarioChoice {
    /// How much.
    case value
    /// Where.
    case position
  }

  /// How numbers follow one another.
  public enum Order: String, ScenarioChoice {
    /// Each is larger than the one before.
    case rising
    /// Each is smaller than the one before.
    case falling
  }

  /// The keys.
  public static let fields: [Field<Claim>] = [
    Field("of", \.curves, Condition("at least one") { !$0.isEmpty }, "the curve or curves"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("over", \.abscissa, "what places count: steps or time"),
    Field("average", \.averages, "average the curves of all seeds first"),
    Field("reads", \.reads, "whether the claim is about how much, or where"),
    Field("equals", \.equals, "what every number must be"),
    Field("tolerance", \.tolerance, .notNegative, "how far a number may be off"),
    Field(
      "deviations", \.deviations, .positive,
      "the mean of the numbers may be off by so many of their standard deviations"),
    Field("at_least", \.atLeast, "what every number must reach"),
    Field("at_most", \.atMost, "what no number may exceed"),
    Field("position", \.position, "where it must be"),
    Field(
      "position_tolerance", \.positionTolerance, .notNegative, "how far a place may be off"),
    Field("order", \.order, "how the numbers follow one another"),
    Field("ratio", \.ratio, "every number but the first, divided by the one before"),
    Field("exponent", \.exponent, "exponent of the numbers in the values along an axis"),
    Field("along", \.along, "the axis of the exponent or the range"),
    Field("from", \.source, "where the expectation comes from"),
  ]

  /// The keys inside the section of a measure.
  ///
  /// - Parameter names: the keys that the measure has; nil for all.
  static func fields<Root>(
    at place: WritableKeyPath<Root, Claim> & Sendable, _ names: [String]? = nil
  ) -> [Field<Root>] {
    fields.filter { names?.contains($0.name) ?? true }.map { $0.inside(place) }
  }

  /// Checks what no key can check alone.
  func validate(path: String, axes: [String]) throws {
    guard !source.isEmpty else {
      throw ScenarioError(
        key: path + ".from", problem: "\(path) does not say where its number comes from",
        remedy: "set from to a paper, a formula or a derivation")
    }
    guard exponent == nil || axes.contains(along) else {
      throw ScenarioError(
        key: path + ".along", problem: "\(path) has an exponent along \"\(along)\"",
        remedy: "set along to one of \(axes.joined(separator: ", "))")
    }
  }

  /// Checks that something is claimed.
  func requireStatement(path: String, kind: String) throws {
    guard equals ?? atLeast ?? atMost ?? position ?? ratio ?? exponent == nil, order == nil else {
      return
    }
    throw ScenarioError(
      key: path, problem: "\(path) reads a \(kind) and claims nothing about it",
      remedy: "set equals, at_least, at_most, position, order, ratio or exponent")
  }
}

/// Runs of a sweep, by some of their coordinates.
public struct Selection: ScenarioValue {
  /// Coordinates by the name of the axis.
  public var values: [(name: String, value: JSON)] = []

  /// All runs.
  public init() {}

  /// Words for the accepted values.
  public static var accepts: String { "an object of axes and values" }

  /// An object.
  public init?(json: JSON) {
    guard case .object(let members) = json.content else { return nil }
    values = members.map { ($0.name, $0.value) }
  }

  /// The object.
  public var json: JSON { .object(values.map { ($0.name, $0.value) }) }

  /// Whether both select the same.
  public static func == (left: Selection, right: Selection) -> Bool { left.json == right.json }

  /// Whether a run has these coordinates; numbers may differ by rounding.
  public func contains(_ member: SweepMember) -> Bool {
    values.allSatisfy { name, value in
      guard let coordinate = member.coordinate(name) else { return false }
      if let wanted = value.number, let found = coordinate.value.number {
        return abs(wanted - found) <= 1e-9 * max(abs(wanted), abs(found))
      }
      return coordinate.value == value
    }
  }
}

/// A place along a curve.
public enum Place: ScenarioValue {
  /// The first.
  case start
  /// The last.
  case end
  /// A number of steps, or a time.
  case at(Double)

  /// Words for the accepted values.
  public static var accepts: String { "\"start\", \"end\" or a number" }

  /// A word or a number.
  public init?(json: JSON) {
    switch json.content {
    case .string("start"): self = .start
    case .string("end"): self = .end
    case .number(let place): self = .at(place)
    default: return nil
    }
  }

  /// The word or number.
  public var json: JSON {
    switch self {
    case .start: .string("start")
    case .end: .string("end")
    case .at(let place): .number(place)
    }
  }
}
