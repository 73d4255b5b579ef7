import Arguments
import Experiments
import Foundation
import Recording
import Scenarios
import Synchronization

/// What is said about a sweep.
enum SweepReport {
  /// How far some work came, in a line.
  static func line(_ progress: SweepWork.Progress) -> String {
    var parts = ["\(progress.done) runs done"]
    if progress.skipped > 0 { parts.append("\(progress.skipped) were done before") }
    if progress.diverged > 0 { parts.append("\(progress.diverged) diverged") }
    if !progress.failures.isEmpty { parts.append("\(progress.failures.count) failed") }
    return parts.joined(separator: ", ") + "."
  }

  /// Says which runs failed and why, the first twenty of them.
  static func list(_ failures: [(run: Int, message: String)], _ grid: SweepGrid) {
    for failure in failures.prefix(20) {
      let place = grid.coordinates(of: failure.run).map { "\($0.name) = \($0.text)" }
      Terminal.note("failed: \(place.joined(separator: ", ")): \(failure.message)")
    }
    if failures.count > 20 { Terminal.note("… and \(failures.count - 20) more runs") }
  }

  /// Reports a merged sweep.
  ///
  /// - Returns: how many runs failed or are missing.
  static func merged(
    _ file: SweepFile, digest: String, pictures: [String], findings: [Finding],
    _ folder: SweepFolder, _ invocation: Invocation
  ) throws -> Int {
    let statuses = try file.statuses()
    let counts = RunRecord.Status.allCases.map { status in statuses.count { $0 == status } }
    let failures = try file.failures()
    list(failures, file.grid)
    let named = zip(RunRecord.Status.allCases.map(\.name), counts)
    if invocation.isOn("json") {
      Terminal.result(
        JSON.object(
          [("runs", .number(Double(statuses.count)))]
            + named.map { ($0, .number(Double($1))) }
            + [
              ("file", .string(folder.sweepFile)), ("digest", .string(digest)),
              (
                "failures",
                .array(
                  failures.map {
                    .object([
                      ("run", .number(Double($0.run))), ("message", .string($0.message)),
                    ])
                  })
              ), ("figures", .array(pictures.map(JSON.string))),
              ("findings", .array(findings.map(\.json))),
            ]
        ).prettyText)
    } else {
      let words = named.filter { $1 > 0 }.map { "\($1) \($0)" }.joined(separator: ", ")
      Terminal.result("\(statuses.count) runs: \(words).")
      for line in CheckCommand.table(findings) { Terminal.result(line) }
      let keeps = invocation.isOn("save-results")
      if keeps { Terminal.result("wrote \(folder.sweepFile)") }
      if !pictures.isEmpty {
        Terminal.result("wrote \(pictures.count) figures to \(folder.plots)")
      }
      Terminal.result("digest: \(digest)")
      if keeps {
        Terminal.result(
          "Next: python3 -c 'import xarray; print(xarray.open_dataset(\"\(folder.sweepFile)\"))'")
      }
    }
    return counts[RunRecord.Status.failed.rawValue] + counts[RunRecord.Status.missing.rawValue]
  }

  /// Lists every run with its identity, and estimates what all cost.
  static func preview(_ plan: SweepPlan, _ invocation: Invocation) throws {
    for run in 0..<plan.grid.count {
      let place = plan.grid.coordinates(of: run).map { "\($0.name) = \($0.text)" }
      let identity = try plan.identity(of: run).description.prefix(12)
      Terminal.result("run \(run)  \(identity)  \(place.joined(separator: ", "))")
    }
    let estimate = try SweepEstimate(plan, reading: { try readMatrix($0) })
    Terminal.result(
      "\(plan.grid.count) runs, about \(duration(estimate.seconds)) on one core, "
        + "\(MemoryEstimate.text(estimate.bytes)) in sweep.h5 and as much while it is written.")
  }

  /// Seconds in words, such as `3 min`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: String(format: "%.2f s", seconds)
    case ..<100: String(format: "%.0f s", seconds)
    case ..<6000: String(format: "%.0f min", seconds / 60)
    case ..<360_000: String(format: "%.0f h", seconds / 3600)
    default: String(format: "%.0f days", seconds / 86400)
    }
  }
}

/// One line that says how far a sweep is, rewritten on a terminal, now and then elsewhere.
final class SweepProgress: Sendable {
  private let isInteractive = Terminal.isInteractive
  private let start = ContinuousClock.now
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// Shows how far it is, not more often than is useful.
  func show(_ progress: SweepWork.Progress) {
    let now = ContinuousClock.now
    let isLast = progress.done + progress.skipped == progress.total
    let isDue = lastShown.withLock { last in
      let interval = Duration.milliseconds(isInteractive ? 100 : 10_000)
      guard isLast || now - (last ?? start) >= interval else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let line = Self.line(progress, elapsed: now - start)
    if isInteractive { Terminal.rewrite(line) } else { Terminal.note(line) }
  }

  /// Ends the rewritten line.
  func end() { if isInteractive, lastShown.withLock({ $0 != nil }) { Terminal.rewrite("") } }

  static func line(_ progress: SweepWork.Progress, elapsed: Duration) -> String {
    let ended = progress.done + progress.skipped
    var line = "run \(ended)/\(progress.total)  \(100 * ended / max(1, progress.total)) %"
    if progress.diverged > 0 { line += "  \(progress.diverged) diverged" }
    if !progress.failures.isEmpty { line += "  \(progress.failures.count) failed" }
    guard progress.done > 0, ended < progress.total else { return line }
    let left = elapsed / .seconds(1) / Double(progress.done) * Double(progress.total - ended)
    return line + "  \(SweepReport.duration(left)) left"
  }
}
