import Dynamics
import Experiments
import Foundation

extension NetworkSummary: ReportedOutcome {
  /// Losses of the networks and what the run took.
  var lines: [String] {
    let count = seeds.count
    var lines = [
      "\(count) network\(count == 1 ? "" : "s") \(words), "
        + "\(parameterCount) parameters each, trained in \(precision.rawValue) precision"
    ]
    if let first = seeds.first, let last = seeds.last, count > 1 {
      lines.append("seeds \(first) to \(last)")
    }
    let header =
      count > 1
      ? ["", "start (median)", "end (median)", "least", "largest"] : ["", "start", "end"]
    lines.append("")
    lines += RunReport.table(
      header,
      measures(hasClasses: hasClasses).map { measure in
        [measure.name.map { $0 == "_" ? " " : String($0) }.joined()]
          + ([measure.start, measure.end]
          + (count > 1 ? [measure.least, measure.largest] : [])).map(RunReport.number)
      })
    lines.append("")
    for (net, step) in divergedAt.enumerated() {
      guard let step, count > 1 else { continue }
      lines.append("Network \(net + 1) (seed \(seeds[net])) diverged at step \(step).")
    }
    lines.append(ending)
    return lines
  }

  /// The loss of every network.
  var furtherLines: [String] {
    RunReport.table(
      ["network", "seed", "train loss", "valid loss"],
      seeds.indices.map {
        [
          "\($0 + 1)", "\(seeds[$0])", RunReport.number(end.trainingLosses[$0]),
          RunReport.number(end.validationLosses[$0]),
        ]
      })
  }

  private var ending: String {
    let time = String(format: "%.2f s", seconds)
    switch reason {
    case .complete: return "\(iterations) steps in \(time)."
    case .diverged(let iteration):
      return "Diverged at step \(iteration) of \(iterations): try a smaller --lr."
    case .interrupted(let iteration):
      return "Interrupted after \(iteration) of \(iterations) steps."
    }
  }
}
