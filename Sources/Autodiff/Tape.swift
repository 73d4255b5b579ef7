import LinearAlgebra

/// A recorded calculation over matrices that can be evaluated and differentiated again and again.
///
/// Record the calculation once, then for every step replace the leaves, and ask for gradients:
///
///     var tape = Tape()
///     let weights = tape.variable(initial)
///     let output = tape.product(tape.constant(inputs), weights, right: .transposed)
///     let loss = tape.squaredNorm(of: tape.difference(output, tape.constant(targets)))
///     let gradient = tape.gradients(of: loss, withRespectTo: [weights])[0]
///
/// Nothing is computed while recording. A question (``value(of:)``,
/// ``gradients(of:withRespectTo:)``) computes what it depends on, of that only what has changed,
/// and allocates nothing but its answer. A tape is a value: a copy goes its own way.
public struct Tape: Sendable {
  /// The matrices in the order of recording: operands come before results.
  private(set) var nodes: [Node] = []
  /// Entries of all nodes, one node after the other.
  private var values: [Double] = []
  /// Derivative of the last differentiated scalar by every entry, laid out as `values`.
  private var adjoints: [Double] = []
  /// Labels of all cross-entropies, one after the other.
  private var labels: [Int] = []
  /// Which nodes the sweep at hand, or for the adjoints the last one, involves.
  private var needed: [Bool] = []
  private var reached: [Bool] = []
  /// Moves on whenever a leaf is replaced.
  private var clock = 1

  /// Makes a tape with nothing on it.
  public init() {}

  // MARK: Leaves

  /// Adds a leaf that gradients can be taken with respect to.
  public mutating func variable(_ value: Matrix<Double>) -> Variable { leaf(value, varies: true) }

  /// Adds a leaf that no gradient flows into, such as data; ``set(_:to:)`` can still replace it.
  public mutating func constant(_ value: Matrix<Double>) -> Variable { leaf(value, varies: false) }

  /// Replaces the entries of a leaf by those of a matrix of the same shape.
  public mutating func set(_ leaf: Variable, to value: Matrix<Double>) {
    let node = node(leaf)
    guard case .leaf = node.operation else {
      preconditionFailure("a \(leaf.shape) result cannot be set: it is computed from leaves")
    }
    precondition(
      leaf.rows == value.rows && leaf.columns == value.columns,
      "cannot set a \(leaf.shape) leaf to a \(value.shape) matrix")
    Self.copy(value.elements, to: &values, at: node.offset, count: node.count)
    clock += 1
    nodes[leaf.index].changed = clock
  }

  /// Replaces the labels of a recorded cross-entropy, one for every row of its logits.
  public mutating func set(labelsOf crossEntropy: Variable, to newLabels: [Int]) {
    guard case .crossEntropy(let logits, let firstLabel) = node(crossEntropy).operation else {
      preconditionFailure("a \(crossEntropy.shape) variable that is no cross-entropy has no labels")
    }
    Self.check(newLabels, rows: nodes[logits].rows, classes: nodes[logits].columns)
    for (i, label) in newLabels.enumerated() { labels[firstLabel + i] = label }
    clock += 1
    nodes[crossEntropy.index].changed = 0
  }

  // MARK: Answers

  /// The entries of a leaf or a result, computed from the leaves as they are now.
  public mutating func value(of variable: Variable) -> Matrix<Double> {
    let node = node(variable)
    evaluate(variable.index)
    return matrix(node, in: values)
  }

  /// The derivatives of a 1 × 1 result by every entry of some variables, in the variables' shapes.
  ///
  /// Zero for a variable that the scalar does not depend on. Results on the way to the scalar may
  /// be asked for as well as leaves.
  ///
  /// - Precondition: `scalar` is 1 × 1, and each of `variables` is or depends on a ``variable(_:)``.
  /// - Complexity: about three times the cost of evaluating `scalar`.
  public mutating func gradients(
    of scalar: Variable, withRespectTo variables: [Variable]
  ) -> [Matrix<Double>] {
    backpropagate(from: scalar)
    return variables.map { gradient(withRespectTo: $0) }
  }

  /// Differentiates a 1 × 1 result by everything it depends on, in place.
  ///
  /// Read the outcome with ``gradient(withRespectTo:)`` or
  /// ``addGradient(withRespectTo:scale:to:)``; it stays until the next call, whatever happens to
  /// the leaves.
  public mutating func backpropagate(from scalar: Variable) {
    precondition(
      scalar.rows == 1 && scalar.columns == 1,
      "only a 1 × 1 result has a gradient, not one that is \(scalar.shape)")
    evaluate(scalar.index)
    for i in reached.indices { reached[i] = false }
    ReverseSweep.run(
      from: node(scalar), at: scalar.index, nodes: nodes, labels: labels, values: &values,
      adjoints: &adjoints, reached: &reached)
  }

  /// What the last ``backpropagate(from:)`` found for one variable.
  public func gradient(withRespectTo variable: Variable) -> Matrix<Double> {
    let node = varyingNode(variable)
    guard reached[variable.index] else {
      return Matrix(rows: variable.rows, columns: variable.columns)
    }
    return matrix(node, in: adjoints)
  }

  /// Adds `scale` times what the last ``backpropagate(from:)`` found to a matrix of that shape.
  ///
  /// A step of gradient descent is this with minus the learning rate; it allocates nothing.
  public func addGradient(
    withRespectTo variable: Variable, scale: Double, to matrix: inout Matrix<Double>
  ) {
    let node = varyingNode(variable)
    precondition(
      matrix.rows == variable.rows && matrix.columns == variable.columns,
      "cannot add a \(variable.shape) gradient to a \(matrix.shape) matrix")
    guard reached[variable.index] else { return }
    matrix.elements.withUnsafeMutableBufferPointer { sum in
      adjoints.withUnsafeBufferPointer { gradients in
        for k in 0..<node.count { sum[k] += scale * gradients[node.offset + k] }
      }
    }
  }

  // MARK: Recording

  /// Appends a result and makes room for its entries.
  mutating func record(_ operation: Operation, rows: Int, columns: Int) -> Variable {
    let (first, second) = operation.operands
    let varies = [first, second].contains { $0.map { nodes[$0].varies } ?? false }
    return append(operation, rows: rows, columns: columns, varies: varies, changed: 0)
  }

  /// Stores the labels of a cross-entropy over a matrix of logits and returns where they start.
  mutating func store(_ newLabels: [Int], for logits: Variable) -> Int {
    Self.check(newLabels, rows: logits.rows, classes: logits.columns)
    labels += newLabels
    return labels.count - newLabels.count
  }

  /// The node behind a variable, which must be this tape's.
  func node(_ variable: Variable) -> Node {
    precondition(
      variable.index < nodes.count && nodes[variable.index].rows == variable.rows
        && nodes[variable.index].columns == variable.columns,
      "the \(variable.shape) variable belongs to another tape")
    return nodes[variable.index]
  }

  private func varyingNode(_ variable: Variable) -> Node {
    let node = node(variable)
    precondition(node.varies, "no gradient flows into a \(variable.shape) constant")
    return node
  }

  private mutating func leaf(_ value: Matrix<Double>, varies: Bool) -> Variable {
    let leaf = append(
      .leaf, rows: value.rows, columns: value.columns, varies: varies, changed: clock)
    let node = nodes[leaf.index]
    Self.copy(value.elements, to: &values, at: node.offset, count: node.count)
    return leaf
  }

  private mutating func append(
    _ operation: Operation, rows: Int, columns: Int, varies: Bool, changed: Int
  ) -> Variable {
    let node = Node(
      operation: operation, rows: rows, columns: columns, offset: values.count, varies: varies,
      changed: changed)
    nodes.append(node)
    values.append(contentsOf: repeatElement(0, count: node.count))
    adjoints.append(contentsOf: repeatElement(0, count: node.count))
    needed.append(false)
    reached.append(false)
    return Variable(rows: rows, columns: columns, index: nodes.count - 1)
  }

  // MARK: Sweeps

  /// Brings the entries of a node up to date.
  private mutating func evaluate(_ target: Int) {
    ForwardSweep.run(
      to: target, at: clock, nodes: &nodes, labels: labels, values: &values, needed: &needed)
  }

  private func matrix(_ node: Node, in storage: [Double]) -> Matrix<Double> {
    Matrix(
      rows: node.rows, columns: node.columns,
      elements: Array(storage[node.offset..<node.offset + node.count]))
  }

  private static func copy(
    _ source: UnsafePointer<Double>, to storage: UnsafeMutablePointer<Double>, at offset: Int,
    count: Int
  ) {
    (storage + offset).update(from: source, count: count)
  }

  private static func check(_ labels: [Int], rows: Int, classes: Int) {
    precondition(labels.count == rows, "\(rows) rows of logits need a label each: \(labels.count)")
    precondition(
      labels.allSatisfy { 0..<classes ~= $0 },
      "a label lies outside 0..<\(classes), the columns of the logits")
  }
}
