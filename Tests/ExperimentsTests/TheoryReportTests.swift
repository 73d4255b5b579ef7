import Dynamics
import Foundation
import Recording
import Scenarios
import Testing
import Theory

@testable import Experiments

/// A finished run in a folder that is removed with the value.
final class FinishedRun {
  let folder: RunFolder
  let summary: RunSummary
  private let path = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString)"

  init(_ change: (inout Scenario) -> Void) throws {
    var scenario = Scenario()
    change(&scenario)
    let training = try LinearTraining(scenario)
    folder = try RunFolder(at: path, replacing: false)
    summary = try Run.perform(
      training, into: folder, stepSize: StepSizeBound(problem: training.problem),
      options: Run.Options(), progress: { _ in }, isInterrupted: { false })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func report(_ choice: TheoryChoice = .automatic) throws -> TheoryReport {
    try TheoryReport.lay(choice, over: folder.runFile)
  }
}

/// Five random inputs and outputs, white or not, a balanced start in random directions.
private func balancedScenario(
  _ scenario: inout Scenario, seed: Int, isWhite: Bool, outputs: Int = 3, hidden: Int = 6,
  inputs: Int = 5
) {
  var model = LinearModel()
  (model.samples, model.inputs, model.outputs) = (60, inputs, outputs)
  model.kappa = isWhite ? 1 : 2
  model.teacher = .gaussian
  var network = LinearNetworkSection()
  network.start = .balanced
  network.hidden = hidden
  network.scales = [0.4]
  scenario.seed = seed
  scenario.data = .linearModel(model)
  scenario.network = .linear(network)
  scenario.training.rates = [2e-3]
  scenario.training.iterations = 4000
}

@Suite("Theory laid over runs")
struct TheoryReportTests {
  /// The relative gap of the mode strengths from one overlay.
  private func gap(_ id: String, _ report: TheoryReport) throws -> Double {
    let overlay = try #require(report.overlays.first { $0.id == id })
    return try #require(overlay.gaps.first { $0.quantity == "mode_strength" }).relative
  }

  @Test(
    "the main job chooses aligned-modes, and its gap falls like the rate",
    arguments: [([1e-3, 1e-3], 0.0), ([2e-3, 5e-4], 0.0), ([1e-3, 1e-3], 2e-4)])
  func slope(rates: [Double], decay: Double) throws {
    var points: [(Double, Double)] = []
    for halving in 0...4 {
      let factor = pow(0.5, Double(halving))
      let run = try FinishedRun { scenario in
        scenario.training.rates = rates.map { $0 * factor }
        scenario.training.decay = decay * factor
        scenario.training.iterations = Int(10_000 / factor)
      }
      let report = try run.report()
      #expect(report.overlays.first?.id == "aligned-modes")
      #expect(report.overlays.first?.verdict == "exact")
      // The recursion per mode is the descent itself, up to rounding of ten thousand steps.
      #expect(try gap("discrete-modes", report) <= 1e-10)
      points.append((log(factor), log(try gap("aligned-modes", report))))
    }
    let (meanX, meanY) = (
      points.reduce(0) { $0 + $1.0 } / 5, points.reduce(0) { $0 + $1.1 } / 5
    )
    let slope =
      points.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
      / points.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
    #expect(abs(slope - 1) < 0.05, "slope \(slope)")
  }

  @Test("a balanced unaligned network on white inputs follows matrix-riccati", arguments: [3, 5])
  func riccati(seed: Int) throws {
    let run = try FinishedRun { balancedScenario(&$0, seed: seed, isWhite: true) }
    let report = try run.report()
    let overlay = try #require(report.overlays.first { $0.id == "matrix-riccati" })
    for gap in overlay.gaps where ["product", "loss"].contains(gap.quantity) {
      // The law is the typical size; its constant varies by a factor of two with the start.
      #expect(gap.relative <= 2 * gap.stepSize, "\(gap.quantity): \(gap.relative)")
      #expect(gap.stepSize < 0.01)
    }
  }

  @Test("the same data unwhitened is refused with the measured distance from white")
  func unwhitened() throws {
    let run = try FinishedRun { balancedScenario(&$0, seed: 3, isWhite: false) }
    let report = try run.report()
    #expect(!report.overlays.contains { $0.id == "matrix-riccati" })
    let verdict = try #require(report.verdicts.first { $0.id == "matrix-riccati" })
    #expect(verdict.words.contains("inputs are white"))
    #expect(verdict.words.contains("violated by") || verdict.words.contains("expected error"))
  }

  @Test("balanced squares with the wrong sign of the determinant are warned and end on the saddle")
  func saddle() throws {
    var (warned, reached) = (0, 0)
    for seed in 1...8 {
      let run = try FinishedRun {
        balancedScenario(&$0, seed: seed, isWhite: true, outputs: 3, hidden: 3, inputs: 3)
        guard case .linearModel(var model) = $0.data else { return }
        model.teacher = .matrix([[3, 0, 0], [0, 2, 0], [0, 0, 1]])
        $0.data = .linearModel(model)
      }
      let report = try run.report(.only("matrix-riccati"))
      let overlay = try #require(report.overlays.first)
      let last = try #require(overlay.curve("loss")).values.last ?? .nan
      let excess = run.summary.end.loss - run.summary.problem.correlations.fitLoss
      if overlay.warnings.isEmpty {
        reached += 1
        // The slowest mode has e⁻¹⁶ of its error left.
        #expect(excess < 1e-5 * run.summary.start.loss)
      } else {
        warned += 1
        // The weakest mode, of strength 1 on white inputs, is missing.
        #expect(abs(excess - 1) < 1e-3, "seed \(seed) left the saddle")
        #expect(abs(last - run.summary.end.loss) < 1e-3)
      }
    }
    // Half of all exactly balanced squares: eight draws of one kind have a chance of 1 in 128.
    #expect(warned > 0 && reached > 0, "\(warned) warned, \(reached) reached the fit")
  }

  @Test("gradient flow of a coupled network is followed with a gap that falls like the rate")
  func flow() throws {
    func gap(_ factor: Double) throws -> Double {
      let run = try FinishedRun { scenario in
        balancedScenario(&scenario, seed: 3, isWhite: false)
        scenario.training.rates = [2e-3 * factor]
        scenario.training.iterations = Int(2000 / factor)
      }
      let report = try run.report(.only("flow"))
      #expect(report.overlays.first?.verdict == "numerical")
      return try #require(report.overlays.first?.gaps.first { $0.quantity == "product" }).relative
    }
    let ratio = try gap(0.5) / gap(0.25)
    #expect(abs(ratio - 2) < 0.1, "\(ratio)")
  }

  @Test("half-learning steps are predicted to the accuracy of the step size")
  func halfLearning() throws {
    let run = try FinishedRun { $0.training.iterations = 10_000 }
    let report = try run.report()
    for (found, predicted) in zip(run.summary.halfLearning, report.halfLearning) {
      let (found, predicted) = (try #require(found), try #require(predicted))
      #expect(abs(found - predicted) <= 1 + found / 500, "\(found) for \(predicted)")
    }
  }

  @Test("overlays come back from the file as they were, and replace those of the same id")
  func file() throws {
    let run = try FinishedRun { $0.training.iterations = 500 }
    let report = try run.report()
    let file = try RunFile(path: run.folder.runFile)
    #expect(try file.overlays() == report.overlays)
    try file.close()
    _ = try run.report()
    #expect(try RunFile(path: run.folder.runFile).overlays().count == report.overlays.count)
  }

  @Test("unknown theories and theories of other problems are answered in a sentence")
  func errors() throws {
    #expect(throws: TheoryChoiceError.unknown("aligned-mode", known: TheoryChoice.ids)) {
      try TheoryChoice("aligned-mode")
    }
    let words = TheoryChoiceError.unknown("aligned-mode", known: TheoryChoice.ids).description
    #expect(words.contains("aligned-modes"))
    let run = try FinishedRun { $0.training.iterations = 10 }
    let error = #expect(throws: TheoryChoiceError.self) { try run.report(.only("single-output")) }
    #expect(error?.description.contains("2 outputs") == true)
  }
}
