import LinearAlgebra
import Networks
import Scenarios

/// Pairs of elements whose loss a composition network has, and its gradient.
///
/// The pairs are taken in parts, whose number depends on nothing but theirs, each by a thread of its
/// own in blocks whose activations stay in the cache. What the parts find is added up in their order,
/// so that no result depends on the number of threads.
struct CompositionRows<Scalar: DenseScalar>: Sendable {
  /// Pairs per block.
  private static var blockRows: Int { 256 }
  /// Pairs from which on it is worth to take them in parts.
  private static var manyRows: Int { 2048 }

  /// Number of pairs.
  let count: Int
  private let shape: CompositionShape
  private var parts: [Part]
  private let threads: Int

  private struct Part: Sendable {
    var pairs: [Int32]
    var labels: [Int32]
    var block: CompositionBlock<Scalar>
    var sums: CompositionBlock<Scalar>.Sums?
    var value = Objective.Value()
  }

  /// Some pairs x · elements + y, ascending, with the class of every pair.
  init(_ shape: CompositionShape, pairs: [Int], table: [Int32], threads: Int) {
    self.shape = shape
    self.threads = threads
    let count = pairs.count
    self.count = count
    let height = min(Self.blockRows, max(1, count))
    let number = count < Self.manyRows ? 1 : 4
    parts = (0..<number).map { part in
      let own = pairs[part * count / number..<(part + 1) * count / number]
      return Part(
        pairs: own.flatMap { [Int32($0 / shape.elements), Int32($0 % shape.elements)] },
        labels: own.map { table[$0] }, block: CompositionBlock(shape, rows: height))
    }
  }

  /// The loss of all pairs, undivided.
  ///
  /// - Parameters:
  ///   - divisor: what the loss, and so its gradient, is to be divided by.
  ///   - gradient: becomes the gradient, if given.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  mutating func evaluate(
    _ network: CompositionNetwork<Scalar>, divisor: Double, gradient: inout [Scalar]?
  ) -> Objective.Value {
    let shape = shape
    let (left, right) = (padded(network.leftContribution), padded(network.rightContribution))
    let (parameters, wantsGradient) = (network.parameters, gradient != nil)
    concurrently(&parts, threads: threads) { _, part in
      part.value = Objective.Value()
      if wantsGradient, part.sums == nil { part.sums = .init(shape) }
      // Out of its place, so that it is changed without a copy.
      var sums = wantsGradient ? part.sums : nil
      if wantsGradient { part.sums = nil }
      sums?.clear()
      parameters.withUnsafeBufferPointer { parameters in
        left.withUnsafeBufferPointer { left in
          right.withUnsafeBufferPointer { right in
            guard let all = parameters.baseAddress, let left = left.baseAddress,
              let right = right.baseAddress
            else { return }
            Self.evaluate(
              &part, left, right, all + shape.readout.lowerBound, scale: Scalar(1 / divisor), &sums)
          }
        }
      }
      if wantsGradient { part.sums = sums }
    }
    if wantsGradient { collect(network, into: &gradient) }
    return parts.reduce(into: Objective.Value()) {
      $0.loss += $1.value.loss
      $0.correct += $1.value.correct
    }
  }

  private static func evaluate(
    _ part: inout Part, _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>,
    _ readout: UnsafePointer<Scalar>, scale: Scalar,
    _ sums: inout CompositionBlock<Scalar>.Sums?
  ) {
    let (pairs, labels) = (part.pairs, part.labels)
    pairs.withUnsafeBufferPointer { pairs in
      labels.withUnsafeBufferPointer { labels in
        guard let pairs = pairs.baseAddress, let first = labels.baseAddress else { return }
        for start in stride(from: 0, to: labels.count, by: blockRows) {
          let found = part.block.evaluate(
            pairs: pairs + 2 * start, labels: first + start,
            rows: min(blockRows, labels.count - start), left: left, right: right,
            readout: readout, scale: scale, adding: &sums)
          part.value.loss += found.loss
          part.value.correct += found.correct
        }
      }
    }
  }

  /// Rows of contributions filled up with zeros.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func padded(_ matrix: Matrix<Scalar>) -> [Scalar] {
    let width = CompositionKernels<Scalar>.padded(matrix.columns)
    guard width > matrix.columns else { return matrix.elements }
    var rows = [Scalar](repeating: 0, count: matrix.rows * width)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { rows[row * width + column] = matrix[row, column] }
    }
    return rows
  }

  /// Adds up what the parts found, and takes it on to the embeddings.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func collect(_ network: CompositionNetwork<Scalar>, into gradient: inout [Scalar]?) {
    let width = CompositionKernels<Scalar>.padded(shape.hidden)
    func sum(_ side: (CompositionBlock<Scalar>.Sums) -> [Scalar]) -> Matrix<Scalar> {
      var total = Matrix<Scalar>(rows: shape.elements, columns: shape.hidden)
      for part in parts {
        guard let sums = part.sums else { continue }
        let found = side(sums)
        for row in 0..<shape.elements {
          for unit in 0..<shape.hidden { total[row, unit] += found[row * width + unit] }
        }
      }
      return total
    }
    let (left, right) = (sum(\.left), sum(\.right))
    if let mixing = network.mixing {
      let (upper, lower) = (
        mixing.rows(0..<shape.embedding), mixing.rows(shape.embedding..<2 * shape.embedding)
      )
      let slopes =
        network.leftEmbedding.times(left, left: .transposed).elements
        + network.rightEmbedding.times(right, left: .transposed).elements
      gradient?.replaceSubrange(shape.mixing, with: slopes)
      gradient?.replaceSubrange(shape.left, with: left.times(upper, right: .transposed).elements)
      gradient?.replaceSubrange(shape.right, with: right.times(lower, right: .transposed).elements)
    } else {
      gradient?.replaceSubrange(shape.left, with: left.elements)
      gradient?.replaceSubrange(shape.right, with: right.elements)
    }
    var readout = [Scalar](repeating: 0, count: shape.readout.count)
    for part in parts {
      guard let sums = part.sums else { continue }
      for i in readout.indices { readout[i] += sums.readout[i] }
    }
    gradient?.replaceSubrange(shape.readout, with: readout)
  }
}
