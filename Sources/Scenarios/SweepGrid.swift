/// The runs of a sweep by number, each made when it is asked for.
///
/// Runs are counted row-major over the axes, the last of which runs fastest; the seeds are the last.
public struct SweepGrid: Sendable {
  /// What every run starts from: the scenario as a single run.
  public let base: Scenario
  /// The axes, the seeds last if there are several.
  public let axes: [SweepAxis]
  /// Number of values along each axis.
  public let shape: [Int]
  /// Number of runs, 1 without axes.
  public let count: Int

  /// The most runs that a sweep may have.
  public static let largestCount = 100_000_000

  /// The runs of a scenario.
  ///
  /// - Throws: ``ScenarioError`` for axes that do not fit together.
  public init(_ scenario: Scenario) throws {
    base = scenario.experiment
    var axes = scenario.sweep.axes
    if let seeds = scenario.sweep.seeds {
      var axis = SweepAxis()
      (axis.keys, axis.values) = (["seed"], seeds)
      axes.append(axis)
    }
    for (number, axis) in axes.enumerated() { try axis.validate(path: "sweep.axes[\(number + 1)]") }
    try Self.requireDifferent(axes.map(\.coordinate), "named")
    try Self.requireDifferent(axes.flatMap(\.keys), "that set")
    self.axes = axes
    shape = axes.map { $0.values.values.count }
    var count = 1
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows, product <= Self.largestCount else {
        throw ScenarioError(
          key: "sweep",
          problem: "The sweep has \(shape.map(String.init).joined(separator: " × ")) runs",
          remedy: "a sweep may have \(Self.largestCount)")
      }
      count = product
    }
    self.count = count
  }

  /// The scenario of the first run, which stands for the kind of all.
  ///
  /// - Throws: ``ScenarioError`` when a value does not fit.
  public var example: Scenario { get throws { try count > 0 ? member(0).scenario : base } }

  private static func requireDifferent(_ names: [String], _ what: String) throws {
    var met: Set<String> = []
    for name in names where !met.insert(name).inserted {
      throw ScenarioError(
        key: "sweep", problem: "There are two axes \(what) \(name)", remedy: "leave one out")
    }
  }

  /// Places of a run along the axes, from 0.
  public func places(of run: Int) -> [Int] {
    var rest = run
    var places = shape
    for axis in shape.indices.reversed() {
      places[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return places
  }

  /// Where a run lies, in the order of the axes.
  public func coordinates(of run: Int) -> [Coordinate] {
    zip(axes, places(of: run)).map { axis, place in
      let value = axis.value(of: 0, at: place)
      return Coordinate(
        name: axis.coordinate,
        value: axis.labels.isEmpty ? value : .string(axis.labels[place]), number: value.number,
        place: place)
    }
  }

  /// A run.
  ///
  /// - Throws: ``ScenarioError`` when a value does not fit, with the coordinates that lead to it.
  public func member(_ run: Int) throws -> SweepMember {
    let coordinates = coordinates(of: run)
    var scenario = base
    do {
      for (axis, place) in zip(axes, coordinates.map(\.place)) {
        for (number, key) in axis.keys.enumerated() {
          try scenario.set(key, to: axis.value(of: number, at: place))
        }
      }
      try scenario.validate()
    } catch var error as ScenarioError {
      guard !coordinates.isEmpty, error.origin == .program else { throw error }
      let place = coordinates.map { "\($0.name) = \($0.text)" }.joined(separator: ", ")
      error.problem = "At \(place): " + error.problem
      throw error
    }
    return SweepMember(index: run, coordinates: coordinates, scenario: scenario)
  }
}
