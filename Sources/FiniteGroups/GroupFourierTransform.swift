import LinearAlgebra

/// The orthogonal Fourier transform of a group: the functions of all its irreducible representations.
///
/// As the columns of all of them together are an orthonormal basis, the shares of a matrix over the
/// group sum to 1 (Plancherel).
public struct GroupFourierTransform: Sendable {
  /// The group.
  public let group: FiniteGroup
  /// Its irreducible representations.
  public let representations: [Representation]
  /// All functions, shape [element, function]; orthogonal.
  public let matrix: Matrix<Double>
  /// Columns of each representation.
  public let ranges: [Range<Int>]

  /// The transform of a group.
  ///
  /// - Complexity: O(order²) numbers.
  public init(_ group: FiniteGroup) {
    self.group = group
    representations = group.irreducibleRepresentations()
    var ranges: [Range<Int>] = []
    for representation in representations {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + representation.functionCount)
    }
    self.ranges = ranges
    let columns = ranges.last?.upperBound ?? 0
    var matrix = Matrix<Double>(rows: group.order, columns: columns)
    for (representation, range) in zip(representations, ranges) {
      let functions = representation.functions
      for element in 0..<group.order {
        for function in 0..<range.count {
          matrix[element, range.lowerBound + function] = functions[element, function]
        }
      }
    }
    self.matrix = matrix
  }

  /// The functions of a representation, shape [element, function].
  public func functions(_ representation: Int) -> Matrix<Double> {
    matrix.columns(ranges[representation])
  }

  /// The coefficients of functions on the group, Fᵀ·values; values have the shape [element, column].
  public func coefficients(of values: Matrix<Double>) -> Matrix<Double> {
    matrix.times(values, left: .transposed)
  }

  /// The share of each representation in the squares of some functions, shape [representation].
  ///
  /// - Parameter values: shape [element, column]; 0 has no shares, all NaN.
  public func shares(of values: Matrix<Double>) -> [Double] {
    let coefficients = coefficients(of: values)
    let whole = values.squaredNorm
    return ranges.map { coefficients.rows($0).squaredNorm / whole }
  }

  /// The part of some functions in a representation, shape [element, column].
  public func projection(of values: Matrix<Double>, onto representation: Int) -> Matrix<Double> {
    let functions = functions(representation)
    return functions * functions.times(values, left: .transposed)
  }

  /// The share d²/order that each representation has of random functions.
  public var expectedShares: [Double] {
    ranges.map { Double($0.count) / Double(group.order) }
  }
}
