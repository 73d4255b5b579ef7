import Datasets
import Dynamics
import Foundation
import Scenarios
import Synchronization

/// Runs scenarios and holds what they show against what they must show.
public struct ScenarioCheck: Sendable {
  /// What came of one scenario.
  public struct Report: Sendable {
    /// The scenario.
    public let scenario: Scenario
    /// Its runs.
    public let runs: [MemberCurves]
    /// What was found, one for each expectation.
    public let findings: [Finding]
    /// Seconds that its runs took, added up over threads.
    public let seconds: Double

    /// Whether everything holds.
    public var holds: Bool { findings.allSatisfy(\.holds) }

    /// The report as JSON.
    public var json: JSON {
      .object([
        ("scenario", .string(scenario.name)), ("holds", .boolean(holds)),
        ("runs", .number(Double(runs.count))), ("findings", .array(findings.map(\.json))),
      ])
    }
  }

  /// Runs all members of some scenarios on several threads.
  ///
  /// Every run is independent of all others and single-threaded, so that what is found does not
  /// depend on the number of threads. A report is handed over as soon as all runs of its scenario,
  /// and of those before it, have ended.
  ///
  /// - Parameters:
  ///   - scenarios: what is run, in order.
  ///   - curves: names of curves beyond those that the expectations need.
  ///   - folder: a folder that is there, in which run files lie as long as they are read.
  ///   - threads: number of threads.
  ///   - reading: reads the matrix at a path that a scenario names.
  ///   - report: is handed the reports in order.
  /// - Throws: as running and reading do; the sentence names the scenario.
  public static func perform(
    _ scenarios: [Scenario], curves: @escaping @Sendable (Scenario) -> Set<String>,
    in folder: String, threads: Int, reading: @escaping MatrixReader,
    report: @escaping @Sendable (Report) throws -> Void
  ) throws {
    let jobs = try scenarios.enumerated().flatMap { number, scenario in
      try naming(scenario) { try scenario.members().map { (number: number, member: $0) } }
    }
    let names = scenarios.map { Finding.curves(of: $0.expected).union(curves($0)) }
    let progress = Mutex(
      Progress(
        remaining: scenarios.indices.map { number in
          jobs.count { $0.number == number }
        }))
    _ = try concurrently(jobs.count, threads: threads) { piece in
      let (number, member) = jobs[piece]
      let scenario = scenarios[number]
      let place = "\(folder)/\(scenario.name)-\(member.index + 1)"
      let start = ContinuousClock.now
      let run = try naming(scenario) {
        try MemberCurves.run(member, curves: names[number], in: place, reading: reading)
      }
      try? FileManager.default.removeItem(atPath: place)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      try progress.withLock { progress in
        progress.runs[number, default: [:]][member.index] = run
        progress.seconds[number, default: 0] += seconds
        progress.remaining[number] -= 1
        while progress.next < scenarios.count, progress.remaining[progress.next] == 0 {
          let done = progress.next
          progress.next += 1
          let runs = progress.runs.removeValue(forKey: done) ?? [:]
          let ordered = runs.sorted { $0.key < $1.key }.map(\.value)
          try naming(scenarios[done]) {
            try report(
              Report(
                scenario: scenarios[done], runs: ordered,
                findings: scenarios[done].expected.map { try Finding($0, runs: ordered) },
                seconds: progress.seconds[done] ?? 0))
          }
        }
      }
    }
  }

  private struct Progress {
    var remaining: [Int]
    var runs: [Int: [Int: MemberCurves]] = [:]
    var seconds: [Int: Double] = [:]
    var next = 0

    init(remaining: [Int]) { self.remaining = remaining }
  }

  /// Names the scenario in an error about it.
  private static func naming<Result>(
    _ scenario: Scenario, _ body: () throws -> Result
  ) throws -> Result {
    do { return try body() } catch var error as ScenarioError {
      error.problem = "Scenario \(scenario.name): " + error.problem
      throw error
    }
  }
}
