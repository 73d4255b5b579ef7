import Spelling

/// What is wrong with a scenario, where, and what to write instead.
public struct ScenarioError: Error, Equatable, CustomStringConvertible {
  /// The key, such as `data.kappa`, if one is concerned.
  public var key: String?
  /// What is wrong, with the offending value, without a full stop.
  public var problem: String
  /// What to do instead, without a full stop, or a question.
  public var remedy: String
  /// Where the offending value was written.
  public var origin: Origin

  /// An error about a value from the given origin.
  public init(key: String? = nil, problem: String, remedy: String, origin: Origin = .program) {
    self.key = key
    self.problem = problem
    self.remedy = remedy
    self.origin = origin
  }

  /// One sentence for a person: where, what is wrong, what to do; always on one line.
  public var description: String {
    let place =
      switch origin {
      case .file(let name, let line, let column): "\(name):\(line):\(column): "
      case .flag(let flag): "\(flag): "
      case .program: ""
      }
    return ("\(place)\(problem): \(remedy)" + (remedy.hasSuffix("?") ? "" : ".")).onOneLine
  }
}
