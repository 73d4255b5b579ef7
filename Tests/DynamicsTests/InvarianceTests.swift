import LearningProblems
import LinearAlgebra
import Networks
import Scenarios
import Testing

@testable import Dynamics

/// d = 6, four outputs, noise, κ = 3 on untransformed data: every mode is coupled to every other.
func coupledScenario() -> Scenario {
  var model = LinearModel()
  model.samples = 40
  model.testSamples = 100
  model.inputs = 6
  model.outputs = 4
  model.kappa = 3
  model.isTransformed = false
  model.teacher = .gaussian
  model.noise = [0.3]
  var network = LinearNetworkSection()
  network.hidden = 9
  network.scales = [0.2]
  var scenario = Scenario()
  scenario.seed = 7
  scenario.data = .linearModel(model)
  scenario.network = .linear(network)
  scenario.training.rates = [2e-3, 1e-3]
  scenario.training.iterations = 1000
  scenario.training.engine = .literal
  return scenario
}

/// The product after every step.
func path(_ scenario: Scenario) throws -> [Matrix<Double>] {
  let training = try LinearTraining(scenario)
  var descent = training.descent()
  var products: [Matrix<Double>] = []
  let last = scenario.training.iterations
  let observer = Observer<AnyLinearDescent>(at: Array(0...last)) { descent in
    products.append(descent.network.product)
  }
  _ = try train(&descent, through: last, observers: [observer])
  return products
}

func largestGap(_ a: [Matrix<Double>], _ b: [Matrix<Double>]) -> Double {
  zip(a, b).map { ($0 - $1).largestMagnitude / $1.largestMagnitude }.max() ?? .infinity
}

@Suite("What must not matter does not matter, along the whole path")
struct InvarianceTests {
  @Test(
    "a synaptic run rotated back is the original run", arguments: TrainingSection.Order.allCases)
  func spaces(order: TrainingSection.Order) throws {
    var scenario = coupledScenario()
    scenario.training.order = order
    let synaptic = try path(scenario)
    guard case .linear(var network) = scenario.network else { return }
    network.space = .original
    scenario.network = .linear(network)
    // A thousand steps accumulate rounding of 1e-16 each, far below the gap of a wrong metric (1).
    #expect(try largestGap(synaptic, path(scenario)) < 1e-12)
    #expect(synaptic.count == 1001)
  }

  @Test("autograd is the manual gradient", arguments: TrainingSection.Order.allCases)
  func gradients(order: TrainingSection.Order) throws {
    var scenario = coupledScenario()
    scenario.training.order = order
    let manual = try path(scenario)
    scenario.training.gradients = .autograd
    #expect(try largestGap(manual, path(scenario)) < 1e-12)
  }

  @Test("the hidden rotation leaves the product alone")
  func rotation() throws {
    var scenario = coupledScenario()
    let plain = try path(scenario)
    scenario.record.extra = ["W1"]
    #expect(try largestGap(plain, path(scenario)) < 1e-12)
  }

  @Test("the mean objective at n times the rate is the sum")
  func reduction() throws {
    var scenario = coupledScenario()
    let sum = try path(scenario)
    scenario.training.reduction = .mean
    scenario.training.rates = [40 * 2e-3, 40 * 1e-3]
    #expect(try largestGap(sum, path(scenario)) < 1e-12)
  }

  @Test("sequential and simultaneous paths approach each other like the rate")
  func orderOfUpdates() throws {
    func gap(_ factor: Double) throws -> Double {
      var scenario = coupledScenario()
      scenario.training.rates = [2e-3 * factor, 2e-3 * factor]
      scenario.training.iterations = Int(400 / factor)
      let simultaneous = try path(scenario)
      scenario.training.order = .sequential
      return try zip(simultaneous, path(scenario)).map { ($0 - $1).largestMagnitude }.max() ?? 0
    }
    let ratio = try gap(0.5) / gap(0.25)
    #expect(abs(ratio - 2) < 0.1, "the gap halves with the rate, up to its square: \(ratio)")
  }
}

@Suite("What a descent conserves and reports")
struct ConservationTests {
  @Test("the change of the balance falls with the rate, like the rate")
  func balance() throws {
    func gap(_ factor: Double) throws -> Double {
      var scenario = coupledScenario()
      scenario.training.rates = [2e-3 * factor, 1e-3 * factor]
      let last = Int(500 / factor)
      scenario.training.iterations = last
      let training = try LinearTraining(scenario)
      var descent = training.descent()
      let diverged = descent.advance(to: last)
      #expect(!diverged)
      return training.measures.balanceGap(of: descent.network.weights)
    }
    let ratio = try gap(0.5) / gap(0.25)
    #expect(abs(ratio - 2) < 0.1, "first order in the rate: \(ratio)")
  }

  @Test("row errors of the modes sum to the excess loss and to the risk")
  func modeErrors() throws {
    let training = try LinearTraining(coupledScenario())
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    for step in [0, 10, 300] {
      _ = descent.advance(to: step)
      let seen = training.observation(of: &descent, clock: &clock)
      let excess = seen.loss - training.problem.correlations.fitLoss
      // Sums of some hundred rounded terms of the size of the loss and of the risk.
      var (train, test): ([Double], [Double]) = ([], [])
      seen.appendModeTrainErrors(to: &train)
      seen.appendModeTestErrors(to: &test)
      #expect(abs(train.reduce(0, +) - excess) < 1e-12 * seen.loss)
      #expect(abs(test.reduce(0, +) - seen.risk) < 1e-12 * seen.risk)
      #expect(
        abs(training.problem.correlations.loss(of: seen.product) - seen.loss) < 1e-12 * seen.loss)
    }
  }

  @Test("a descent that is stopped and continued takes the same steps, bit for bit")
  func continuation() throws {
    let training = try LinearTraining(coupledScenario())
    var whole = training.descent()
    _ = whole.advance(to: 500)
    var parts = training.descent()
    for stop in [1, 7, 100, 500] { _ = parts.advance(to: stop) }
    #expect(whole.network == parts.network)
  }

  @Test("decaying rates take smaller steps: k-th rate is η/(1 + γk)")
  func decay() throws {
    var scenario = coupledScenario()
    scenario.training.decay = 0.5
    scenario.training.iterations = 2
    let decayed = try path(scenario)
    scenario.training.decay = 0
    let training = try LinearTraining(scenario)
    var first = training.descent()
    _ = first.advance(to: 1)
    #expect(decayed[1] == first.network.product)
    scenario.training.rates = scenario.training.rates.map { $0 / 1.5 }
    let slower = try LinearTraining(scenario) { _ in first.network }
    var second = slower.descent()
    _ = second.advance(to: 1)
    #expect((decayed[2] - second.network.product).largestMagnitude < 1e-14)
  }

  @Test("a layer with rate zero stays as it is, to the bit")
  func frozen() throws {
    var scenario = coupledScenario()
    scenario.training.rates = [0, 1e-3]
    let training = try LinearTraining(scenario)
    var descent = training.descent()
    _ = descent.advance(to: 100)
    #expect(descent.network.weights.layers[0] == training.network.weights.layers[0])
    #expect(descent.network.weights.layers[1] != training.network.weights.layers[1])
  }
}
