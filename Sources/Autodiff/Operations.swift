import LinearAlgebra

// Each method records one operation; derivatives are in `ReverseSweep`.

extension Tape {
  /// The matrix product `op(a) · op(b)`.
  ///
  /// - Precondition: the inner sizes agree.
  public mutating func product(
    _ a: Variable, _ b: Variable, left: Orientation = .plain, right: Orientation = .plain
  ) -> Variable {
    checkOwnership(a, b)
    precondition(
      (left == .plain ? a.columns : a.rows) == (right == .plain ? b.rows : b.columns),
      "cannot multiply \(a.shape) (\(left)) by \(b.shape) (\(right))")
    return record(
      .product(a.index, b.index, left: left, right: right),
      rows: left == .plain ? a.rows : a.columns, columns: right == .plain ? b.columns : b.rows)
  }

  /// The sum of two matrices of one shape.
  public mutating func sum(_ a: Variable, _ b: Variable) -> Variable {
    checkShapes(a, b, "add")
    return record(.sum(a.index, b.index), rows: a.rows, columns: a.columns)
  }

  /// The difference `a − b` of two matrices of one shape.
  public mutating func difference(_ a: Variable, _ b: Variable) -> Variable {
    checkShapes(a, b, "subtract")
    return record(.difference(a.index, b.index), rows: a.rows, columns: a.columns)
  }

  /// Every entry times a fixed number.
  public mutating func multiple(of a: Variable, by factor: Double) -> Variable {
    checkOwnership(a)
    return record(.multiple(a.index, factor: factor), rows: a.rows, columns: a.columns)
  }

  /// The products of entries at equal places of two matrices of one shape.
  public mutating func elementwiseProduct(_ a: Variable, _ b: Variable) -> Variable {
    checkShapes(a, b, "multiply entry by entry")
    return record(.elementwiseProduct(a.index, b.index), rows: a.rows, columns: a.columns)
  }

  /// The rectifier max(x, 0) of every entry; its derivative at 0 is taken to be 0.
  public mutating func relu(_ a: Variable) -> Variable {
    checkOwnership(a)
    return record(.relu(a.index), rows: a.rows, columns: a.columns)
  }

  /// The sum of the squares of all entries, a 1 × 1 matrix; 0 for an empty one.
  public mutating func squaredNorm(of a: Variable) -> Variable {
    checkOwnership(a)
    return record(.squaredNorm(a.index), rows: 1, columns: 1)
  }

  /// The sum of all entries, a 1 × 1 matrix; 0 for an empty one.
  public mutating func total(of a: Variable) -> Variable {
    checkOwnership(a)
    return record(.total(a.index), rows: 1, columns: 1)
  }

  /// The transpose.
  ///
  /// In a product the orientation of a factor says the same without a copy.
  public mutating func transpose(of a: Variable) -> Variable {
    checkOwnership(a)
    return record(.transpose(a.index), rows: a.columns, columns: a.rows)
  }

  /// The matrix with the 1 × columns matrix `bias` added to each of its rows.
  public mutating func rowShift(_ a: Variable, by bias: Variable) -> Variable {
    checkOwnership(a, bias)
    precondition(
      bias.rows == 1 && bias.columns == a.columns,
      "cannot add a \(bias.shape) bias to the rows of a \(a.shape) matrix")
    return record(.rowShift(a.index, by: bias.index), rows: a.rows, columns: a.columns)
  }

  /// The mean over rows of −log softmax(row)[label], a 1 × 1 matrix; one label for every row.
  ///
  /// The largest logit of a row is taken out before exponentials are formed, so large logits do
  /// not overflow.
  ///
  /// - Precondition: there is a row, and every label is the index of a column.
  public mutating func crossEntropy(ofLogits logits: Variable, labels: [Int]) -> Variable {
    checkOwnership(logits)
    precondition(logits.rows > 0, "a \(logits.shape) matrix has no rows to average over")
    let firstLabel = store(labels, for: logits)
    return record(
      .crossEntropy(logits.index, firstLabel: firstLabel), rows: 1, columns: 1)
  }

  private func checkOwnership(_ variables: Variable...) {
    for variable in variables { _ = node(variable) }
  }

  private func checkShapes(_ a: Variable, _ b: Variable, _ verb: String) {
    checkOwnership(a, b)
    precondition(
      a.rows == b.rows && a.columns == b.columns, "cannot \(verb) \(a.shape) and \(b.shape)")
  }
}
