import Dynamics
import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios

/// Times the training loops of the program on prepared inputs, for `Benchmarks/run`.
@main
struct DynBench {
  static func main() throws {
    BLAS.useThreads(1)
    let words = CommandLine.arguments.dropFirst()
    switch (words.first, words.count) {
    case ("loop", 4): try loop(Array(words.dropFirst()))
    case ("width", 1): try width()
    case ("seeds", 2): try seeds(Int(Array(words)[1]) ?? 1000)
    case ("ensemble", 6): try ensemble(Array(words.dropFirst()))
    case ("images", 6): try images(Array(words.dropFirst()))
    case ("products", 3):
      products(size: Int(Array(words)[1]) ?? 1000, repeats: Int(Array(words)[2]) ?? 5)
    default:
      print(
        "usage: dyn-bench loop DIR reduced|whole|end REPEATS | ensemble DIR RUNS STEPS REPEATS THREADS "
          + "| width | seeds RUNS | products SIZE REPEATS "
          + "| images DIR HIDDEN CHANNELS STEPS THREADS")
    }
  }

  /// Trains one network on Fashion-MNIST in batches of 128 with momentum and prints what a step takes,
  /// wall and processor, and the loss after the last; HIDDEN and CHANNELS are lists or `none`.
  private static func images(_ words: [String]) throws {
    func sizes(_ word: String) -> [Int] { word.split(separator: ",").compactMap { Int($0) } }
    var scenario = Scenario()
    var data = ImageData()
    data.path = words[0]
    scenario.data = .images(data)
    var network = DenseNetworkSection()
    (network.hidden, network.channels, network.hasBiases) = (
      sizes(words[1]), sizes(words[2]), false
    )
    scenario.network = .dense(network)
    scenario.training.rule = .sgd
    scenario.training.loss = .crossEntropy
    scenario.training.reduction = .mean
    (scenario.training.batch, scenario.training.momentum) = (128, 0.9)
    scenario.training.rates = [0.01]
    let (steps, threads) = (Int(words[3]) ?? 469, Int(words[4]) ?? 1)
    var ensemble = try DenseTraining(scenario).ensemble(of: Float.self, threads: threads)
    _ = ensemble.advance(to: 20)
    let (start, used) = (ContinuousClock.now, clock())
    _ = ensemble.advance(to: 20 + steps)
    let (wall, busy) = (ContinuousClock.now - start, clock() - used)
    print(
      String(
        format: "{\"wall\": %.4f, \"processor\": %.4f, \"valid_loss\": %.6f}",
        1e3 * (wall / .seconds(1)) / Double(steps),
        1e3 * Double(busy) / Double(CLOCKS_PER_SEC) / Double(steps),
        ensemble.values()[0].valid.loss))
  }

  /// Trains on the inputs in a folder and prints times and what the records add up to.
  private static func loop(_ words: [String]) throws {
    let work = try Workload(folder: words[0])
    let repeats = Int(words[2]) ?? 5
    let network = LinearNetwork(
      weights: LinearWeights([work.first, work.second]), space: .original,
      modes: try Modes(of: work.correlations))
    let reduction =
      words[1] == "whole"
      ? WidthReduction(network, along: nil)
      : try WidthReduction(network, hiddenBasis: network.weights.hiddenBasis())
    let start = try StatisticsDescent(
      reduction, correlations: work.correlations, rule: StepRule(rates: [work.rate, work.rate]),
      largestLoss: .infinity, freezes: false)
    var seconds: [Double] = []
    var sums: [Double] = []
    if words[1] == "end" {
      for _ in 0..<repeats {
        var descent = start
        seconds.append(timed { _ = descent.advance(to: work.steps) })
        let product = descent.product
        sums = [descent.loss(), work.test.risk(of: product), product.elements.reduce(0, +)]
      }
    } else {
      var record = try PathRecord(steps: work.steps, test: work.test)
      for _ in 0..<repeats {
        var descent = start
        seconds.append(timed { _ = record.record(&descent) })
        sums = [record.losses, record.risks, record.products, record.errors]
          .map { $0.reduce(0, +) }
      }
    }
    report(seconds, sums)
  }

  /// Trains many runs whose starts differ in scale, and prints times of one run and step.
  private static func ensemble(_ words: [String]) throws {
    let work = try Workload(folder: words[0])
    let (runs, steps) = (Int(words[1]) ?? 1000, Int(words[2]) ?? 1000)
    let threads = Int(words[4]) ?? 1
    let modes = try Modes(of: work.correlations)
    let descents = try (0..<runs).map { run in
      let scale = 1 + Double(run) / Double(runs)
      let network = LinearNetwork(
        weights: LinearWeights([scale * work.first, scale * work.second]), space: .original,
        modes: modes)
      return try StatisticsDescent(
        WidthReduction(network, hiddenBasis: network.weights.hiddenBasis()),
        correlations: work.correlations, rule: StepRule(rates: [work.rate, work.rate]),
        largestLoss: .infinity)
    }
    guard let start = SmallEnsemble(descents) else { return }
    var seconds: [Double] = []
    var sum = 0.0
    for _ in 0..<(Int(words[3]) ?? 5) {
      var ensemble = start
      seconds.append(
        timed { ensemble.advance(to: steps, threads: threads) } / Double(runs * steps))
      sum = (0..<runs).reduce(0) { $0 + ensemble.product(ofRun: $1).elements.reduce(0, +) }
    }
    report(seconds, [sum])
  }

  /// Draws seeds of the default run and takes their steps side by side, recording nothing: the least
  /// that a sweep over them can cost.
  private static func seeds(_ runs: Int) throws {
    var descents: [AnyLinearDescent] = []
    let drawing = try timed {
      for seed in 0..<runs {
        var scenario = Scenario()
        scenario.seed = seed
        descents.append(try LinearTraining(scenario).descent())
      }
    }
    let last = Scenario().training.iterations
    let stepping = timed {
      for start in stride(from: 0, to: runs, by: 32) {
        var ensemble = AnyLinearDescent.sideBySide(
          Array(descents[start..<min(runs, start + 32)]))
        ensemble?.advance(to: last, threads: 1)
      }
    }
    print("drawing \(drawing) s, steps \(stepping) s")
  }

  /// Time of a step at several widths, of the second workload's shape, set-up apart.
  private static func width() throws {
    for start in [Start.diagonal, .gaussian] {
      for hidden in [50, 100, 1000, 10_000, 100_000, 1_000_000] {
        var model = LinearModel()
        model.samples = 1000
        model.testSamples = 1000
        model.inputs = 50
        model.kappa = 3
        model.teacher = .gaussian
        model.isTransformed = false
        model.noise = [1]
        var network = LinearNetworkSection()
        network.hidden = hidden
        network.start = start
        // The product of a wide start would be large: its scale falls with the width.
        network.scales = [start == .gaussian ? 0.1 * (50 / Double(hidden)).squareRoot() : 0.1]
        var scenario = Scenario()
        scenario.data = .linearModel(model)
        scenario.network = .linear(network)
        scenario.training.rates = [1e-4]
        scenario.training.engine = .statistics
        var training: LinearTraining?
        let setUp = try timed { training = try LinearTraining(scenario) }
        guard let training else { return }
        var seconds: [Double] = []
        var loss = 0.0
        for _ in 0..<7 {
          var descent = training.descent()
          seconds.append(timed { _ = descent.advance(to: 5000) } / 5000)
          loss = descent.loss()
        }
        print(
          "{\"start\": \"\(start.rawValue)\", \"hidden\": \(hidden), \"set_up\": \(setUp), "
            + "\"seconds\": \(seconds), \"loss\": \(loss), \"engine\": \"\(training.engine.name)\"}"
        )
      }
    }
  }

  /// Time of three square products, the least that a large step needs.
  private static func products(size: Int, repeats: Int) {
    let a = Matrix(rows: size, columns: size) { i, j in Double((i * 31 + j * 17) % 101) / 101 }
    var b = a
    var seconds: [Double] = []
    for _ in 0..<repeats {
      seconds.append(timed { for _ in 0..<3 { b.setProduct(a, a, scale: 1e-3, keep: 0.5) } })
    }
    report(seconds, [b[0, 0]])
  }

  private static func timed(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  private static func report(_ seconds: [Double], _ sums: [Double]) {
    print("{\"seconds\": \(seconds), \"sums\": \(sums)}")
  }
}

/// The inputs of a workload, as `Benchmarks/inputs.py` leaves them.
private struct Workload {
  let correlations: Correlations
  let test: LearningProblem.TestSet
  let first: Matrix<Double>
  let second: Matrix<Double>
  let steps: Int
  let rate: Double

  init(folder: String) throws {
    let text = try String(contentsOfFile: folder + "/sizes.txt", encoding: .utf8)
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let sizes = words.prefix(4).compactMap(Int.init)
    let numbers = words.dropFirst(4).compactMap(Double.init)
    guard sizes.count == 4, numbers.count == 2 else { throw CocoaError(.fileReadCorruptFile) }
    let (d, outputs, hidden) = (sizes[0], sizes[1], sizes[2])
    func matrix(_ name: String, _ rows: Int, _ columns: Int) throws -> Matrix<Double> {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).f64"))
      let entries = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
      return Matrix(rows: rows, columns: columns, elements: entries)
    }
    steps = sizes[3]
    rate = numbers[0]
    let input = try matrix("xx", d, d)
    let fit = try matrix("fit", outputs, d)
    correlations = Correlations(
      input: input, inputOutput: fit * input, targetSquare: numbers[1], fit: fit,
      fitLoss: numbers[1])
    test = LearningProblem.TestSet(
      input: try matrix("test", d, d), teacher: try matrix("teacher", outputs, d))
    first = try matrix("w1", hidden, d)
    second = try matrix("w2", outputs, hidden)
  }
}
