import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios

@testable import Dynamics

/// A problem of two linear layers with everything about it drawn at random.
struct RandomProblem: CustomStringConvertible {
  let description: String
  let inputs: Matrix<Double>
  let targets: Matrix<Double>
  let test: LearningProblem.TestSet
  let correlations: Correlations
  let network: LinearNetwork
  let rule: StepRule
  let isAligned: Bool

  /// The sizes and kinds cycle with the number at different speeds, so that all meet all.
  init(_ number: Int, isAligned: Bool = false) throws {
    var stream = try NumPyStream(seed: 100 + number)
    func pick<T>(_ choices: [T], _ speed: Int) -> T { choices[number / speed % choices.count] }
    let d = pick([2, 1, 5, 3, 8, 2, 9], 1)
    let outputs = pick([2, 3, 1, 6, 2], 1)
    let hidden = pick([7, 1, 2, 3, 30, 12], 1)
    let space = pick([WeightSpace.synaptic, .original], 1)
    let order = pick([UpdateOrder.simultaneous, .sequential], 2)
    let n = isAligned ? d + 6 : pick([20, d + 1, 2, 11], 3)
    let kind = pick(["noisy", "noise-free", "rank one", "equal modes"], 4)
    let decay = pick([0, 0.01], 5)
    let weightDecay = isAligned ? [0, 0] : pick([[0, 0], [0, 0], [0.1, 0.3]], 1)
    let ratio = pick([[1, 1], [1, 0.3], [0.2, 1], [0, 1], [1, 0]], 2)
    self.isAligned = isAligned

    var teacher = stream.normals(rows: outputs, columns: d)
    if kind == "rank one" {
      teacher =
        stream.normals(rows: outputs, columns: 1) * stream.normals(rows: 1, columns: d)
    }
    var inputs = stream.normals(rows: n, columns: d)
    if isAligned || (kind == "equal modes" && n >= d) {
      let columns = try inputs.qrDecomposition().orthogonal
      let right = try haarOrthogonal(d, using: &stream)
      let left = try haarOrthogonal(outputs, using: &stream)
      let scales = (0..<d).map { kind == "equal modes" ? 2 : 3 / (1 + Double($0)) }
      let values = (0..<d).map { i in
        kind == "equal modes" ? 1 : (kind == "rank one" && i > 0) ? 0 : 1 + 0.5 * Double(i)
      }
      inputs = (columns * Matrix.diagonal(scales)).times(right, right: .transposed)
      teacher =
        (left * Matrix.diagonal(values, rows: outputs, columns: d))
        .times(right, right: .transposed)
    }
    var targets = inputs.times(teacher, right: .transposed)
    if kind == "noisy", !isAligned { targets.add(stream.normals(rows: n, columns: outputs)) }
    self.inputs = inputs
    self.targets = targets
    let tests = stream.normals(rows: 2 * d + 3, columns: d)
    test = LearningProblem.TestSet(
      input: tests.times(tests, left: .transposed), teacher: teacher)
    correlations = try Correlations(inputs: inputs, targets: targets, reduction: .sum)

    let modes = try Modes(of: correlations)
    var weights = LinearWeights([
      0.4 * stream.normals(rows: hidden, columns: d),
      0.4 * stream.normals(rows: outputs, columns: hidden),
    ])
    if isAligned {
      let width = max(hidden, d, outputs)
      weights =
        DiagonalStart(
          first: (0..<d).map { 0.3 + 0.1 * Double($0) },
          second: (0..<outputs).map { 0.5 - 0.08 * Double($0) }
        ).synapticWeights(
          inputs: d, hidden: width, outputs: outputs,
          rotations: [try haarOrthogonal(width, using: &stream)]
        ).rotated(outOf: modes)
    }
    network = LinearNetwork(
      weights: space == .original ? weights : weights.rotated(into: modes), space: space,
      modes: modes)
    let curvature =
      (correlations.input.norm + 1e-300)
      * (weights.layers[0].squaredNorm + weights.layers[1].squaredNorm + correlations.fit.norm)
    let rate = 0.3 / curvature
    rule = StepRule(
      rates: ratio.map { $0 * rate }, decay: decay, weightDecay: weightDecay, order: order)
    description =
      "\(number): d \(d), outputs \(outputs), hidden \(weights.layers[0].rows), n \(n), \(kind), "
      + "\(space), \(order), decay \(decay), weight decay \(weightDecay), rates \(ratio)"
  }

  /// The literal loop over samples.
  var literal: GradientDescent<ManualGradient> {
    GradientDescent(
      network: network, rule: rule,
      gradient: ManualGradient(
        inputs: network.coordinates(ofInputs: inputs),
        targets: network.coordinates(ofTargets: targets),
        widths: network.weights.layers.map(\.rows), divisor: 1),
      largestLoss: 1e300)
  }

  /// The reduction of the width.
  func reduction() throws -> WidthReduction {
    try WidthReduction(network, hiddenBasis: network.weights.hiddenBasis())
  }

  func statistics(freezes: Bool = true) throws -> StatisticsDescent {
    try StatisticsDescent(
      reduction(), correlations: correlations, rule: rule, largestLoss: 1e300, freezes: freezes)
  }

  func modes(freezes: Bool = true) throws -> ModesDescent {
    ModesDescent(
      try AlignedModesStart(reduction()), correlations: correlations, rule: rule,
      largestLoss: 1e300, freezes: freezes)
  }
}
