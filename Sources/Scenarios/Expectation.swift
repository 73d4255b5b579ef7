/// What a scenario must show: a number that is read off its curves, and what it must be.
///
/// Each kind reads numbers off the curves `of` every run that `for` selects; the ``Claim`` says what
/// they must be.
public enum Expectation: KindedSection {
  /// The value of a curve at a place.
  case value(ValueMeasure)
  /// A turn from falling to rising.
  case minimum(TurnMeasure)
  /// A turn from rising to falling.
  case maximum(TurnMeasure)
  /// The smallest value.
  case least(WindowMeasure)
  /// The largest value.
  case largest(WindowMeasure)
  /// Smallest and largest value in a window, which both must be what is claimed.
  case plateau(WindowMeasure)
  /// How many minima there are.
  case minima(CountMeasure)
  /// How many maxima there are.
  case maxima(CountMeasure)
  /// The place where a curve first passes a level.
  case passing(PassingMeasure)
  /// How steep a curve is.
  case slope(SlopeMeasure)
  /// The largest difference from another curve.
  case gap(GapMeasure)
  /// The ranges of a swept value in which a curve falls, rises and falls again.
  case doubleDescent(RangeMeasure)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: Expectation)] = [
    ("value", .value(ValueMeasure())), ("minimum", .minimum(TurnMeasure())),
    ("maximum", .maximum(TurnMeasure(isMinimum: false))), ("least", .least(WindowMeasure())),
    ("largest", .largest(WindowMeasure())), ("plateau", .plateau(WindowMeasure())),
    ("minima", .minima(CountMeasure())), ("maxima", .maxima(CountMeasure())),
    ("passing", .passing(PassingMeasure())), ("slope", .slope(SlopeMeasure())),
    ("gap", .gap(GapMeasure())), ("double-descent", .doubleDescent(RangeMeasure())),
  ]

  /// The name of the kind.
  public var kind: String {
    switch self {
    case .value: "value"
    case .minimum: "minimum"
    case .maximum: "maximum"
    case .least: "least"
    case .largest: "largest"
    case .plateau: "plateau"
    case .minima: "minima"
    case .maxima: "maxima"
    case .passing: "passing"
    case .slope: "slope"
    case .gap: "gap"
    case .doubleDescent: "double-descent"
    }
  }

  /// What is particular to the kind.
  public var contents: any PlainSection { measure }

  /// What is read off, with its claim.
  public var measure: any Measure {
    switch self {
    case .value(let measure): measure
    case .minimum(let measure), .maximum(let measure): measure
    case .least(let measure), .largest(let measure), .plateau(let measure): measure
    case .minima(let measure), .maxima(let measure): measure
    case .passing(let measure): measure
    case .slope(let measure): measure
    case .gap(let measure): measure
    case .doubleDescent(let measure): measure
    }
  }

  /// What the numbers must be.
  public var claim: Claim { measure.claim }

  /// An expectation of the same kind.
  public func with(_ contents: any PlainSection) -> Expectation {
    switch (self, contents) {
    case (.value, let measure as ValueMeasure): .value(measure)
    case (.minimum, let measure as TurnMeasure): .minimum(measure)
    case (.maximum, let measure as TurnMeasure): .maximum(measure)
    case (.least, let measure as WindowMeasure): .least(measure)
    case (.largest, let measure as WindowMeasure): .largest(measure)
    case (.plateau, let measure as WindowMeasure): .plateau(measure)
    case (.minima, let measure as CountMeasure): .minima(measure)
    case (.maxima, let measure as CountMeasure): .maxima(measure)
    case (.passing, let measure as PassingMeasure): .passing(measure)
    case (.slope, let measure as SlopeMeasure): .slope(measure)
    case (.gap, let measure as GapMeasure): .gap(measure)
    case (.doubleDescent, let measure as RangeMeasure): .doubleDescent(measure)
    default: self
    }
  }

  /// Checks what no key can check alone.
  func validate(path: String, sweep: SweepSection) throws {
    let names = sweep.axes.map(\.coordinate) + (sweep.seeds == nil ? [] : ["seed"])
    try claim.validate(path: path, axes: names)
    for (name, _) in claim.selection.values where !names.contains(name) {
      throw ScenarioError.unknown(
        name, at: path + ".for." + name, among: names, in: path, origin: .program)
    }
    if case .doubleDescent(let measure) = self {
      guard names.contains(claim.along) else {
        throw ScenarioError(
          key: path + ".along", problem: "\(path) has no axis \"\(claim.along)\" to range over",
          remedy: "set along to one of \(names.joined(separator: ", "))")
      }
      guard measure.ranges.allSatisfy({ $0.count == 2 && $0[0] <= $0[1] }) else {
        throw ScenarioError(
          key: path + ".ranges", problem: "\(path).ranges is \(measure.ranges.json.brief)",
          remedy: "give a list of pairs [from, to]")
      }
    } else {
      try claim.requireStatement(path: path, kind: kind)
    }
  }
}

/// Something that is read off curves, with what it must be.
public protocol Measure: PlainSection {
  /// What the numbers must be.
  var claim: Claim { get set }
}

/// The value of a curve at a place.
public struct ValueMeasure: Measure {
  /// Where.
  public var place = Place.end
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [
      Field<ValueMeasure>(
        "at", \.place, "where: start, end or a number; between points it is interpolated")
    ] + Claim.fields(at: \ValueMeasure.claim)
}

/// A turn of a curve.
public struct TurnMeasure: Measure {
  let isMinimum: Bool
  /// Which of them, from 1.
  public var number = 1
  /// How far the curve must move away from a turn, relative to its range.
  public var prominence = 1e-3
  /// What it must be.
  public var claim = Claim()

  /// A minimum.
  public init() { self.init(isMinimum: true) }

  init(isMinimum: Bool) { self.isMinimum = isMinimum }

  /// The keys.
  public static let fields =
    [
      Field<TurnMeasure>("number", \.number, .atLeast(1), "which of them, counted from 1"),
      Field<TurnMeasure>("prominence", \.prominence, .positive, prominenceSummary),
    ] + Claim.fields(at: \TurnMeasure.claim)
}

private let prominenceSummary =
  "how far the curve moves away from a turn that counts, relative to its range"

/// A part of a curve.
public struct WindowMeasure: Measure {
  /// First and last place; empty for all.
  public var window: [Double] = []
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [Field<WindowMeasure>("window", \.window, .window, windowSummary)]
    + Claim.fields(at: \WindowMeasure.claim)
}

private let windowSummary = "first and last place that count; empty for the whole curve"

extension Condition where Value == [Double] {
  /// Nothing, or two numbers in order.
  static var window: Condition {
    Condition("two numbers that ascend, or none") {
      $0.isEmpty || $0.count == 2 && $0[0] <= $0[1]
    }
  }
}

/// A number of turns.
public struct CountMeasure: Measure {
  /// How far the curve must move away from a turn, relative to its range.
  public var prominence = 1e-3
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [Field<CountMeasure>("prominence", \.prominence, .positive, prominenceSummary)]
    + Claim.fields(at: \CountMeasure.claim)
}

/// The place where a curve passes a level.
public struct PassingMeasure: Measure {
  /// The level; nil for a fraction of the way.
  public var level: Double?
  /// Fraction of the way from 0 to the last value.
  public var fraction = 0.5
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [
      Field<PassingMeasure>("level", \.level, "the level; null: fraction of the last value"),
      Field<PassingMeasure>("fraction", \.fraction, "the level, as a fraction of the last value"),
    ] + Claim.fields(at: \PassingMeasure.claim)
}

/// How steep a curve is between two places.
public struct SlopeMeasure: Measure {
  /// First and last place; empty for all.
  public var window: [Double] = []
  /// Of what it is the slope.
  public var scale = Scale.linear
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// Of what it is the slope.
  public enum Scale: String, ScenarioChoice {
    /// The values over the places.
    case linear
    /// Logarithm over logarithm: an exponent.
    case powers
    /// Logarithm of the values over the places: a rate.
    case exponential
  }

  /// The keys.
  public static let fields =
    [
      Field<SlopeMeasure>("window", \.window, .window, windowSummary),
      Field<SlopeMeasure>(
        "scale", \.scale, "linear; powers: the exponent; exponential: the rate of the logarithm"),
    ] + Claim.fields(at: \SlopeMeasure.claim)
}

/// The largest difference between two curves.
public struct GapMeasure: Measure {
  /// The other curve; empty for the same curve of another run.
  public var other = ""
  /// The run of the other curve, by coordinates that replace those of the first.
  public var otherRun = Selection()
  /// Whether the difference is divided by the largest value of the other curve.
  public var isRelative = false
  /// First and last place; empty for all.
  public var window: [Double] = []
  /// What it must be.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [
      Field<GapMeasure>("against", \.other, "the other curve; empty: the same curve"),
      Field<GapMeasure>(
        "against_for", \.otherRun, "run of the other curve, where its coordinates differ"),
      Field<GapMeasure>("relative", \.isRelative, "in units of the other curve's largest value"),
      Field<GapMeasure>("window", \.window, .window, windowSummary),
    ] + Claim.fields(at: \GapMeasure.claim)
}

/// The ranges along an axis in which there is double descent.
public struct RangeMeasure: Measure {
  /// First and last swept value of each range, none for nowhere.
  public var ranges: [[Double]] = []
  /// Steps of the axis by which an end may be off.
  public var steps = 1
  /// How far the curve must move away from a turn, relative to its range.
  public var prominence = 1e-3
  /// What it must be; only `of`, `for`, `along` and `from` matter.
  public var claim = Claim()

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields =
    [
      Field<RangeMeasure>("ranges", \.ranges, "first and last swept value of each range, in order"),
      Field<RangeMeasure>("steps", \.steps, .atLeast(0), "steps of the axis an end may be off"),
      Field<RangeMeasure>("prominence", \.prominence, .positive, prominenceSummary),
    ] + Claim.fields(at: \RangeMeasure.claim, ["of", "for", "along", "from"])
}
