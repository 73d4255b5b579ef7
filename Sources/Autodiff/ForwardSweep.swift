import Foundation

/// Computes entries from operands, in the order of recording.
struct ForwardSweep {
  private let nodes: UnsafePointer<Node>
  private let labels: UnsafePointer<Int>
  private let values: UnsafeMutablePointer<Double>

  /// Brings one node up to date: recomputes what it depends on and what has changed since.
  ///
  /// - Parameters:
  ///   - target: place of the node.
  ///   - clock: the tick that what is recomputed is marked with.
  ///   - needed: scratch, one entry per node.
  static func run(
    to target: Int, at clock: Int, nodes: UnsafeMutablePointer<Node>,
    labels: UnsafePointer<Int>, values: UnsafeMutablePointer<Double>,
    needed: UnsafeMutablePointer<Bool>
  ) {
    needed.update(repeating: false, count: target)
    needed[target] = true
    for i in stride(from: target, through: 0, by: -1) where needed[i] {
      let (first, second) = nodes[i].operation.operands
      if let first { needed[first] = true }
      if let second { needed[second] = true }
    }
    let sweep = ForwardSweep(nodes: nodes, labels: labels, values: values)
    for i in 0...target where needed[i] {
      let (first, second) = nodes[i].operation.operands
      guard let first else { continue }
      let newest = max(nodes[first].changed, second.map { nodes[$0].changed } ?? 0)
      guard nodes[i].changed < newest else { continue }
      sweep.evaluate(nodes[i])
      nodes[i].changed = clock
    }
  }

  private func value(_ index: Int) -> MatrixView { MatrixView(nodes[index], in: values) }

  private func evaluate(_ node: Node) {
    let result = MatrixView(node, in: values)
    switch node.operation {
    case .leaf: break
    case .product(let a, let b, let left, let right):
      result.setProduct(value(a), left, value(b), right, adding: false)
    case .sum(let a, let b):
      let (x, y) = (value(a), value(b))
      for k in 0..<result.count { result[k] = x[k] + y[k] }
    case .difference(let a, let b):
      let (x, y) = (value(a), value(b))
      for k in 0..<result.count { result[k] = x[k] - y[k] }
    case .multiple(let a, let factor):
      let x = value(a)
      for k in 0..<result.count { result[k] = factor * x[k] }
    case .elementwiseProduct(let a, let b):
      let (x, y) = (value(a), value(b))
      for k in 0..<result.count { result[k] = x[k] * y[k] }
    case .relu(let a):
      let x = value(a)
      // NaN stays NaN, so that a diverged calculation shows.
      for k in 0..<result.count { result[k] = x[k] <= 0 ? 0 : x[k] }
    case .squaredNorm(let a):
      let x = value(a)
      var total = 0.0
      for k in 0..<x.count { total += x[k] * x[k] }
      result[0] = total
    case .total(let a):
      let x = value(a)
      var total = 0.0
      for k in 0..<x.count { total += x[k] }
      result[0] = total
    case .transpose(let a):
      let x = value(a)
      for i in 0..<x.rows {
        for j in 0..<x.columns { result[j * x.rows + i] = x[i * x.columns + j] }
      }
    case .rowShift(let a, let bias):
      let (x, b) = (value(a), value(bias))
      for i in 0..<x.rows {
        let row = i * x.columns
        for j in 0..<x.columns { result[row + j] = x[row + j] + b[j] }
      }
    case .crossEntropy(let a, let firstLabel):
      let x = value(a)
      var total = 0.0
      for i in 0..<x.rows {
        let row = x.start + i * x.columns
        let (largest, sum) = Self.exponentials(row, count: x.columns)
        total += (largest - row[labels[firstLabel + i]]) + log(sum)
      }
      result[0] = total / Double(x.rows)
    }
  }

  /// The largest of some logits and the sum of exp(logit − largest).
  static func exponentials(
    _ logits: UnsafePointer<Double>, count: Int
  ) -> (largest: Double, sum: Double) {
    var largest = -Double.infinity
    for j in 0..<count { largest = max(largest, logits[j]) }
    var sum = 0.0
    for j in 0..<count { sum += exp(logits[j] - largest) }
    return (largest, sum)
  }
}
