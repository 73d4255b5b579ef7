/// Items at the leaves of a tree, one-hot, and the features that they share along its branches.
///
/// With 2 levels of 2 branches and one feature per node: four items of seven features.
///
/// - Source: Saxe, McClelland & Ganguli 2019, PNAS 116, 11537, arXiv:1810.10531.
public struct HierarchyData: PlainSection {
  /// Number of levels below the root.
  public var levels = 3
  /// Number of branches of every node above the leaves.
  public var branching = 2
  /// What the features are.
  public var features = Features.nodes
  /// Number of features where they diffuse.
  public var diffusedFeatures = 1000
  /// Probability that a diffusing feature changes its sign along one branch.
  public var flip = 0.1

  /// The defaults.
  public init() {}

  /// What the features of the items are.
  public enum Features: String, ScenarioChoice {
    /// One per node of the tree: 1 for the items below it, 0 for the others.
    case nodes
    /// ±1 at the root, diffusing down the branches.
    case diffusion
  }

  /// Number of nodes on each level, from the root; nil if there are more than a million.
  public var nodesPerLevel: [Int]? {
    var nodes = [1]
    for _ in 0..<levels {
      let next = (nodes.last ?? 1).multipliedReportingOverflow(by: branching)
      guard !next.overflow, next.partialValue <= 1_000_000 else { return nil }
      nodes.append(next.partialValue)
    }
    return nodes
  }

  /// Number of items, the leaves.
  public var inputs: Int { nodesPerLevel?.last ?? 0 }
  /// Number of features.
  public var outputs: Int {
    features == .diffusion ? diffusedFeatures : nodesPerLevel?.reduce(0, +) ?? 0
  }

  /// The keys.
  public static let fields: [Field<HierarchyData>] = [
    Field("levels", \.levels, .within(1...30), "levels of the tree below its root"),
    Field("branching", \.branching, .within(2...1000), "branches of every node"),
    Field("features", \.features, "one feature per node, or features that diffuse from the root"),
    Field("diffused_features", \.diffusedFeatures, .size, "features, where they diffuse"),
    Field(
      "flip", \.flip, Condition("from 0 to 1") { (0...1).contains($0) },
      "probability that a diffusing feature changes its sign along a branch"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard nodesPerLevel == nil || inputs > 10_000 else { return }
    throw ScenarioError(
      key: path + ".levels",
      problem: "A tree of \(levels) levels of \(branching) branches has more than 10000 items",
      remedy: "give fewer levels or branches")
  }
}
