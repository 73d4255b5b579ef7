import Foundation
import LearningProblems
import LinearAlgebra
import RandomMatrices

/// The error of a two-layer network that learns a low-rank teacher from noisy white data.
///
/// Modes of the noisy task sit at the spiked singular values ŝ and overlap with the teacher's as
/// random matrices say; the rest is a Marchenko–Pastur bulk of noise. Each mode is a sigmoid from
/// u₀ towards its ŝ:
///
///     E(t)/|W̄|² = [Σ s_a² + (m−r)·∫ρ s² − 2Σ s_a·s̄_a·cos U·cos V + Σ s̄²]/Σ s̄².
///
/// - Source: Lampinen & Ganguli 2019, arXiv:1809.10374.
public struct NoisyTeacherRisk: Sendable {
  /// Singular values s̄ of the teacher, shape [mode].
  public let singularValues: [Double]
  /// σ_z, singular values of the noise in units where its bulk ends at 1 + √A.
  public let noise: Double
  /// Numbers of outputs and inputs.
  public let outputs, inputs: Int
  /// Initial strength u₀ of every mode.
  public let initial: Double
  /// Input variance.
  public let variance: Double

  /// The error for a teacher, a noise and a start.
  public init(
    singularValues: [Double], noise: Double, outputs: Int, inputs: Int, initial: Double,
    variance: Double = 1
  ) throws(TheoryError) {
    for value in singularValues { try require("singular value of the teacher", value, "finite") }
    try require("noise", noise, "finite and > 0") { $0 > 0 }
    try require("initial mode strength", initial, "finite and > 0") { $0 > 0 }
    try require("input variance", variance, "finite and > 0") { $0 > 0 }
    try require("number of outputs", Double(outputs), "at least 1") { $0 >= 1 }
    try require("number of inputs", Double(inputs), "at least 1") { $0 >= 1 }
    (self.singularValues, self.noise) = (singularValues.filter { $0 > 0 }, noise)
    (self.outputs, self.inputs) = (outputs, inputs)
    (self.initial, self.variance) = (initial, variance)
  }

  /// A = outputs/inputs.
  public var aspect: Double { Double(outputs) / Double(inputs) }

  /// What became of each mode of the teacher.
  public var spikes: [SpikedMatrix] {
    singularValues.map { SpikedMatrix(strength: $0 / noise, aspect: aspect) }
  }

  /// |W − W̄|² at time t ≥ 0.
  public func squaredError(at time: Double) throws(TheoryError) -> Double {
    func strength(_ singular: Double) throws(TheoryError) -> Double {
      try BalancedMode(
        strength: variance * noise * singular, variance: variance, initial: initial
      ).value(at: time)
    }
    try requireTime(time)
    var sum = 0.0
    for (teacher, spike) in zip(singularValues, spikes) {
      let s = try strength(spike.singularValue)
      sum += s * s - 2 * s * teacher * spike.leftOverlap * spike.rightOverlap + teacher * teacher
    }
    let law = MarchenkoPastur(ratio: aspect)
    var failure: TheoryError?
    let bulk = law.integral { value in
      do throws(TheoryError) {
        let s = try strength(value.squareRoot())
        return s * s
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    let rest = Double(min(outputs, inputs) - singularValues.count)
    return sum + max(0, rest) * bulk / min(1, 1 / aspect)
  }

  /// |W − W̄|²/|W̄|² at time t ≥ 0.
  public func relativeError(at time: Double) throws(TheoryError) -> Double {
    try squaredError(at: time) / singularValues.reduce(0) { $0 + $1 * $1 }
  }
}

/// The risk of a two-layer network that learns a noisy low-rank teacher on white inputs.
///
/// - Source: Lampinen & Ganguli 2019, arXiv:1809.10374.
public struct NoisyTeacher: ExactSolution {
  /// `noisy-teacher`.
  public static let id = "noisy-teacher"
  /// Name for a legend.
  public static let title = "noisy low-rank teacher"
  /// In one line, what it is about.
  public static let regime =
    "two layers, white inputs, noisy low-rank teacher, aligned small start: asymptotic"
  /// The paper it comes from.
  public static let source = "Lampinen & Ganguli 2019, arXiv:1809.10374"
  /// What it predicts.
  public static let curves: [Curve] = [.risk]

  /// How well the assumptions hold.
  public let validity: Validity
  /// The error of the map.
  public let error: NoisyTeacherRisk
  let testVariance: Double

  /// The solution of a two-layer problem with samples, noise and a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = AlignedStart(try TwoLayerStart(problem, id: Self.id))
    guard let test = problem.test else { throw Self.inapplicable("the problem has no teacher") }
    guard let samples = problem.samples else {
      throw Self.inapplicable("the problem has no samples")
    }
    let white = try start.start.whiteness()
    let (d, o) = (problem.correlations.inputs, problem.correlations.outputs)
    guard white.rank == d else {
      throw Self.inapplicable("the data span \(white.rank) of \(d) inputs only")
    }
    let scaled = ExpectedRegression.scaledNoise(of: problem, test: test, samples: samples)
    guard scaled > 0 else { throw Self.inapplicable("the targets have no noise") }
    let values = try factoring { try test.teacher.singularValues() }
    let kept = values.filter { $0 > 1e-10 * (values.first ?? 0) }
    let products = start.products
    let logarithms = products.filter { $0 > 0 }.map { log($0) }
    guard !logarithms.isEmpty else { throw Self.inapplicable("no mode has a positive start") }
    let mean = logarithms.reduce(0, +) / Double(logarithms.count)
    let spread = logarithms.map { abs($0 - mean) }.max() ?? 0
    error = try NoisyTeacherRisk(
      singularValues: kept, noise: (Double(d) * scaled / white.variance).squareRoot(),
      outputs: o, inputs: d, initial: exp(mean), variance: white.variance)
    testVariance = test.input.trace / Double(d)
    let lost = error.spikes.contains { !$0.isVisible }
    validity = Validity([
      start.start.whitenessAssumption(white.deviation), start.alignmentAssumption(),
      start.start.noDecayAssumption(),
      Validity.Assumption(
        "every mode starts alike", violation: spread, tolerance: 1e-6,
        expectedError: products.count == logarithms.count ? spread / 4 : .infinity),
      // 2–5 % at 200 inputs, 12 % with a signal below the threshold.
      Validity.Assumption(
        "the network is large", violation: 1 / Double(d).squareRoot(), tolerance: 0,
        expectedError: (lost ? 1.7 : 0.7) / Double(d).squareRoot()),
      start.start.stepSizeAssumption(smallestStart: start.smallestStart),
    ])
  }

  /// The risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    var results: [Prediction] = []
    for time in moments {
      let squared = try error.squaredError(at: time)
      results.append(Prediction([.risk: .number(testVariance * squared)]))
    }
    return results
  }
}
