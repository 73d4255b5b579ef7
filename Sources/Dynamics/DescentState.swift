import LinearAlgebra

/// Everything that a descent needs in order to go on bit for bit, as named numbers.
public struct DescentState: Equatable, Sendable {
  /// Which way of descending it belongs to, one word; no other kind takes it up.
  public var kind: String
  /// Number of steps taken.
  public var iteration: Int
  /// Weights and whatever else has entries, in full precision; names are letters and digits.
  public var matrices: [String: Matrix<Double>]

  /// The state of a descent of a kind.
  public init(kind: String, iteration: Int, matrices: [String: Matrix<Double>]) {
    self.kind = kind
    self.iteration = iteration
    self.matrices = matrices
  }

  /// The matrix of a name, of the shape that the descent has for it.
  ///
  /// - Throws: ``DescentStateError``.
  public func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix<Double> {
    guard let matrix = matrices[name] else { throw DescentStateError.missing(name: name) }
    guard matrix.rows == rows, matrix.columns == columns else {
      throw DescentStateError.wrongShape(
        name: name, expected: [rows, columns], found: [matrix.rows, matrix.columns])
    }
    return matrix
  }
}

/// A descent that can be stopped, kept as numbers, and taken up again.
///
/// For a descent `a` and a fresh one `b` of the same problem, after `b.restore(a.state)` every
/// further step of both gives the same bits, however the steps are cut into blocks.
public protocol CheckpointableState {
  /// The state after the steps taken.
  var state: DescentState { get }
  /// Takes a state up, in a descent that has not gone beyond it.
  ///
  /// - Throws: ``DescentStateError`` when the state is of another kind or shape.
  mutating func restore(_ state: DescentState) throws
}

/// What can be wrong with the state of a descent.
public enum DescentStateError: Error, Equatable, CustomStringConvertible {
  /// The state belongs to another way of descending.
  case wrongKind(expected: String, found: String)
  /// The state lacks a matrix.
  case missing(name: String)
  /// A matrix has another shape than the descent has for it.
  case wrongShape(name: String, expected: [Int], found: [Int])
  /// The descent is further than the state, or cannot be taken up at all.
  case notRestorable(kind: String, iteration: Int)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .wrongKind(let expected, let found):
      "The checkpoint is of a descent of the kind '\(found)', not '\(expected)': "
        + "remove it to start over."
    case .missing(let name):
      "The checkpoint has no \(name): remove it to start over."
    case .wrongShape(let name, let expected, let found):
      "\(name) of the checkpoint has the shape \(found), not \(expected): "
        + "remove it to start over."
    case .notRestorable(let kind, let iteration):
      "A descent of the kind '\(kind)' cannot be taken up at step \(iteration): start over."
    }
  }
}
