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
