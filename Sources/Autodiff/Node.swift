import LinearAlgebra

/// How a matrix on the tape comes from those recorded before it, which it names by their places.
enum Operation: Sendable {
  case leaf
  case product(Int, Int, left: Orientation, right: Orientation)
  case sum(Int, Int)
  case difference(Int, Int)
  case multiple(Int, factor: Double)
  case elementwiseProduct(Int, Int)
  case relu(Int)
  case squaredNorm(Int)
  case total(Int)
  case transpose(Int)
  case rowShift(Int, by: Int)
  case crossEntropy(Int, firstLabel: Int)

  /// The places of what it reads.
  var operands: (first: Int?, second: Int?) {
    switch self {
    case .leaf: (nil, nil)
    case .product(let a, let b, _, _), .sum(let a, let b), .difference(let a, let b),
      .elementwiseProduct(let a, let b), .rowShift(let a, let b):
      (a, b)
    case .multiple(let a, _), .relu(let a), .squaredNorm(let a), .total(let a), .transpose(let a),
      .crossEntropy(let a, _):
      (a, nil)
    }
  }
}

/// One matrix of the recorded graph, without its entries.
///
/// It holds no references, so that a sweep over the nodes counts none.
struct Node: Sendable {
  let operation: Operation
  let rows: Int
  let columns: Int
  /// Where its entries start in the tape's storage.
  let offset: Int
  /// Whether it depends on a leaf that gradients are taken with respect to.
  let varies: Bool
  /// When its entries last changed, in ticks of the tape's clock; 0 if they were never computed.
  var changed: Int

  var count: Int { rows * columns }
}
