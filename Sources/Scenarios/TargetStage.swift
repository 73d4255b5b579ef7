/// Targets that replace those before them from an iteration on.
public struct TargetStage: ScenarioValue {
  /// The first iteration whose loss, and whose step, these targets make.
  public var from: Int
  /// What makes the targets.
  public var change: Change

  /// What makes the targets of a stage.
  public enum Change: Equatable, Sendable {
    /// Another teacher on the same inputs, with the same noise.
    case teacher(Teacher)
    /// The targets of the stage before, with the opposite sign.
    case reversal
  }

  /// A stage from an iteration on.
  public init(from: Int, change: Change) {
    self.from = from
    self.change = change
  }

  /// Words for the accepted values.
  public static var accepts: String {
    "an object {\"from\": iteration, \"teacher\": …} or {\"from\": iteration, \"reverse\": true}"
  }

  /// An object with `from` ≥ 1 and either `teacher` or `reverse`.
  public init?(json: JSON) {
    guard case .object(let members) = json.content, members.count == 2,
      let from = json["from"].flatMap(Int.init(json:)), from >= 1
    else { return nil }
    self.from = from
    if let teacher = json["teacher"].flatMap(Teacher.init(json:)) {
      change = .teacher(teacher)
    } else if json["reverse"] == .boolean(true) {
      change = .reversal
    } else {
      return nil
    }
  }

  /// The object.
  public var json: JSON {
    switch change {
    case .teacher(let teacher): .object([("from", from.json), ("teacher", teacher.json)])
    case .reversal: .object([("from", from.json), ("reverse", .boolean(true))])
    }
  }
}

extension [TargetStage] {
  /// Checks that the stages follow one another and fit onto the data.
  func validate(key: String, data: DataSection) throws {
    for (stage, next) in zip(self, dropFirst()) where stage.from >= next.from {
      throw ScenarioError(
        key: key, problem: "A stage from \(next.from) follows one from \(stage.from)",
        remedy: "list the stages by rising iteration")
    }
    for case .teacher(let teacher) in map(\.change) {
      try teacher.validate(inputs: data.inputs, outputs: data.outputs, key: key)
      guard teacher == .compensated else { continue }
      guard case .linearModel = data else {
        throw ScenarioError(
          key: key, problem: "The teacher 'compensated' needs the spectrum of a linear-model",
          remedy: "choose ones, gaussian, a file or rows of numbers")
      }
    }
  }
}
