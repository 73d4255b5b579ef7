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
  ]

  /// The scenario that JSON describes, with every other key at its default.
  ///
  /// - Throws: ``ScenarioError``.
  public init(_ json: JSON) throws {
    self.init()
    try apply(json, path: "")
    try validate()
  }

  /// Sets one key, such as `data.kappa`, without checking it against the others.
  ///
  /// - Throws: ``ScenarioError`` for an unknown key or a value that it does not accept.
  public mutating func set(_ path: String, to value: JSON) throws {
    let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let nested = names.reversed().reduce(value) { inner, name in
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
      try section.validate(path: "network")
      try training.validate(path: "training", depth: section.depth)
      try validateLinear()
    case .dense(let section):
      try validateDense(section)
    }
  }
}
