import LearningProblems
import LinearAlgebra
import Networks
import Scenarios
import Testing

@testable import Dynamics

/// How far losses may lie apart: relative rounding, and that of a difference W − Ŵ of rounded W.
private func lossTolerance(_ loss: Double, start: Double) -> Double {
  let (factor, epsilon) = (100.0, Double.ulpOfOne)
  return 1e-10 * loss + factor * epsilon * (loss * start).squareRoot()
    + factor * epsilon * epsilon * start
}

@Suite("Every engine takes the steps of the literal loop")
struct EngineTests {
  /// Holds a descent against the literal loop along the way.
  private func compare(_ problem: RandomProblem, _ engine: any LinearDescent) throws {
    var engine = engine
    var literal = problem.literal
    let start = literal.loss()
    let startRisk =
      problem.test.risk(of: 0 * literal.product) + problem.test.risk(of: literal.product)
    for iteration in [0, 1, 2, 30, 400] {
      let diverged = [literal.advance(to: iteration), engine.advance(to: iteration)]
      #expect(diverged == [false, false], "\(problem)")
      let product = literal.product
      let scale = product.largestMagnitude
      #expect(
        (engine.product - product).largestMagnitude <= 1e-10 * scale,
        "\(problem) at \(iteration)")
      #expect(
        (engine.network.product - product).largestMagnitude <= 1e-10 * scale,
        "\(problem) at \(iteration)")
      #expect(
        (engine.synapticProduct - literal.synapticProduct).largestMagnitude <= 1e-10 * scale,
        "\(problem) at \(iteration)")
      for (ours, theirs) in zip(engine.network.weights.layers, literal.network.weights.layers) {
        #expect(
          (ours - theirs).largestMagnitude <= 1e-10 * theirs.largestMagnitude,
          "\(problem) at \(iteration)")
      }
      let (loss, expected) = (engine.loss(), literal.loss())
      #expect(
        abs(loss - expected) <= lossTolerance(expected, start: start),
        "\(problem) at \(iteration): \(loss) for \(expected)")
      let (risk, expectedRisk) = (
        problem.test.risk(of: engine.product), problem.test.risk(of: product)
      )
      #expect(
        abs(risk - expectedRisk) <= lossTolerance(expectedRisk, start: startRisk),
        "\(problem) at \(iteration)")
      let reduced = engine.reducedNetwork.weights
      for (ours, theirs) in zip(reduced.norms, literal.network.weights.norms) {
        #expect(abs(ours - theirs) <= 1e-10 * theirs, "\(problem) at \(iteration)")
      }
    }
  }

  @Test("statistics do, on 240 problems of every shape and rule")
  func statistics() throws {
    for number in 0..<240 {
      let problem = try RandomProblem(number)
      try compare(problem, problem.statistics())
    }
  }

  @Test("statistics and modes do, on 120 aligned problems")
  func modes() throws {
    for number in 0..<120 {
      let problem = try RandomProblem(number, isAligned: true)
      try compare(problem, problem.modes())
      try compare(problem, problem.statistics())
    }
  }

  @Test("matrix products do, as the fused steps for small layers do")
  func products() throws {
    for number in 0..<40 {
      let problem = try RandomProblem(number)
      let weights = problem.network.originalWeights
      let eigen = try problem.correlations.input.symmetricEigen()
      let statistics = StatisticsProblem(
        variances: eigen.values.map { max(0, $0) }, fit: problem.correlations.fit * eigen.vectors,
        rule: problem.rule, largestExcess: .infinity)
      let (first, second) = (weights.layers[0] * eigen.vectors, weights.layers[1])
      var fused: any StatisticsSteps = FusedSteps(
        problem: statistics, first: first, second: second)
      var large: any StatisticsSteps = ProductSteps(
        problem: statistics, first: first, second: second)
      for iteration in [1, 40] {
        _ = fused.take(iteration, from: 0, trace: nil)
        _ = large.take(iteration, from: 0, trace: nil)
        let scale = large.product.largestMagnitude
        #expect((fused.product - large.product).largestMagnitude <= 1e-12 * scale, "\(problem)")
      }
    }
  }

  @Test("a run in pieces is the run at once, bit by bit")
  func pieces() throws {
    for number in 0..<40 {
      let problem = try RandomProblem(number, isAligned: number.isMultiple(of: 2))
      var engines: [any LinearDescent] = [try problem.statistics()]
      if problem.isAligned { engines.append(try problem.modes()) }
      for engine in engines {
        var (whole, parts) = (engine, engine)
        _ = whole.advance(to: 700)
        for stop in [1, 2, 255, 256, 257, 300, 512, 699, 700] { _ = parts.advance(to: stop) }
        #expect(whole.network == parts.network && whole.product == parts.product)
      }
    }
  }

  @Test("leaving out steps that change nothing changes nothing, bit by bit")
  func freezing() throws {
    var frozen = 0
    for number in [1, 3, 7, 8, 13, 14, 22, 27] {
      let problem = try RandomProblem(number, isAligned: true)
      for (engine, plain) in [
        (try problem.statistics() as any LinearDescent, try problem.statistics(freezes: false)),
        (try problem.modes() as any LinearDescent, try problem.modes(freezes: false)),
      ] as [(any LinearDescent, any LinearDescent)] {
        var (fast, slow) = (engine, plain)
        for stop in stride(from: 5000, through: 60_000, by: 5000) {
          _ = fast.advance(to: stop)
          _ = slow.advance(to: stop)
          #expect(fast.product == slow.product && fast.iteration == slow.iteration)
          #expect(fast.network == slow.network, "\(problem) at \(stop)")
        }
        #expect(!slow.isFrozen)
        frozen += fast.isFrozen ? 1 : 0
      }
    }
    #expect(frozen >= 4)
  }

  @Test("the loss and the risk of targets without noise fall below 1e-25")
  func noiseFree() throws {
    for asked in [TrainingSection.Engine.statistics, .modes] {
      var scenario = Scenario()
      scenario.training.engine = asked
      let training = try LinearTraining(scenario)
      var descent = training.descent()
      _ = descent.advance(to: 100_000)
      #expect(descent.isFrozen)
      #expect(descent.loss() < 1e-25)
      #expect(training.measures.risk(of: descent.product) < 1e-23)  // times 5000 test rows
    }
  }

  @Test(
    "two thousand hidden units give the products of the literal loop",
    arguments: [Start.diagonal, .gaussian])
  func wide(start: Start) throws {
    func product(_ engine: TrainingSection.Engine) throws -> Matrix<Double> {
      var model = LinearModel()
      (model.samples, model.testSamples, model.inputs, model.kappa) = (100, 100, 10, 3)
      (model.teacher, model.isTransformed, model.noise) = (.gaussian, false, [1])
      var network = LinearNetworkSection()
      (network.hidden, network.start) = (2000, start)
      network.scales = [start == .gaussian ? 0.02 : 0.1]
      var scenario = Scenario()
      scenario.data = .linearModel(model)
      scenario.network = .linear(network)
      (scenario.training.rates, scenario.training.engine) = ([1e-3], engine)
      var descent = try LinearTraining(scenario).descent()
      let diverged = descent.advance(to: 200)
      #expect(!diverged)
      return descent.product
    }
    let (fast, literal) = (try product(.statistics), try product(.literal))
    // Far beyond the start, so that steps are compared and not the start.
    #expect(literal.largestMagnitude > 0.1)
    #expect((fast - literal).largestMagnitude <= 1e-10 * literal.largestMagnitude)
  }

  @Test("width does not matter: 20 000 hidden units are as 40 with the same start")
  func width() throws {
    func run(_ hidden: Int) throws -> [Matrix<Double>] {
      var scenario = coupledScenario()
      scenario.training.engine = .statistics
      guard case .linear(var network) = scenario.network else { return [] }
      network.hidden = hidden
      scenario.network = .linear(network)
      let training = try LinearTraining(scenario)
      #expect(training.engine.name == "statistics + width \(hidden)→6")
      return try path(scenario)
    }
    #expect(largestGap(try run(20_000), try run(40)) < 1e-11)
  }

  @Test("a descent stops where the literal loop finds that it diverged")
  func divergence() throws {
    for asked in [TrainingSection.Engine.literal, .statistics] {
      var scenario = Scenario()
      scenario.training.rates = [1]
      scenario.training.engine = asked
      let training = try LinearTraining(scenario)
      var descent = training.descent()
      let hasDiverged = descent.advance(to: 100_000)
      scenario.training.engine = .literal
      let literal = try LinearTraining(scenario)
      var slow = literal.descent()
      let isExpected = slow.advance(to: 100_000)
      #expect(isExpected && hasDiverged)
      #expect(abs(slow.iteration - descent.iteration) <= 1)
    }
  }
}

@Suite("Many small runs at once")
struct SmallEnsembleTests {
  @Test(
    "each run takes the bits that it takes alone", arguments: TrainingSection.Order.allCases,
    [0.0, 0.001])
  func bits(order: TrainingSection.Order, decay: Double) throws {
    for weightDecay in [0, 0.1] {
      var descents: [StatisticsDescent] = []
      for seed in 1...11 {
        var scenario = Scenario()
        scenario.seed = seed
        scenario.training.order = order
        scenario.training.decay = decay
        scenario.training.weightDecay = [weightDecay]
        scenario.training.rates = [1e-3, 2e-4 * Double(seed)]
        let training = try LinearTraining(scenario)
        descents.append(
          try StatisticsDescent(
            training.engine.reduction, correlations: training.problem.correlations,
            rule: training.problem.rule, largestLoss: .infinity))
      }
      var ensemble = try #require(SmallEnsemble(descents))
      for stop in [1, 500, 2001] {
        ensemble.advance(to: stop)
        for run in descents.indices {
          _ = descents[run].advance(to: stop)
          #expect(ensemble.product(ofRun: run) == descents[run].product)
        }
      }
    }
  }

  @Test("notes those whose loss was too large at some step, and no others")
  func divergence() throws {
    let descents = try (0..<20).map { run in
      var scenario = Scenario()
      scenario.seed = run
      // Some are stable, some grow without end, some leave and come back.
      scenario.training.rates = [[1e-3, 0.019, 0.021, 0.05][run % 4]]
      let training = try LinearTraining(scenario)
      return try StatisticsDescent(
        training.engine.reduction, correlations: training.problem.correlations,
        rule: training.problem.rule, largestLoss: run % 3 == 0 ? 1e2 : 1e6)
    }
    var ensemble = try #require(SmallEnsemble(descents))
    ensemble.advance(to: 3000)
    var diverged = 0
    for (run, descent) in descents.enumerated() {
      var alone = descent
      let isDiverged = alone.advance(to: 3000)
      #expect(ensemble.hasDiverged(run) == isDiverged)
      if isDiverged {
        diverged += 1
      } else {
        #expect(ensemble.product(ofRun: run) == alone.product)
      }
    }
    #expect((1..<20).contains(diverged))
  }

  @Test("runs of modes that evolve alone, too, with rates of their own", arguments: [0, 1e-4])
  func modes(decay: Double) throws {
    let descents = try (0..<21).map { run in
      var scenario = Scenario()
      scenario.seed = run
      scenario.training.decay = decay
      scenario.training.rates = [1e-3, 1e-4 * Double(run + 1)]
      return try LinearTraining(scenario).descent()
    }
    var ensemble = try #require(AnyLinearDescent.sideBySide(descents))
    #expect(ensemble is ModesEnsemble)
    var alone = descents
    var (synaptic, product) = (descents[0].synapticProduct, descents[0].product)
    for stop in [1, 300, 512, 2001, 90_000] {
      ensemble.advance(to: stop, threads: 1)
      for run in descents.indices {
        _ = alone[run].advance(to: stop)
        ensemble.readProducts(ofRun: run, synaptic: &synaptic, product: &product)
        #expect(product == alone[run].product)
        #expect(synaptic == alone[run].synapticProduct)
        #expect(ensemble.descent(ofRun: run).network == alone[run].network)
        #expect(!ensemble.hasDiverged(run))
      }
    }
  }

  @Test("and does so on any number of threads", arguments: [1, 2, 3])
  func threads(_ threads: Int) throws {
    // More runs than a thread takes at a time, and not a multiple of the lanes.
    let training = try LinearTraining(Scenario())
    var descents = try (0..<203).map { run in
      var network = training.network
      network.weights.layers[0] = (1 + Double(run) / 100) * network.weights.layers[0]
      return try StatisticsDescent(
        WidthReduction(network, hiddenBasis: network.weights.hiddenBasis()),
        correlations: training.problem.correlations, rule: training.problem.rule,
        largestLoss: .infinity)
    }
    var ensemble = try #require(SmallEnsemble(descents))
    ensemble.advance(to: 700, threads: threads)
    for run in descents.indices {
      _ = descents[run].advance(to: 700)
      #expect(ensemble.product(ofRun: run) == descents[run].product)
    }
  }
}

@Suite("The choice of an engine")
struct EngineChoiceTests {
  @Test("the fastest that applies is taken and named")
  func names() throws {
    #expect(try LinearTraining(Scenario()).engine.name == "statistics + width 50→2 + modes")
    var coupled = coupledScenario()
    coupled.training.engine = .auto
    #expect(try LinearTraining(coupled).engine.name == "statistics + width 9→6")
    coupled.training.engine = .literal
    #expect(try LinearTraining(coupled).engine.name == "literal")
    var unstable = Scenario()
    unstable.training.rates = [0.03]
    #expect(try LinearTraining(unstable).engine.name == "statistics + width 50→2")
  }

  @Test("an engine that does not apply is refused with the reason")
  func refusals() throws {
    func reason(_ asked: TrainingSection.Engine, _ change: (inout Scenario) -> Void) -> String {
      var scenario = coupledScenario()
      scenario.training.engine = asked
      change(&scenario)
      do {
        _ = try LinearTraining(scenario)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(reason(.modes) { _ in }.contains("because the modes are coupled"))
    #expect(
      reason(.modes) {
        $0 = Scenario()
        $0.training.engine = .modes
        $0.training.rates = [0.03]
      }.contains("above what is stable"))
    #expect(
      reason(.statistics) {
        $0.training.stages = [TargetStage(from: 40, change: .reversal)]
      }.contains("because the targets change midway"))
    #expect(
      reason(.statistics) {
        guard case .linear(var network) = $0.network else { return }
        network.depth = 3
        $0.network = .linear(network)
        $0.training.rates = [1e-3]
      }.contains("because the network has 3 layers, not 2"))
  }
}
