import LearningProblems
import LinearAlgebra

/// A quantity that a solution can predict, with its name in files.
public enum Curve: String, CaseIterable, Sendable {
  /// W in the original space, shape [output, input].
  case product
  /// uᵢᵀ·W·vᵢ in the order of the fit, shape [mode].
  case modeStrength = "mode_strength"
  /// The reported training loss 2J.
  case loss
  /// The test risk.
  case risk
  /// W₁, shape [hidden, input].
  case firstLayer = "W1"
  /// W₂, shape [output, hidden].
  case secondLayer = "W2"
  /// W₁ᵀW₁, shape [input, input].
  case firstLayerGram = "first_layer_gram"
  /// W₂W₂ᵀ, shape [output, output].
  case secondLayerGram = "second_layer_gram"
  /// Eigenvalues of the Hessian of J, falling, for the rescaled weights.
  case hessianSpectrum = "hessian_spectrum"
  /// Largest eigenvalue of the Hessian, to be held against 2/η.
  case sharpness
  /// Eigenvalues of the neural tangent kernel times Σxx, falling.
  case kernelSpectrum = "ntk_spectrum"
  /// Part of the loss above that of the fit in each mode, shape [mode].
  case modeTrainError = "mode_train_error"
  /// Part of the risk in each mode, shape [mode].
  case modeTestError = "mode_test_error"
  /// R, overlap of the network with the teacher in units of the teacher's.
  case teacherOverlap = "teacher_overlap"
  /// Q, overlap of the network with itself in units of the teacher's.
  case selfOverlap = "self_overlap"
}

/// What a solution predicts at one moment.
public struct Prediction: Equatable, Sendable {
  /// The value of one curve.
  public enum Value: Equatable, Sendable {
    /// A single number.
    case number(Double)
    /// A list.
    case vector([Double])
    /// A matrix.
    case matrix(Matrix<Double>)
  }

  private var known: [Curve: Value]
  /// Large matrices that are computed when they are asked for.
  private var deferred: [Curve: @Sendable () -> Matrix<Double>] = [:]

  /// A prediction with the given values.
  public init(_ values: [Curve: Value] = [:]) { known = values }

  /// All values, by curve; deferred ones are computed.
  public var values: [Curve: Value] {
    known.merging(deferred.mapValues { .matrix($0()) }) { first, _ in first }
  }

  /// The value of a curve, if it is predicted.
  public subscript(curve: Curve) -> Value? {
    get { known[curve] ?? deferred[curve].map { .matrix($0()) } }
    set { known[curve] = newValue }
  }

  /// Adds a matrix that is computed each time it is asked for, because it is large.
  mutating func postpone(_ curve: Curve, _ matrix: @escaping @Sendable () -> Matrix<Double>) {
    deferred[curve] = matrix
  }

  /// Whether all values are equal.
  public static func == (left: Prediction, right: Prediction) -> Bool {
    left.values == right.values
  }

  /// The value of a curve that is a number.
  public func number(_ curve: Curve) -> Double? {
    if case .number(let value) = self[curve] { value } else { nil }
  }

  /// The value of a curve that is a list.
  public func vector(_ curve: Curve) -> [Double]? {
    if case .vector(let value) = self[curve] { value } else { nil }
  }

  /// The value of a curve that is a matrix.
  public func matrix(_ curve: Curve) -> Matrix<Double>? {
    if case .matrix(let value) = self[curve] { value } else { nil }
  }

  /// W in the original space, shape [output, input].
  public var product: Matrix<Double>? { matrix(.product) }
  /// uᵢᵀ·W·vᵢ, shape [mode].
  public var modeStrengths: [Double]? { vector(.modeStrength) }
  /// The training loss.
  public var loss: Double? { number(.loss) }
  /// The test risk.
  public var risk: Double? { number(.risk) }

  /// Whether every value is finite.
  public var isFinite: Bool {
    values.values.allSatisfy { value in
      switch value {
      case .number(let number): number.isFinite
      case .vector(let list): list.allSatisfy(\.isFinite)
      case .matrix(let matrix): matrix.isFinite
      }
    }
  }
}

extension Prediction {
  /// Everything that follows from the map of the network alone.
  init(product: Matrix<Double>, of problem: LearningProblem) {
    self.init([
      .product: .matrix(product),
      .modeStrength: .vector(problem.modes.coordinates(of: product).diagonal),
      .loss: .number(problem.correlations.loss(of: product)),
    ])
    if let test = problem.test { self[.risk] = .number(test.risk(of: product)) }
  }

  /// Everything that follows from mode strengths when the map is diagonal in the modes.
  init(modeStrengths: [Double], of problem: LearningProblem) {
    let modes = problem.modes
    let diagonal = Matrix.diagonal(
      modeStrengths, rows: modes.left.rows, columns: modes.right.rows)
    self.init(product: modes.map(withCoordinates: diagonal), of: problem)
    self[.modeStrength] = .vector(modeStrengths)
    // Summed per mode, so that a loss far below rounding of the product stays right.
    let gaps = zip(modeStrengths, modes.values).map { $0 - $1 }
    let excess = zip(gaps, modes.variances).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    self[.loss] = .number(problem.correlations.fitLoss + excess)
  }
}

extension Curve {
  /// What follows from the map of the network alone.
  static let ofProduct: [Curve] = [.product, .modeStrength, .loss, .risk]
}
