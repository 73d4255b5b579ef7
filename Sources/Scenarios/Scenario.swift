/// An experiment as a value: data, network, training, what is recorded.
///
/// A scenario whose keys are all at their defaults is `exact-solutions`, the main job.
public struct Scenario: PlainSection {
  /// Name, as on the command line.
  public var name = "exact-solutions"
  /// Title for people.
  public var title = "Exact solutions of a two-layer linear network, modes decoupled"
  /// What the scenario shows, in a few sentences.
  public var description =
    "Inputs whose variances differ a hundredfold and a teacher that makes the input-output "
    + "singular values nearly equal: both modes are learned together, though one layer alone would "
    + "learn them at rates 100:1."
  /// Where the scenario comes from.
  public var source =
    "The notebook 'Exact solutions, decoupling' of Olmin & Lindsten, arXiv:2407.09845"
  /// Seed of every random stream.
  public var seed = 12
  /// Number of networks that train on data and starts of their own, with consecutive seeds.
  public var ensemble = 1
  /// The data.
  public var data = DataSection.linearModel(LinearModel())
  /// The network.
  public var network = NetworkSection.linear(LinearNetworkSection())
  /// The training.
  public var training = TrainingSection()
  /// What is recorded.
  public var record = RecordSection()
  /// Which theories are laid over the run: `auto`, `none`, `flow` or the id of a solution.
  public var theory = "auto"
  /// What is evaluated instead of a training.
  public var formula = FormulaSection.none(NoFormula())
  /// Several runs instead of one.
  public var sweep = SweepSection()
  /// What is drawn of the runs; none for the usual figures of each.
  public var figures: [FigureSection] = []
  /// What the runs must show.
  public var expected: [Expectation] = []
  /// Whether the quick check leaves the scenario out.
  public var isSlow = false

  /// The default scenario.
  public init() {}

  /// The keys.
  public static let fields: [Field<Scenario>] = [
    Field("name", \.name, "name, as on the command line"),
    Field("title", \.title, "title for people"),
    Field("description", \.description, "what the scenario shows"),
    Field("source", \.source, "where it comes from"),
    Field("seed", \.seed, .within(0...4_294_967_295), "seed of every random stream"),
    Field(
      "ensemble", \.ensemble, .within(1...1_000_000),
      "networks to train, with consecutive seeds"),
    Field(section: "data", \.data, "the data"),
    Field(section: "network", \.network, "the network"),
    Field(section: "training", \.training, "the training"),
    Field(section: "record", \.record, "what is recorded"),
    Field("theory", \.theory, "theories over it: auto, none, flow or an id"),
    Field(section: "formula", \.formula, "closed form instead of a training"),
    Field(section: "sweep", \.sweep, "several runs"),
    Field(list: "figures", \.figures, "figures of the runs"),
    Field(list: "expected", \.expected, "what the runs must show"),
    Field("slow", \.isSlow, "left out of 'dyn check --quick'"),
  ]

  /// The scenario with every key, but for the parts that a single run does not have.
  public var json: JSON {
    let plain = Scenario()
    let absent = [
      ("formula", formula == plain.formula), ("sweep", sweep == plain.sweep),
      ("figures", figures.isEmpty), ("expected", expected.isEmpty), ("slow", !isSlow),
    ].filter(\.1).map(\.0)
    return .object(
      Self.fields.filter { !absent.contains($0.name) }.map { ($0.name, $0.write(self)) })
  }

  /// The scenario that JSON describes, with every other key at its default.
  ///
  /// - Throws: ``ScenarioError``.
  public init(_ json: JSON) throws {
    self.init()
    try apply(json, path: "")
    try validate()
  }

  /// Sets one key, such as `data.kappa`, or one entry of a list, such as `data.variances[2]`,
  /// without checking it against the others.
  ///
  /// - Throws: ``ScenarioError`` for an unknown key, an entry that is not there, or a value that
  ///   the key does not accept.
  public mutating func set(_ path: String, to value: JSON) throws {
    let parts = path.split(separator: "[", omittingEmptySubsequences: false).map(String.init)
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var whole = value
    if parts.count > 1 {
      let places = parts.dropFirst().map { part in
        part.hasSuffix("]") ? Int(part.dropLast()).map { $0 - 1 } ?? -1 : -1
      }
      let list = names.reduce(json as JSON?) { $0?[$1] } ?? .null
      guard let changed = list.replacing(places[...], with: value) else {
        throw ScenarioError(
          key: path, problem: "There is no entry \(path)",
          remedy: "give \(parts[0]) a list that has one, whose first entry is [1]",
          origin: value.origin)
      }
      whole = changed
    }
    let nested = names.reversed().reduce(whole) { inner, name in
      JSON(.object([JSON.Member(name, inner, origin: value.origin)]), origin: value.origin)
    }
    try apply(nested, path: "")
  }

  /// All keys with what they accept, their defaults and meanings.
  public static var keys: [KeyDescription] { keys(under: "") }

  /// Checks what no key can check alone.
  ///
  /// - Throws: ``ScenarioError`` that names a key, its value and the remedy.
  public func validate() throws {
    try data.validate(path: "data")
    try training.validate(path: "training", data: data)
    switch network {
    case .linear(let section):
      try section.validate(path: "network", rates: training.layerRates(depth: section.depth))
      try training.validate(path: "training", depth: section.depth)
      try validateLinear()
    case .dense(let section):
      try validateDense(section)
    case .composition(let section):
      try validateComposition(section)
    }
    try formula.validate(path: "formula", scenario: self)
    for (i, axis) in sweep.axes.enumerated() { try axis.validate(path: "sweep.axes[\(i + 1)]") }
    for (i, figure) in figures.enumerated() {
      try figure.validate(path: "figures[\(i + 1)]", sweep: sweep)
    }
    for (i, expectation) in expected.enumerated() {
      try expectation.validate(path: "expected[\(i + 1)]", sweep: sweep)
    }
  }
}
