import LinearAlgebra

/// Cross-entropies of rows of logits, one by one, in double precision.
public struct CrossEntropies: Equatable, Sendable {
  /// The loss of each row.
  public private(set) var losses: [Double] = []
  /// Whether the first largest logit of each row is that of its label.
  public private(set) var isCorrect: [Bool] = []

  /// The losses of some logits.
  ///
  /// - Parameters:
  ///   - logits: shape [row, class].
  ///   - labels: class of each row.
  public init(_ logits: Matrix<Double>, labels: [Int32]) {
    let classes = logits.columns
    self.init(logits, labels: labels) { row, target, source in
      target.update(from: source + row * classes, count: classes)
    }
  }

  /// The losses of logits less a part of each that some rows share.
  ///
  /// - Parameters:
  ///   - logits: shape [row, class].
  ///   - part: shape [place, class].
  ///   - places: row of `part` for every row of the logits.
  ///   - labels: class of each row.
  public init(
    _ logits: Matrix<Double>, less part: Matrix<Double>, at places: [Int32], labels: [Int32]
  ) {
    let classes = logits.columns
    self = part.elements.withUnsafeBufferPointer { part in
      CrossEntropies(logits, labels: labels) { row, target, source in
        let start = Int(places[row]) * classes
        for i in 0..<classes { target[i] = source[row * classes + i] - part[start + i] }
      }
    }
  }

  private init(
    _ logits: Matrix<Double>, labels: [Int32],
    fill: (_ row: Int, _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>) ->
      Void
  ) {
    let (rows, classes) = (logits.rows, logits.columns)
    let stride = CompositionKernels<Double>.padded(classes)
    var scratch = [Double](repeating: 0, count: stride)
    losses.reserveCapacity(rows)
    isCorrect.reserveCapacity(rows)
    logits.elements.withUnsafeBufferPointer { source in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let target = scratch.baseAddress, let source = source.baseAddress else { return }
        for row in 0..<rows {
          fill(row, target, source)
          var (correct, label) = (Int64(0), labels[row])
          losses.append(
            Double.composition.losses(
              Int64(classes), Int64(stride), 1, &label, 1, target, &correct))
          isCorrect.append(correct > 0)
        }
      }
    }
  }

  /// Mean of all losses.
  public var mean: Double { losses.reduce(0, +) / Double(losses.count) }

  /// Share of rows of the right class.
  public var accuracy: Double { Double(isCorrect.count(where: \.self)) / Double(isCorrect.count) }

  /// Probabilities of all classes, shape [row, class].
  public static func probabilities(of logits: Matrix<Double>) -> Matrix<Double> {
    let (classes, stride) = (logits.columns, CompositionKernels<Double>.padded(logits.columns))
    var (result, scratch) = (logits, [Double](repeating: 0, count: stride))
    result.elements.withUnsafeMutableBufferPointer { rows in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let start = rows.baseAddress, let target = scratch.baseAddress else { return }
        for row in 0..<logits.rows {
          target.update(from: start + row * classes, count: classes)
          var (correct, label) = (Int64(0), Int32(0))
          // The gradient of the loss is the probabilities less 1 at the label.
          _ = Double.composition.losses(
            Int64(classes), Int64(stride), 1, &label, 1, target, &correct)
          target[0] += 1
          (start + row * classes).update(from: target, count: classes)
        }
      }
    }
    return result
  }
}
