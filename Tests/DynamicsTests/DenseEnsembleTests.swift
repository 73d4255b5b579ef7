import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// A small ensemble on products.
private func scenario(_ change: (inout Scenario) -> Void = { _ in }) -> Scenario {
  var scenario = Scenario()
  var data = TwoTaskData()
  (data.samples, data.testSamples) = (100, 20)
  scenario.data = .twoTask(data)
  var network = DenseNetworkSection()
  network.hidden = [7, 5]
  scenario.network = .dense(network)
  scenario.ensemble = 5
  scenario.training.rule = .adam
  scenario.training.loss = .meanSquared
  scenario.training.reduction = .mean
  scenario.training.rates = [0.01]
  change(&scenario)
  return scenario
}

@Suite("Ensembles of dense networks")
struct DenseEnsembleTests {
  @Test("results do not depend on the threads, and each network is the one of its seed")
  func threads() throws {
    let training = try DenseTraining(scenario())
    var single = try training.ensemble(of: Float.self, threads: 1)
    var several = try training.ensemble(of: Float.self, threads: 3)
    let diverged = [single.advance(to: 40), several.advance(to: 40)]
    #expect(diverged == [false, false])
    #expect(single.state == several.state)
    var alone = scenario()
    alone.ensemble = 1
    alone.seed += 3
    var one = try DenseTraining(alone).ensemble(of: Float.self, threads: 1)
    _ = one.advance(to: 40)
    #expect(one.descents[0].network == several.descents[3].network)
    #expect(several.descents[2].network != several.descents[3].network)
  }

  @Test(
    "a run that is taken up goes on bit for bit, for every rule and for batches",
    arguments: TrainingSection.Rule.allCases, [nil, 30])
  func restore(rule: TrainingSection.Rule, batch: Int?) throws {
    guard rule != .gradientDescent || batch == nil else { return }
    let training = try DenseTraining(
      scenario {
        $0.training.rule = rule
        $0.training.batch = batch
        $0.training.momentum = rule == .sgd ? 0.9 : 0
        $0.training.decay = 0.01
      })
    var whole = try training.ensemble(of: Float.self, threads: 1)
    _ = whole.advance(to: 37)
    var first = try training.ensemble(of: Float.self, threads: 1)
    _ = first.advance(to: 22)
    // What is seen in between changes nothing.
    _ = training.observation(of: &first)
    var second = try training.ensemble(of: Float.self, threads: 1)
    try second.restore(first.state)
    _ = second.advance(to: 37)
    _ = first.advance(to: 37)
    #expect(second.state == whole.state && first.state == whole.state)
  }

  @Test(
    "the risk counts squared or absolute errors of the validation rows, summed or over their number",
    arguments: RecordSection.RiskLoss.allCases, TrainingSection.SampleReduction.allCases)
  func risk(loss: RecordSection.RiskLoss, reduction: TrainingSection.SampleReduction) throws {
    let training = try DenseTraining(
      scenario {
        $0.record.riskLoss = loss
        $0.training.reduction = reduction
        $0.training.rates = [1e-3]
      })
    var ensemble = try training.ensemble(of: Double.self, threads: 2)
    _ = ensemble.advance(to: 10)
    let seen = training.observation(of: &ensemble)
    for (number, risk) in seen.risks.enumerated() {
      let rows = try training.draw(number).samples
      let network = DenseNetwork(shape: training.shape, parameters: seen.parameters[number])
      let errors = (network.outputs(of: rows.validInputs) - rows.validTargets).elements
      let sum = errors.reduce(0) { $0 + (loss == .absolute ? abs($1) : $1 * $1) }
      let expected = sum / (reduction == .mean ? 20 : 1)
      #expect(abs(risk / expected - 1) < 1e-12)
    }
  }

  @Test("a network that diverges stays where it does, the others go on")
  func divergence() throws {
    func descent(rate: Double) throws -> DenseDescent<Float> {
      let training = try DenseTraining(
        scenario {
          $0.training.rule = .gradientDescent
          $0.training.rates = [rate]
          $0.ensemble = 1
        })
      return try training.ensemble(of: Float.self, threads: 1).descents[0]
    }
    let descents = try [0.1, 1000, 0.2].map(descent)
    var ensemble = NetworkEnsemble(descents, threads: 2)
    let all = ensemble.advance(to: 300)
    #expect(!all && ensemble.iteration == 300)
    let end = try #require(ensemble.divergedAt[1])
    #expect(ensemble.divergedAt == [nil, end, nil] && end < 10)
    #expect(ensemble.descents.map(\.iteration) == [300, end, 300])
    var alone = try DenseTraining(
      scenario {
        $0.training.rule = .gradientDescent
        $0.training.rates = [1000]
        $0.ensemble = 1
      }
    ).ensemble(of: Float.self, threads: 1)
    let hasDiverged = alone.advance(to: 3000)
    #expect(hasDiverged && alone.iteration < 100)
  }

  @Test("without activation and biases it is the linear network of the main simulator")
  func linear() throws {
    var linear = Scenario()
    linear.data = .linearModel(
      {
        var model = LinearModel()
        model.teacher = .gaussian
        return model
      }())
    guard case .linear(var section) = linear.network else { return }
    section.space = .original
    section.start = .gaussian
    section.hidden = 6
    linear.network = .linear(section)
    linear.training.rates = [2e-3, 1e-3]
    linear.training.decay = 1e-3
    linear.training.weightDecay = [0.1, 0.2]
    linear.training.engine = .literal
    let training = try LinearTraining(linear)
    var descent = training.descent()

    var section2 = DenseNetworkSection()
    section2.hidden = [6]
    section2.activation = .linear
    section2.hasBiases = false
    section2.precision = .double
    var rule = linear.training
    rule.engine = .auto
    let layers = training.network.originalWeights.layers
    var dense = DenseDescent(
      rule,
      samples: try LabelledSamples(
        inputs: training.samples.inputs, targets: training.samples.targets,
        validInputs: training.samples.testInputs, validTargets: training.samples.testTargets),
      network: DenseNetwork(
        shape: section2.shape(of: linear.data), parameters: layers.flatMap(\.elements)),
      stream: TorchStream(seed: 0))
    for step in [0, 1, 50, 400] {
      _ = descent.advance(to: step)
      _ = dense.advance(to: step)
      let product = dense.network.weights(2) * dense.network.weights(1)
      let (mine, theirs) = (dense.trainingValue().loss, descent.loss())
      #expect((product - descent.product).largestMagnitude < 1e-11, "step \(step)")
      #expect(abs(mine / theirs - 1) < 1e-11, "step \(step)")
    }
  }
}
