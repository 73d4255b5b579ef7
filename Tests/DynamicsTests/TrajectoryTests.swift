import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios
import Testing

@testable import Dynamics

/// One case of `Reference/trajectories.json`, made by `Reference/make_trajectories.py`.
struct Trajectory: Decodable, Sendable, CustomTestStringConvertible {
  struct Configuration: Decodable, Sendable {
    enum Sigmas: Decodable, Sendable {
      case number(Double)
      case word(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .word(try container.decode(String.self))
        }
      }
    }

    var seed, samples, test_samples, dim, outputs, hidden, iterations: Int
    var sigmas: Sigmas?
    var s_range: [Double]?
    var kappa, decay: Double?
    var transform_data, cont_eigs, scale_beta, normalized: Bool?
    var sigma_noise: [Double]?
    var beta: [[Double]]?
    var a, b, lr: [Double]
    var space, update: String
    var risk_loss: String?
  }

  var name = ""
  var config: Configuration
  var beta: [[Double]]
  var x_first, x_test_first: [[Double]]
  var step: [Int]
  var loss, risk: [Double]
  var product: [[[Double]]]

  enum CodingKeys: CodingKey {
    case config, beta, x_first, x_test_first, step, loss, risk, product
  }

  var testDescription: String { name }

  static let all: [Trajectory] = {
    guard
      let file = Bundle.module.url(
        forResource: "trajectories", withExtension: "json", subdirectory: "Reference"),
      let data = try? Data(contentsOf: file),
      let cases = try? JSONDecoder().decode([String: Trajectory].self, from: data)
    else { return [] }
    return cases.sorted { $0.key < $1.key }.map { name, trajectory in
      var trajectory = trajectory
      trajectory.name = name
      return trajectory
    }
  }()

  func training(space: WeightSpace? = nil, gradients: TrainingSection.Gradients = .manual) throws
    -> LinearTraining
  {
    var model = LinearModel()
    model.samples = config.samples
    model.testSamples = config.test_samples
    model.inputs = config.dim
    model.outputs = config.outputs
    model.kappa = config.kappa
    model.hasContinuousSpectrum = config.cont_eigs ?? false
    model.isTransformed = config.transform_data ?? false
    model.isNormalized = config.normalized ?? false
    model.scalesTeacher = config.scale_beta ?? false
    model.noise = config.sigma_noise ?? [0]
    model.teacher = config.beta.map { .matrix($0) } ?? .gaussian
    switch config.sigmas {
    case .number(let scale): model.inputScales = .uniform(scale)
    case .word("geo"): model.inputScales = .geometric
    case .word: model.inputScales = .halves
    case nil: break
    }
    if let range = config.s_range { model.scaleRange = range }

    var network = LinearNetworkSection()
    network.hidden = config.hidden
    network.space = space ?? (config.space == "synaptic" ? .synaptic : .original)

    var scenario = Scenario()
    scenario.seed = config.seed
    scenario.data = .linearModel(model)
    scenario.network = .linear(network)
    scenario.training.rates = config.lr
    scenario.training.decay = config.decay ?? 0
    scenario.training.iterations = config.iterations
    scenario.training.order = config.update == "sequential" ? .sequential : .simultaneous
    scenario.training.gradients = gradients
    scenario.record.riskLoss = config.risk_loss == "L1" ? .absolute : .squared
    return try LinearTraining(scenario) { modes in
      let start = DiagonalStart(first: config.a, second: config.b)
        .synapticWeights(inputs: config.dim, hidden: config.hidden, outputs: config.outputs)
      return LinearNetwork(
        weights: network.space == .synaptic ? start : start.rotated(outOf: modes),
        space: network.space, modes: modes)
    }
  }

  /// The observations at the steps of the reference.
  func observations(_ training: LinearTraining) throws -> [LinearObservation] {
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    var observations: [LinearObservation] = []
    let observer = Observer<AnyLinearDescent>(at: step) { descent in
      observations.append(training.observation(of: &descent, clock: &clock))
    }
    let reason = try train(&descent, through: config.iterations, observers: [observer])
    #expect(reason == .complete)
    return observations
  }
}

/// Losses agree up to rounding that is relative to their own and to the initial size.
func agree(_ loss: Double, _ reference: Double, initial: Double) -> Bool {
  let epsilon = Double.ulpOfOne
  let allowed =
    1e-10 * reference + 100 * epsilon * (reference * initial).squareRoot()
    + 100 * epsilon * epsilon * initial
  return abs(loss - reference) <= allowed
}

@Suite("Trajectories of the literal NumPy loop")
struct TrajectoryTests {
  @Test("all twelve cases are there")
  func count() { #expect(Trajectory.all.count == 12) }

  @Test(
    "product, loss and risk agree at every listed step", arguments: Trajectory.all,
    TrainingSection.Gradients.allCases)
  func agreesWithReference(
    trajectory: Trajectory, gradients: TrainingSection.Gradients
  ) throws {
    for space in WeightSpace.allCases {
      let training = try trajectory.training(space: space, gradients: gradients)
      let observations = try trajectory.observations(training)
      #expect(observations.map(\.iteration) == trajectory.step)
      for (k, seen) in observations.enumerated() {
        let expected = Matrix(trajectory.product[k])
        #expect(
          (seen.product - expected).largestMagnitude <= 1e-10 * expected.largestMagnitude,
          "product at step \(seen.iteration) in \(space) space")
        #expect(
          agree(seen.loss, trajectory.loss[k], initial: trajectory.loss[0]),
          "loss \(seen.loss) for \(trajectory.loss[k]) at step \(seen.iteration), \(space)")
        #expect(
          agree(seen.risk, trajectory.risk[k], initial: trajectory.risk[0]),
          "risk \(seen.risk) for \(trajectory.risk[k]) at step \(seen.iteration), \(space)")
      }
    }
  }
}
