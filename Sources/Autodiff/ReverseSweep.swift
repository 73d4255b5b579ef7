import Foundation
import LinearAlgebra

/// Carries the derivatives of one scalar back from results to operands, last recorded first.
///
/// The adjoint of a node is the matrix of derivatives of the scalar by its entries. A node's first
/// contribution overwrites what an earlier sweep left; later ones are added.
/// Source: reverse accumulation, Griewank & Walther, Evaluating Derivatives, 2nd ed., chapter 3;
/// the rule of each operation follows from df = ⟨adjoint, d result⟩.
struct ReverseSweep {
  private let nodes: UnsafePointer<Node>
  private let labels: UnsafePointer<Int>
  private let values: UnsafeMutablePointer<Double>
  private let adjoints: UnsafeMutablePointer<Double>
  private let reached: UnsafeMutablePointer<Bool>

  /// Differentiates `scalar`, whose value must be up to date, and marks the nodes it reached.
  ///
  /// - Parameter reached: one entry per node, all false.
  static func run(
    from scalar: Node, at target: Int, nodes: UnsafePointer<Node>, labels: UnsafePointer<Int>,
    values: UnsafeMutablePointer<Double>, adjoints: UnsafeMutablePointer<Double>,
    reached: UnsafeMutablePointer<Bool>
  ) {
    guard scalar.varies else { return }
    let sweep = ReverseSweep(
      nodes: nodes, labels: labels, values: values, adjoints: adjoints, reached: reached)
    adjoints[scalar.offset] = 1
    reached[target] = true
    for i in stride(from: target, through: 0, by: -1) where reached[i] {
      sweep.backpropagate(nodes[i])
    }
  }

  private func value(_ index: Int) -> MatrixView { MatrixView(nodes[index], in: values) }

  private func backpropagate(_ node: Node) {
    let g = MatrixView(node, in: adjoints)
    switch node.operation {
    case .leaf: break
    case .product(let a, let b, let left, let right):
      // C = op(A)·op(B): the adjoint of op(A) is G·op(B)ᵀ, that of op(B) is op(A)ᵀ·G.
      if left == .plain {
        addProduct(g, .plain, value(b), right.flipped, to: a)
      } else {
        addProduct(value(b), right, g, .transposed, to: a)
      }
      if right == .plain {
        addProduct(value(a), left.flipped, g, .plain, to: b)
      } else {
        addProduct(g, .transposed, value(a), left, to: b)
      }
    case .sum(let a, let b):
      add(to: a) { g[$0] }
      add(to: b) { g[$0] }
    case .difference(let a, let b):
      add(to: a) { g[$0] }
      add(to: b) { -g[$0] }
    case .multiple(let a, let factor):
      add(to: a) { factor * g[$0] }
    case .elementwiseProduct(let a, let b):
      let (x, y) = (value(a), value(b))
      add(to: a) { g[$0] * y[$0] }
      add(to: b) { g[$0] * x[$0] }
    case .relu(let a):
      let x = value(a)
      add(to: a) { x[$0] > 0 ? g[$0] : 0 }
    case .squaredNorm(let a):
      let x = value(a)
      let twice = 2 * g[0]
      add(to: a) { twice * x[$0] }
    case .total(let a):
      let total = g[0]
      add(to: a) { _ in total }
    case .transpose(let a):
      let (rows, columns) = (node.rows, node.columns)
      // Entry (j, i) of the operand is entry (i, j) here.
      add(to: a) { k in g[k % rows * columns + k / rows] }
    case .rowShift(let a, let bias):
      add(to: a) { g[$0] }
      let (rows, columns) = (node.rows, node.columns)
      add(to: bias) { j in
        var total = 0.0
        for i in 0..<rows { total += g[i * columns + j] }
        return total
      }
    case .crossEntropy(let a, let firstLabel):
      addSoftmaxError(scale: g[0], firstLabel: firstLabel, to: a)
    }
  }

  /// Adds (softmax − indicator of the label) / rows to the adjoint of some logits.
  private func addSoftmaxError(scale: Double, firstLabel: Int, to logits: Int) {
    guard nodes[logits].varies else { return }
    let x = value(logits)
    let share = scale / Double(x.rows)
    // Rows are contiguous, so a pass over all entries meets a new row every `columns` of them.
    var largest = 0.0
    var sum = 1.0
    add(to: logits) { k in
      let (i, j) = (k / x.columns, k % x.columns)
      if j == 0 { (largest, sum) = ForwardSweep.exponentials(x.start + k, count: x.columns) }
      return share * (exp(x[k] - largest) / sum - (labels[firstLabel + i] == j ? 1 : 0))
    }
  }

  /// Adds `op(x) · op(y)` to the adjoint of a node.
  private func addProduct(
    _ x: MatrixView, _ left: Orientation, _ y: MatrixView, _ right: Orientation, to index: Int
  ) {
    guard nodes[index].varies else { return }
    MatrixView(nodes[index], in: adjoints).setProduct(x, left, y, right, adding: reached[index])
    reached[index] = true
  }

  /// Adds a function of the place of an entry to the adjoint of a node, in ascending order.
  @inline(__always)
  private func add(to index: Int, _ term: (Int) -> Double) {
    guard nodes[index].varies else { return }
    let sum = MatrixView(nodes[index], in: adjoints)
    if reached[index] {
      for k in 0..<sum.count { sum[k] += term(k) }
    } else {
      for k in 0..<sum.count { sum[k] = term(k) }
      reached[index] = true
    }
  }
}

extension Orientation {
  /// The other orientation.
  fileprivate var flipped: Orientation { self == .plain ? .transposed : .plain }
}
