import Recording
import Scenarios

/// What tells runs apart, in a few words for each.
enum RunLabels {
  /// Symbols of keys whose values need no other words.
  private static let symbols = [
    "data.kappa": "κ", "data.samples": "n", "data.dim": "d", "data.sigma_noise": "σ noise",
    "network.hidden": "hidden", "network.balance": "λ", "training.lr": "η",
    "training.decay": "γ", "training.weight_decay": "β", "training.iterations": "steps",
  ]
  /// Keys that say nothing of what is computed.
  private static let words = ["name", "title", "description", "source"]
  /// The largest number of keys in a label.
  private static let keys = 3

  /// One label per scenario: the keys in which they differ with their values, such as `κ = 3`.
  ///
  /// Scenarios that differ in more than three keys are called by their names, where these differ.
  /// Scenarios that are equal are told apart by numbers.
  static func of(_ scenarios: [Scenario]) -> [String] {
    let tables = scenarios.map { scenario in
      Dictionary(leaves(scenario.json, path: ""), uniquingKeysWith: { first, _ in first })
    }
    let order = scenarios.flatMap { leaves($0.json, path: "").map(\.0) }
    var differing: [String] = []
    for key in order where !differing.contains(key) && !words.contains(key) {
      if Set(tables.map { $0[key] }).count > 1 { differing.append(key) }
    }
    let names = scenarios.map(\.name)
    if differing.count > keys, Set(names).count == names.count { return names }
    let labels = tables.map { table in
      differing.prefix(keys).compactMap { key in table[key].map { "\(symbol(key)) = \($0)" } }
        .joined(separator: ", ")
    }
    return labels.enumerated().map { place, label in
      let isShared = labels.count { $0 == label } > 1
      return label.isEmpty ? "run \(place + 1)" : isShared ? "\(label) (\(place + 1))" : label
    }
  }

  private static func symbol(_ key: String) -> String {
    symbols[key]
      ?? String(key.split(separator: ".").last ?? "").replacing("_", with: " ")
  }

  /// Every value of a scenario that is no object, by its path.
  private static func leaves(_ json: JSON, path: String) -> [(String, String)] {
    guard case .object(let members) = json.content else { return [(path, text(json))] }
    return members.flatMap {
      leaves($0.value, path: path.isEmpty ? $0.name : "\(path).\($0.name)")
    }
  }

  /// A value in a label: a list of equal numbers is one of them.
  private static func text(_ json: JSON) -> String {
    if case .array(let items) = json.content {
      let texts = items.map(text)
      return Set(texts).count == 1 ? texts[0] : texts.joined(separator: ", ")
    }
    return json.string ?? json.compactText
  }
}
