import LearningProblems
import LinearAlgebra
import Recording
import Spelling
import Theory

/// Which theories are laid over a run.
public enum TheoryChoice: Equatable, Sendable {
  /// For every quantity the first exact solution in time and the first in steps.
  case automatic
  /// One solution, whatever its verdict.
  case only(String)
  /// None.
  case none

  /// The choice that a word stands for: `auto`, `none`, `flow` or the id of a solution.
  ///
  /// - Throws: ``TheoryChoiceError``.
  public init(_ word: String) throws {
    switch word {
    case "auto": self = .automatic
    case "none": self = .none
    default:
      guard word == GradientFlowOverlay.id || Catalogue.solution(id: word) != nil else {
        throw TheoryChoiceError.unknown(word, known: Self.ids)
      }
      self = .only(word)
    }
  }

  /// Ids of everything that can be laid over a run.
  public static var ids: [String] { Catalogue.solutions.map { $0.id } + [GradientFlowOverlay.id] }
}

/// What all theories say about a problem, and which of them are laid over its run.
public struct Theories: Sendable {
  /// The verdict of every solution, in the order of the regimes.
  public let assessments: [Catalogue.Assessment]
  /// The solutions that are laid over the run.
  public let chosen: [any ExactSolution]
  let problem: LearningProblem

  /// Assesses every solution and chooses.
  ///
  /// - Throws: ``TheoryChoiceError`` when the one asked for is about problems of another kind.
  public init(_ problem: LearningProblem, choice: TheoryChoice) throws {
    self.problem = problem
    switch choice {
    case .none:
      assessments = []
      chosen = []
    case .automatic:
      let assessments = Catalogue.assess(problem)
      self.assessments = assessments
      let exact = assessments.filter {
        $0.verdict == .exact && Self.mayBeChosen($0.id, for: problem)
      }
      chosen = Self.simplest(exact.compactMap(\.solution))
    case .only(let id):
      assessments = []
      chosen = try Self.solution(id, of: problem).map { [$0] } ?? []
    }
  }

  /// One solution of a problem, whatever its verdict; nil for what is none of the catalogue's.
  private static func solution(
    _ id: String, of problem: LearningProblem
  ) throws -> (any ExactSolution)? {
    guard let assessment = Catalogue.assess(problem).first(where: { $0.id == id }) else {
      return nil
    }
    if let solution = assessment.solution { return solution }
    guard case .doesNotApply(let reason) = assessment.verdict else { return nil }
    throw TheoryChoiceError.inapplicable(id, reason: reason)
  }

  /// Whether a solution is laid over a run of itself, if it is exact.
  ///
  /// Solutions for any depth contain the closed forms of two layers, which are preferred there.
  static func mayBeChosen(_ id: String, for problem: LearningProblem) -> Bool {
    problem.initialWeights.depth > 2 || !id.hasPrefix("deep-")
  }

  /// Of exact solutions, the first that predicts each quantity in time, and the first in steps.
  private static func simplest(_ exact: [any ExactSolution]) -> [any ExactSolution] {
    var known: [Clock: Set<Curve>] = [:]
    return exact.filter { solution in
      let (clock, curves) = (type(of: solution).clock, Set(type(of: solution).curves))
      let isNew = !curves.isSubset(of: known[clock] ?? [])
      if isNew { known[clock, default: []].formUnion(curves) }
      return isNew
    }
  }

  /// The chosen solutions at given iterations, without gaps.
  ///
  /// - Parameters:
  ///   - iterations: ascending.
  ///   - outputs: number of outputs, to which lists of modes are padded with zeros.
  /// - Throws: `TheoryError` when a solution cannot be evaluated.
  public func overlays(at iterations: [Int]) throws -> [Overlay] {
    let times = problem.rule.times(at: iterations)
    return try chosen.map { solution in
      let type = Swift.type(of: solution)
      let moments = type.moments(atIterations: iterations, rule: problem.rule)
      let predictions = try solution.predictions(at: moments)
      let validity = solution.validity
      return Overlay(
        id: type.id, title: type.title, source: type.source,
        verdict: validity.verdict.words,
        assumptions: validity.assumptions.map {
          Overlay.Assumption(
            name: $0.name, violation: $0.violation, expectedError: $0.expectedError)
        },
        warnings: validity.warnings, iterations: iterations, times: times,
        curves: type.curves.compactMap { self.curve($0, predictions) })
    }
  }

  /// Relative error that the step size of a chosen solution implies.
  public static func stepSizeError(of solution: any ExactSolution) -> Double {
    solution.validity.assumptions.filter(\.isStepSize).reduce(0) { $0 + $1.expectedError }
  }

  /// One predicted curve in the form of the file; nil for curves that no trajectory has.
  private func curve(_ curve: Curve, _ predictions: [Prediction]) -> Overlay.Curve? {
    let (outputs, inputs) = (problem.correlations.outputs, problem.correlations.inputs)
    let axes: [Axis]
    switch curve {
    case .product: axes = [.output, .input]
    case .modeStrength, .modeTrainError, .modeTestError: axes = [.mode]
    case .loss, .risk, .sharpness, .teacherOverlap, .selfOverlap: axes = []
    default: return nil
    }
    let shape = axes.map { $0 == .input ? inputs : outputs }
    let width = shape.reduce(1, *)
    var values: [Double] = []
    values.reserveCapacity(width * predictions.count)
    for prediction in predictions {
      switch prediction[curve] {
      case .number(let number): values.append(number)
      case .vector(let list):
        values += list.prefix(width)
        values += Array(repeating: 0, count: max(0, width - list.count))
      case .matrix(let matrix): values += matrix.elements
      case nil: return nil
      }
    }
    guard values.count == width * predictions.count else { return nil }
    return Overlay.Curve(quantity: curve.rawValue, axes: axes, shape: shape, values: values)
  }
}

/// What can be wrong with the theory that somebody asks for.
public enum TheoryChoiceError: Error, Equatable, CustomStringConvertible {
  /// There is no solution of this id.
  case unknown(String, known: [String])
  /// The solution is about problems of another kind.
  case inapplicable(String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknown(let id, let known):
      if let near = nearest(to: id, in: known + ["auto", "none"]) {
        "There is no theory \(id): did you mean \(near)?"
      } else {
        "There is no theory \(id): choose auto, none, or one of \(known.joined(separator: ", "))."
      }
    case .inapplicable(let id, let reason):
      "The theory \(id) is about other problems, because \(reason): leave --theory out to draw "
        + "those that hold."
    }
  }
}

extension Validity.Verdict {
  /// The verdict in words, such as `approximate, expected error 0.02`.
  public var words: String {
    switch self {
    case .exact: "exact"
    case .approximate(let error): "approximate, expected error \(brief(error))"
    case .doesNotApply(let reason): "does not apply: \(reason)"
    }
  }
}
