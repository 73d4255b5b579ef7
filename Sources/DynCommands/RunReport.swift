import Dynamics
import Experiments
import Foundation
import LinearAlgebra

/// The summary of a run as text for a terminal.
struct RunReport {
  let summary: RunSummary

  /// The lines of the report.
  var lines: [String] {
    // Targets may have changed midway: the minimum is that of the targets at the end.
    let fit = summary.end.measures.problem.correlations.fit
    let coordinates = summary.end.measures.fitCoordinates
    var lines: [String] = []
    lines += Self.matrix("Initial product W₂W₁", summary.start.product)
    lines += Self.matrix("Initial product in the modes' basis", summary.start.coordinates)
    lines += Self.matrix("Final product", summary.end.product)
    lines += Self.matrix("Global minimum (least-squares fit)", fit)
    lines += Self.matrix("Final product in the modes' basis", summary.end.coordinates)
    lines += Self.matrix("Global minimum in the modes' basis", coordinates)
    lines.append("")
    lines += Self.table(
      ["", "start", "final", "global minimum"],
      [
        [
          "loss", number(summary.start.loss), number(summary.end.loss),
          number(summary.end.measures.problem.correlations.fitLoss),
        ],
        ["risk", number(summary.start.risk), number(summary.end.risk), ""],
      ])
    lines.append("")
    lines += modeTable
    lines.append("")
    let rates = summary.problem.rule.rates
    lines += riskLines
    lines.append("Step size: \(StepSizeReport(bound: summary.stepSize, rates: rates).line).")
    lines.append("Engine: \(summary.engine).")
    lines.append(ending)
    if let theory = summary.theory {
      let table = TheoryLines(theory).table
      lines.append("")
      lines += table.isEmpty ? ["No theory is exact here: 'dyn theory RUN' says why."] : table
    }
    return lines
  }

  private var modeTable: [String] {
    let rows = summary.modes.enumerated().map { index, mode in
      [
        "\(index + 1)", number(mode.variance), number(mode.singularValue),
        summary.isCoupled ? "–" : number(mode.strength), number(mode.start), number(mode.final),
        mode.halfLearning.map(String.init) ?? "–", predicted(index),
      ]
    }
    let shown = rows.count > 12 ? Array(rows.prefix(12)) : rows
    var lines: [String] = []
    if let stages = stageLine { lines.append(stages) }
    lines += Self.table(
      [
        "mode", "λ (input)", "S (fit)", "s = S·λ", "start", "final", "half learned at step",
        "predicted",
      ],
      shown)
    if shown.count < rows.count { lines.append("… and \(rows.count - shown.count) more modes") }
    if summary.isCoupled {
      lines.append(
        "The modes are coupled (‖[ŴᵀŴ, Σxx]‖ = \(number(summary.coupling)) of the norms), so s has "
          + "no meaning.")
    }
    return lines
  }

  /// The half-learning step that theory predicts for a mode.
  private func predicted(_ mode: Int) -> String {
    guard let steps = summary.theory?.halfLearning, mode < steps.count, let step = steps[mode]
    else {
      return "–"
    }
    return String(step)
  }

  /// Where the risk turns, and where it is best to stop if it does, with predictions in brackets.
  private var riskLines: [String] {
    guard let risk = summary.riskTurns, !risk.turns.isEmpty, let best = risk.best else { return [] }
    func words(_ turn: RiskTurns.Turn) -> String {
      "\(number(turn.value)) at step \(turn.iteration)"
    }
    func list(_ turns: [RiskTurns.Turn]) -> String {
      turns.map { ($0.isMinimum ? "minimum " : "maximum ") + words($0) }.joined(separator: ", ")
    }
    var line = "The risk turns: \(list(risk.turns)); least \(words(best))"
    if let predicted = risk.predictedBest {
      line += "; predicted: \(list(risk.predictedTurns)); least \(words(predicted))"
    }
    return [line + "."]
  }

  /// Says at which steps the targets changed; nil if they did not.
  private var stageLine: String? {
    guard !summary.stages.isEmpty else { return nil }
    let steps = summary.stages.map(String.init).joined(separator: ", ")
    return "Targets change at step \(steps); the modes are those of the first targets."
  }

  private var ending: String {
    let seconds = String(format: "%.2f s", summary.seconds)
    switch summary.reason {
    case .complete: return "\(summary.iterations) steps in \(seconds)."
    case .diverged(let iteration):
      return "Diverged at step \(iteration) of \(summary.iterations): try a smaller --lr."
    case .interrupted(let iteration):
      return "Interrupted after \(iteration) of \(summary.iterations) steps."
    }
  }

  private func number(_ value: Double) -> String { Self.number(value) }

  /// A number with six significant digits.
  static func number(_ value: Double) -> String { String(format: "%.6g", value) }

  /// A matrix with its title, at most eight rows and columns of it.
  static func matrix(_ title: String, _ matrix: Matrix<Double>) -> [String] {
    let (rows, columns) = (min(matrix.rows, 8), min(matrix.columns, 8))
    var lines = ["\(title) (\(matrix.shape))"]
    for i in 0..<rows {
      let entries = (0..<columns).map { padded(number(matrix[i, $0]), to: 13) }.joined()
      lines.append("  " + entries + (columns < matrix.columns ? "  …" : ""))
    }
    if rows < matrix.rows { lines.append("  …") }
    return lines
  }

  /// Rows under a header, columns aligned to the right but for the first.
  static func table(_ header: [String], _ rows: [[String]]) -> [String] {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + space : "  " + space + text
      }.joined()
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
