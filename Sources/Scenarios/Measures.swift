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
