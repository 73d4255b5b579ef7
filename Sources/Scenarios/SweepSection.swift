/// Several runs instead of one: every combination of the values of some axes, for every seed.
///
/// Without axes and seeds there is one run, the scenario itself.
public struct SweepSection: PlainSection {
  /// The axes; the last one runs fastest.
  public var axes: [SweepAxis] = []
  /// Seeds that every combination is run with; nil for that of the scenario.
  public var seeds: AxisValues?

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<SweepSection>] = [
    Field(list: "axes", \.axes, "axes of a grid of runs"),
    Field(
      "seeds", \.seeds,
      Condition("whole numbers from 0 to 4294967295") { seeds in
        seeds?.values.allSatisfy { value in
          Int(json: value).map { (0...4_294_967_295).contains($0) } ?? false
        } ?? true
      }, "seeds of every combination, such as 0..9; null for that of the scenario"),
  ]
}

/// One axis of a sweep: keys that take values together.
public struct SweepAxis: PlainSection {
  /// Name of the coordinate; empty for the first key.
  public var name = ""
  /// The keys that are set, such as `data.kappa` or `data.variances[2]`.
  public var keys: [String] = []
  /// The values; with several keys each of them is a list with one entry for each.
  public var values = AxisValues.geometric(from: 1, to: 10, count: 2)
  /// Words for the values, for selections and legends; none for the values themselves.
  public var labels: [String] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<SweepAxis>] = [
    Field("name", \.name, "name of the coordinate, for labels and selections; empty: the key"),
    Field(
      "keys", \.keys, Condition("at least one") { !$0.isEmpty },
      "keys that are set; an entry of a list is KEY[1]"),
    Field("values", \.values, "values; with several keys each is a list, one entry for each key"),
    Field("labels", \.labels, "words for the values; none for the values themselves"),
  ]

  /// Name of the coordinate, resolved.
  public var coordinate: String { name.isEmpty ? keys.first ?? "" : name }

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard !keys.isEmpty else {
      throw ScenarioError(
        key: path + ".keys", problem: "\(path) has no keys", remedy: "name the key that it sets")
    }
    guard labels.isEmpty || labels.count == values.values.count else {
      throw ScenarioError(
        key: path + ".labels",
        problem: "\(path) has \(labels.count) labels for \(values.values.count) values",
        remedy: "give one for each, or none")
    }
    for value in values.values where keys.count > 1 {
      guard case .array(let entries) = value.content, entries.count == keys.count else {
        throw ScenarioError(
          key: path + ".values", problem: "\(path).values has the entry \(value.brief)",
          remedy: "give a list of \(keys.count) values, one for each key", origin: value.origin)
      }
    }
  }

  /// The value of one of the axis' keys at a place along it.
  public func value(of key: Int, at place: Int) -> JSON {
    guard keys.count > 1, case .array(let entries) = values.values[place].content else {
      return values.values[place]
    }
    return entries[key]
  }
}

/// Where a run lies along one axis of a sweep.
public struct Coordinate: Equatable, Sendable {
  /// Name of the axis.
  public let name: String
  /// The label or the value there.
  public let value: JSON
  /// The value as a number, or the first of several values; nil if it is none.
  public let number: Double?
  /// Place along the axis, from 0.
  public let place: Int

  /// The coordinate as text, such as `0.1` or `fast only`.
  public var text: String { value.string ?? value.compactText }
}

/// One run of a sweep: a scenario of its own, without sweep, figures and expectations.
public struct SweepMember: Equatable, Sendable {
  /// Place in the sweep, from 0.
  public let index: Int
  /// Where it lies, in the order of the axes, the seed last if there are several.
  public let coordinates: [Coordinate]
  /// What is run.
  public let scenario: Scenario

  /// The coordinate of an axis.
  public func coordinate(_ name: String) -> Coordinate? {
    coordinates.first { $0.name == name }
  }
}

extension Scenario {
  /// The scenario as a single run: without sweep, figures and expectations.
  public var experiment: Scenario {
    var single = self
    single.sweep = SweepSection()
    single.figures = []
    single.expected = []
    single.isSlow = false
    return single
  }

  /// What it names that lies outside of it: files, or datasets in files, in the order of its keys.
  public var files: [String] {
    data.contents.files
      + training.stages.flatMap { stage -> [String] in
        if case .teacher(let teacher) = stage.change { teacher.files } else { [] }
      }
  }

  /// Whether the scenario is one training and nothing else.
  public var isSingleRun: Bool { sweep == SweepSection() && formula.isNone }

  /// All runs of the scenario, in order; a scenario without a sweep is its own only one.
  ///
  /// - Throws: ``ScenarioError`` when a value does not fit, with the coordinates that lead to it.
  public func members() throws -> [SweepMember] {
    let grid = try SweepGrid(self)
    return try (0..<grid.count).map(grid.member)
  }
}
