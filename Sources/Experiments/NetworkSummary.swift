import Analysis
import Dynamics
import Networks
import Scenarios

/// What a run of networks that train on rows came to, in numbers.
public struct NetworkSummary: RunOutcome, Sendable {
  /// Why it stopped.
  public let reason: StopReason
  /// Steps that were asked for.
  public let iterations: Int
  /// The networks in words.
  public let words: String
  /// Number of parameters of every network.
  public let parameterCount: Int
  /// The numbers that the networks trained in.
  public let precision: DenseNetworkSection.Precision
  /// Seed of each network.
  public let seeds: [Int]
  /// The step at which each network diverged; nil for those that did not.
  public let divergedAt: [Int?]
  /// The observation at the start.
  public let start: NetworkObservation
  /// The observation at the end.
  public let end: NetworkObservation
  /// Seconds that training took, recording included.
  public let seconds: Double
  /// Files written, in the order in which they were.
  public var files: [String]
  /// Digest of the run file.
  public let digest: String

  /// A loss or an accuracy over the networks, at the start and at the end.
  public struct Measure: Equatable, Sendable {
    /// Name, as in the run file.
    public let name: String
    /// Median at the start.
    public let start: Double
    /// Median at the end.
    public let end: Double
    /// Least value at the end.
    public let least: Double
    /// Largest value at the end.
    public let largest: Double

    fileprivate init(_ name: String, _ start: [Double], _ end: [Double]) {
      self.name = name
      self.start = Spread(start).median
      let end = Spread(end)
      (self.end, least, largest) = (end.median, end.least, end.largest)
    }
  }

  /// Losses, and accuracies where there are classes.
  public func measures(hasClasses: Bool) -> [Measure] {
    let losses = [
      Measure("train_loss", start.trainingLosses, end.trainingLosses),
      Measure("valid_loss", start.validationLosses, end.validationLosses),
    ]
    guard hasClasses else { return losses }
    return losses + [
      Measure("train_accuracy", start.trainingAccuracies, end.trainingAccuracies),
      Measure("valid_accuracy", start.validationAccuracies, end.validationAccuracies),
    ]
  }

  /// Whether any network has rows of the right class, which only classes have.
  public var hasClasses: Bool {
    (start.trainingAccuracies + end.trainingAccuracies).contains { $0 > 0 }
  }

  /// The summary as one JSON object.
  public var json: JSON {
    func list(_ values: [Double]) -> JSON { .array(values.map(JSON.number)) }
    var members: [(String, JSON)] = [
      ("status", .string(reason.status.rawValue)), ("precision", precision.json),
      ("iterations", .number(Double(iterations))),
      ("last_iteration", .number(Double(end.iteration))), ("epoch", .number(end.epoch)),
      ("network", .string(words)), ("parameters", .number(Double(parameterCount))),
      ("seeds", seeds.json),
      ("diverged_at", .array(divergedAt.map { $0.map { .number(Double($0)) } ?? .null })),
      ("initial_train_loss", list(start.trainingLosses)),
      ("initial_valid_loss", list(start.validationLosses)),
      ("final_train_loss", list(end.trainingLosses)),
      ("final_valid_loss", list(end.validationLosses)),
    ]
    if hasClasses {
      members += [
        ("final_train_accuracy", list(end.trainingAccuracies)),
        ("final_valid_accuracy", list(end.validationAccuracies)),
      ]
    }
    members += [
      ("training_seconds", .number(seconds)), ("digest", .string(digest)),
      ("files", .array(files.map(JSON.string))),
    ]
    return .object(members)
  }
}
