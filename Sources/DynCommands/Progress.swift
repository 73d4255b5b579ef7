import Experiments
import Foundation

/// Shows how far a run is: one rewritten line on a terminal, plain lines otherwise.
final class Progress {
  private let isInteractive: Bool
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?

  init(isInteractive: Bool = Terminal.isInteractive) { self.isInteractive = isInteractive }

  /// Shows one report.
  func show(_ progress: RunProgress) {
    let now = ContinuousClock.now
    guard isInteractive else {
      Terminal.note(Self.line(progress))
      return
    }
    let isLast = progress.iteration == progress.iterations
    if let lastShown, now - lastShown < .milliseconds(100), !isLast { return }
    lastShown = now
    Terminal.rewrite(Self.line(progress) + Self.timeLeft(progress, elapsed: now - start))
  }

  /// Ends the rewritten line.
  func end() { if isInteractive, lastShown != nil { Terminal.rewrite("") } }

  static func line(_ progress: RunProgress) -> String {
    let share = progress.iterations > 0 ? 100 * progress.iteration / progress.iterations : 100
    return String(
      format: "iteration %d/%d  %d %%  loss %.6e  risk %.6e", progress.iteration,
      progress.iterations, share, progress.loss, progress.risk)
  }

  static func timeLeft(_ progress: RunProgress, elapsed: Duration) -> String {
    guard progress.iteration > 0 else { return "" }
    let perStep =
      Double(elapsed.components.seconds) / Double(progress.iteration)
      + Double(elapsed.components.attoseconds) * 1e-18 / Double(progress.iteration)
    let left = Int((perStep * Double(progress.iterations - progress.iteration)).rounded(.up))
    return String(format: "  %d:%02d left", left / 60, left % 60)
  }
}
