import Datasets
import Foundation
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// `Reference/dense.json`, made by `Reference/dense.py` with PyTorch.
private struct DenseReference: Decodable {
  struct Notebook: Decodable, Sendable, CustomTestStringConvertible {
    var seed: Int
    var widths: [Int]
    var samples, valid: Int
    var inputs, targets: [[Double]]
    var last_input, start: [Double]
    var losses: [[Double]]

    var testDescription: String { "seed \(seed), widths \(widths)" }
  }

  struct Steps: Decodable, Sendable, CustomTestStringConvertible {
    struct Options: Decodable, Sendable {
      var lr: Double
      var momentum, weight_decay, eps: Double?
      var betas: [Double]?
    }
    var name, rule, loss, reduction: String
    var widths: [Int]
    var bias: Bool
    var batch: Int?
    var options: Options
    var inputs, targets: [[Double]]
    var start, losses, end: [Double]
    var order: [[Int]]
    var seed: Int

    var testDescription: String { name }
  }

  var notebooks: [Notebook]
  var steps: [Steps]

  static let all: DenseReference? = {
    let file = Bundle.module.url(
      forResource: "dense", withExtension: "json", subdirectory: "Reference")
    return file.flatMap { try? Data(contentsOf: $0) }
      .flatMap { try? JSONDecoder().decode(DenseReference.self, from: $0) }
  }()
}

@Suite("Dense networks against PyTorch")
struct DenseReferenceTests {
  @Test("the reference is there")
  func reference() throws {
    let reference = try #require(DenseReference.all)
    #expect(reference.notebooks.count == 2 && reference.steps.count == 11)
  }

  @Test(
    "rows and starts are the notebook's bit for bit, and losses follow in single precision",
    arguments: DenseReference.all?.notebooks ?? [])
  private func notebook(_ case: DenseReference.Notebook) throws {
    var scenario = Scenario()
    scenario.seed = `case`.seed
    var data = TwoTaskData()
    (data.samples, data.testSamples) = (`case`.samples, `case`.valid)
    scenario.data = .twoTask(data)
    var network = DenseNetworkSection()
    network.hidden = Array(`case`.widths.dropFirst().dropLast())
    scenario.network = .dense(network)
    scenario.training.rule = .adam
    scenario.training.loss = .meanSquared
    scenario.training.reduction = .mean
    scenario.training.rates = [0.01]

    let training = try DenseTraining(scenario)
    let drawn = try training.draw(0)
    for row in 0..<3 {
      #expect(drawn.samples.inputs.row(row) == `case`.inputs[row])
      #expect(drawn.samples.targets.row(row) == `case`.targets[row])
    }
    #expect(drawn.samples.validInputs.row(`case`.valid - 1) == `case`.last_input)
    #expect(drawn.start.widened.parameters == `case`.start)

    var ensemble = try training.ensemble(of: Float.self, threads: 1)
    for (step, losses) in `case`.losses.enumerated() {
      let hasDiverged = ensemble.advance(to: step)
      #expect(!hasDiverged)
      let observation = training.observation(of: &ensemble)
      // Sums in another order differ by some 1e-7 a step, and Adam divides by small roots.
      #expect(abs(observation.trainingLosses[0] / losses[0] - 1) < 2e-4, "step \(step)")
      #expect(abs(observation.validationLosses[0] / losses[1] - 1) < 2e-4, "step \(step)")
    }
  }

  @Test(
    "every rule takes PyTorch's steps in double precision",
    arguments: DenseReference.all?.steps ?? [])
  private func steps(_ case: DenseReference.Steps) throws {
    var training = TrainingSection()
    training.rule = try #require(TrainingSection.Rule(rawValue: `case`.rule))
    training.loss = try #require(TrainingSection.Loss(rawValue: `case`.loss))
    training.reduction = `case`.reduction == "sum" ? .sum : .mean
    training.rates = [`case`.options.lr]
    training.momentum = `case`.options.momentum ?? 0
    training.weightDecay = [`case`.options.weight_decay ?? 0]
    training.betas = `case`.options.betas ?? training.betas
    training.epsilon = `case`.options.eps ?? training.epsilon
    training.batch = `case`.batch

    let shape = DenseShape(widths: `case`.widths, hasBiases: `case`.bias)
    var stream = TorchStream(seed: `case`.seed)
    let (inputs, targets) = (Matrix(`case`.inputs), Matrix(`case`.targets))
    for entry in inputs.elements + targets.elements {
      let drawn = Double(stream.uniformFloat())
      #expect(drawn == entry)
    }
    let start = DenseNetwork<Float>(
      shape: shape, start: DenseNetworkSection(), using: &stream
    ).widened
    #expect(start.parameters == `case`.start)

    let samples = try LabelledSamples(
      inputs: inputs, targets: targets, validInputs: inputs, validTargets: targets)
    var descent = DenseDescent(training, samples: samples, network: start, stream: stream)
    if let batch = `case`.batch {
      var order = BatchOrder(rows: inputs.rows, batch: batch, stream: stream)
      for (step, rows) in `case`.order.enumerated() {
        let mine = Array(order.rows(at: step))
        #expect(mine == rows, "step \(step)")
      }
    } else {
      for (step, loss) in `case`.losses.enumerated() {
        let hasDiverged = descent.advance(to: step)
        #expect(!hasDiverged)
        // Twenty steps of double precision; the largest differences seen are 1e-15.
        let mine = descent.trainingValue().loss
        #expect(abs(mine / loss - 1) < 1e-12, "step \(step)")
      }
    }
    let hasDiverged = descent.advance(to: `case`.losses.count)
    #expect(!hasDiverged)
    for (mine, theirs) in zip(descent.network.parameters, `case`.end) {
      #expect(abs(mine - theirs) < 1e-11)
    }
    #expect(descent.network.parameters.count == `case`.end.count)
  }

  @Test("batches can be asked for in any order")
  func batchesAgain() {
    var rising = BatchOrder(rows: 10, batch: 4, stream: TorchStream(seed: 5))
    let all = (0..<12).map { Array(rising.rows(at: $0)) }
    var falling = BatchOrder(rows: 10, batch: 4, stream: TorchStream(seed: 5))
    let backwards = (0..<12).reversed().map { Array(falling.rows(at: $0)) }
    #expect(backwards == all.reversed())
    #expect(all[0] == [8, 3, 0, 5] && all[2] == [4, 7])
  }
}
