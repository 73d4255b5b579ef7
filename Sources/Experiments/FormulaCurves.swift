import Datasets
import Dynamics
import Foundation
import LearningProblems
import LinearAlgebra
import RandomMatrices
import RandomStreams
import Recording
import Scenarios
import Theory

/// The curves of a closed form, by name.
struct FormulaCurves {
  private let iterations: [Double]
  private let times: [Double]
  private var curves: [String: (shape: [Int], rows: [[Double]])] = [:]

  /// Evaluates the formula of a scenario.
  ///
  /// - Throws: `ScenarioError` or `TheoryError` when it cannot be; as drawing the data does.
  init(_ scenario: Scenario, reading: MatrixReader) throws {
    switch scenario.formula {
    case .none: (iterations, times) = ([], [])
    case .solution(let section):
      let steps = section.steps.numbers ?? []
      let problem = try LinearTraining(scenario, reading: reading).problem
      guard problem.rule.decay == 0 else {
        throw ScenarioError(
          key: "training.decay",
          problem: "The rates decay, so that steps between whole ones have no time",
          remedy: "leave the decay out")
      }
      let theories = try Theories(problem, choice: .only(scenario.theory))
      guard let solution = theories.chosen.first else {
        throw ScenarioError(
          key: "theory", problem: "The theory \(scenario.theory) has no formula",
          remedy: "choose a solution that 'dyn theory --list' lists")
      }
      (iterations, times) = (steps, steps.map { $0 * problem.rule.timeStep })
      let clock = type(of: solution).clock
      let predictions = try solution.predictions(at: clock == .step ? steps : times)
      for curve in type(of: solution).curves { add(curve, predictions) }
    case .featureRisk(let section):
      (iterations, times) = Self.places(section.steps)
      var risk = try FeatureRiskCurve(
        scales: section.scales, coefficients: section.coefficients, noise: section.noise,
        samples: section.samples, rates: section.rates)
      if let turning = section.turning { risk = try risk.equalised(at: turning) }
      let terms = iterations.map(risk.terms)
      add("feature_risk", terms, shape: [section.scales.count])
      add("risk", terms.map { [$0.reduce(0, +)] })
      add("smallest_risk", terms.map { _ in [risk.smallestRisk - section.noise * section.noise] })
    case .overlaps(let section):
      (iterations, times) = Self.places(section.steps)
      let overlaps = try Self.overlaps(section, seed: scenario.seed)
      let pairs = iterations.map(overlaps.overlaps)
      add("teacher_overlap", pairs.map { [$0.teacher] })
      add("self_overlap", pairs.map { [$0.own] })
      add("risk", pairs.map { [(1 - 2 * $0.teacher + $0.own) / 2] })
    case .generalization(let section):
      (iterations, times) = Self.places(section.times)
      let curve = try GeneralizationCurve(
        spectrum: .limit(MarchenkoPastur(ratio: 1 / section.load)), teacher: section.teacher,
        start: section.start, noise: section.noise)
      add("risk", times.map { [curve.testError(at: $0)] })
      add("loss", times.map { [curve.trainingError(at: $0)] })
      add("ridge", times.map { _ in [curve.optimalRidgeError] })
    case .noisyTeacher(let section):
      (iterations, times) = Self.places(section.times)
      let error = try NoisyTeacherRisk(
        singularValues: section.singularValues, noise: section.noise, outputs: section.outputs,
        inputs: section.inputs, initial: section.initial)
      add("risk", try times.map { [try error.relativeError(at: $0)] })
    }
  }

  /// Places that count the same in steps and in time.
  private static func places(_ axis: AxisValues) -> ([Double], [Double]) {
    let numbers = axis.numbers ?? []
    return (numbers, numbers)
  }

  /// Overlaps for a draw of the features' directions, then of the latent inputs.
  ///
  /// The step size is one over the largest eigenvalue of all features, also where the student sees
  /// only some of them.
  private static func overlaps(_ section: OverlapFormula, seed: Int) throws -> OverlapCurve {
    var stream = try NumPyStream(seed: seed)
    let d = section.inputs
    let left = try haarOrthogonal(d, using: &stream)
    let right = try haarOrthogonal(d, using: &stream)
    let latent = stream.normals(rows: section.samples, columns: d)
    func modulation(_ part: OverlapFormula.Part) -> Matrix<Double> {
      let scales = (0..<d).map { i in
        let isFast = i < section.fast
        if part == .fast && !isFast || part == .slow && isFast { return 0.0 }
        return isFast ? 1 : 1 / section.kappa
      }
      return (left * .diagonal(scales)).times(right, right: .transposed)
    }
    // OverlapCurve averages over samples: its eigenvalues, ridge and rate are those of XᵀX/n.
    let n = Double(section.samples)
    let x = (1 / Double(d).squareRoot()) * (latent * modulation(.both))
    let largest = try x.times(x, left: .transposed).symmetricEigen().values.first ?? 1
    return try OverlapCurve(
      modulation: modulation(section.part), latent: latent, noise: section.noise * section.noise,
      rate: 1 / (largest / n + section.ridge / n + section.penalty / Double(d)),
      ridge: section.ridge / n, penalty: section.penalty)
  }

  private mutating func add(_ name: String, _ rows: [[Double]], shape: [Int] = []) {
    curves[name] = (shape, rows)
  }

  private mutating func add(_ curve: Theory.Curve, _ predictions: [Prediction]) {
    var shape: [Int] = []
    let rows = predictions.map { prediction -> [Double] in
      switch prediction[curve] {
      case .number(let number): return [number]
      case .vector(let list):
        shape = [list.count]
        return list
      case .matrix(let matrix):
        shape = [matrix.rows, matrix.columns]
        return matrix.elements
      case nil: return []
      }
    }
    if rows.allSatisfy({ !$0.isEmpty }) { add(curve.rawValue, rows, shape: shape) }
  }

  /// Names of all curves, with those in lists by the list alone.
  var names: [String] { curves.keys.sorted() }

  /// Those of the named curves that the formula gives.
  func tracks(_ names: [CurveName]) -> [String: Track] {
    var tracks: [String: Track] = [:]
    for name in names {
      guard name.theory == nil, let found = curves[name.quantity] else { continue }
      for curve in name.curves(in: found.shape) {
        tracks[curve.name] = Track(
          iterations: iterations, times: times, values: found.rows.map { $0[curve.index] })
      }
    }
    return tracks
  }
}
