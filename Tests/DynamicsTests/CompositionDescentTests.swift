import Datasets
import FiniteGroups
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

@Suite("Descent of composition networks")
struct CompositionDescentTests {
  static let forms: [CompositionNetworkSection.Form] = [.bilinear, .relu]

  static func scenario(
    _ form: CompositionNetworkSection.Form, group: GroupFamily = .symmetric(3),
    _ change: (inout Scenario, inout CompositionNetworkSection) -> Void = { _, _ in }
  ) -> Scenario {
    var scenario = Scenario()
    var data = GroupData()
    data.group = group
    data.fraction = 0.75
    scenario.data = .group(data)
    var network = CompositionNetworkSection()
    network.form = form
    network.embedding = 5
    if form == .relu { network.hidden = 7 }
    scenario.training.rule = .adamW
    scenario.training.loss = .crossEntropy
    scenario.training.reduction = .mean
    scenario.training.weightDecay = [0.5]
    change(&scenario, &network)
    scenario.network = .composition(network)
    return scenario
  }

  private func draw(
    _ training: CompositionTraining
  ) throws -> (pairs: CompositionPairs, start: CompositionNetwork<Double>) {
    (
      try training.pairs(ofNetwork: 0),
      CompositionNetwork(shape: training.shape, parameters: try training.start(ofNetwork: 0))
    )
  }

  /// The mean loss of some pairs by the definitions, and how many are right.
  private func plain(
    _ network: CompositionNetwork<Double>, _ group: FiniteGroup, _ pairs: [Int]
  ) -> (Double, Int) {
    let logits = network.hiddenOfAllPairs() * network.readout
    let losses = CrossEntropies(logits, labels: group.table)
    return (
      pairs.reduce(0) { $0 + losses.losses[$1] } / Double(pairs.count),
      pairs.count { losses.isCorrect[$0] }
    )
  }

  @Test("losses are those of the definitions", arguments: forms)
  func losses(form: CompositionNetworkSection.Form) throws {
    let training = try CompositionTraining(Self.scenario(form))
    let drawn = try draw(training)
    var descent = CompositionDescent(
      training.scenario.training, pairs: drawn.pairs, network: drawn.start, threads: 1)
    let (train, valid) = (descent.trainingValue(), descent.validationValue())
    let (loss, correct) = plain(drawn.start, drawn.pairs.group, drawn.pairs.training)
    #expect(abs(train.loss - loss) < 1e-14 && train.correct == correct)
    let rest = plain(drawn.start, drawn.pairs.group, drawn.pairs.valid)
    #expect(abs(valid.loss - rest.0) < 1e-14 && valid.correct == rest.1)
  }

  @Test("a step of gradient descent goes down central differences", arguments: forms)
  func gradient(form: CompositionNetworkSection.Form) throws {
    let training = try CompositionTraining(
      Self.scenario(form) { scenario, network in
        scenario.training.rule = .gradientDescent
        scenario.training.rates = [1]
        scenario.training.weightDecay = [0]
        network.precision = .double
      })
    let drawn = try draw(training)
    let start = drawn.start
    var descent = CompositionDescent(
      training.scenario.training, pairs: drawn.pairs, network: start, threads: 1)
    _ = descent.advance(to: 1)
    for i in start.parameters.indices {
      let slope = start.parameters[i] - descent.parameters[i]
      func loss(_ change: Double) -> Double {
        var moved = start
        moved.parameters[i] += change
        return plain(moved, drawn.pairs.group, drawn.pairs.training).0
      }
      let difference = (loss(1e-5) - loss(-1e-5)) / 2e-5
      // The error of central differences is of the order of h² = 1e-10, and 1e-16/h = 1e-11.
      #expect(abs(slope - difference) < 1e-8, "\(i)")
    }
  }

  @Test("results do not depend on the threads, and go on from a state bit by bit", arguments: forms)
  func threads(form: CompositionNetworkSection.Form) throws {
    // Enough pairs for several parts.
    let training = try CompositionTraining(
      Self.scenario(form, group: .dihedral(30)) { $1.embedding = 20 })
    #expect(training.rows >= 2048)
    var one = try training.ensemble(of: Float.self, threads: 1)
    var four = try training.ensemble(of: Float.self, threads: 4)
    _ = one.advance(to: 7)
    _ = four.advance(to: 3)
    _ = training.observation(of: &four)
    var resumed = try training.ensemble(of: Float.self, threads: 2)
    try resumed.restore(four.state)
    _ = four.advance(to: 7)
    _ = resumed.advance(to: 7)
    #expect(one.state == four.state && resumed.state == four.state)
  }

  @Test("single precision follows double precision")
  func precision() throws {
    let training = try CompositionTraining(
      Self.scenario(.bilinear, group: .symmetric(4)) { $1.embedding = 24 })
    var single = try training.ensemble(of: Float.self, threads: 1)
    var double = try training.ensemble(of: Double.self, threads: 1)
    let start = double.values()[0].training.loss
    _ = single.advance(to: 50)
    _ = double.advance(to: 50)
    let (a, b) = (single.values()[0], double.values()[0])
    // Fifty steps of Adam, each off by some 1e-6 of a rate of 1e-3 where a gradient is near 0.
    #expect(abs(a.training.loss - b.training.loss) < 1e-4 * b.training.loss)
    #expect(b.training.loss < start)
  }

  @Test("a rate that is too large diverges and stays")
  func divergence() throws {
    let training = try CompositionTraining(
      Self.scenario(.bilinear) { scenario, _ in
        scenario.training.rule = .gradientDescent
        scenario.training.rates = [1e6]
        scenario.training.weightDecay = [0]
      })
    var ensemble = try training.ensemble(of: Float.self, threads: 1)
    let hasDiverged = ensemble.advance(to: 1000)
    #expect(hasDiverged && (ensemble.divergedAt[0] ?? 1000) < 1000)
  }
}
