import RandomStreams

/// Which rows make up each batch, as a `torch.utils.data.DataLoader` that shuffles has them.
///
/// At the start of each epoch the loader draws two 64-bit numbers of the global stream, the second
/// of which seeds the permutation of that epoch. The last batch of an epoch has what rows are left.
public struct BatchOrder: Equatable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of rows per batch.
  public let batch: Int
  private var stream: TorchStream
  private let start: TorchStream
  private var epoch = -1
  private var order: [Int] = []

  /// The order that a stream gives, from the first epoch on.
  ///
  /// - Precondition: `1 <= batch <= rows`.
  public init(rows: Int, batch: Int, stream: TorchStream) {
    precondition(batch >= 1 && batch <= rows, "no batches of \(batch) of \(rows) rows")
    self.rows = rows
    self.batch = batch
    self.stream = stream
    start = stream
  }

  /// Number of batches in an epoch.
  public var batches: Int { (rows + batch - 1) / batch }

  /// Rows of the batch of a step.
  ///
  /// - Complexity: O(rows) at the first step of an epoch; in rising order no epoch is drawn twice.
  public mutating func rows(at step: Int) -> ArraySlice<Int> {
    let wanted = step / batches
    if wanted < epoch { (stream, epoch) = (start, -1) }
    while epoch < wanted {
      epoch += 1
      _ = stream.integer()
      let seed = stream.integer()
      guard epoch == wanted else { continue }
      var shuffled = TorchStream(seed: seed)
      order = shuffled.permutation(count: rows)
    }
    let first = (step % batches) * batch
    return order[first..<min(first + batch, rows)]
  }
}
