import LinearAlgebra

/// How exactly the representations of a group are what they should be.
public struct GroupCheck: Sendable {
  /// One representation.
  public struct Row: Sendable {
    /// The representation.
    public let representation: Representation
    /// Largest entry of ρ(x)ρ(y) − ρ(xy) over all pairs.
    public let homomorphismError: Double
    /// Largest entry of ρ(x)ρ(x)ᵀ − 1.
    public let orthogonalityError: Double
    /// Mean of χ².
    public let characterNorm: Double
    /// Loss of the character as logits, χ(xyz⁻¹).
    public let crossEntropy: Double
  }

  /// Each representation.
  public let rows: [Row]
  /// Sum of the squared dimensions, each over that of the commutant; the order of the group.
  public let squaredDimensions: Int
  /// Largest entry of FᵀF − 1.
  public let fourierError: Double
  /// Largest entry of F·Fᵀ − 1.
  public let inverseFourierError: Double

  /// Checks the representations of a group.
  ///
  /// - Complexity: O(order² · Σ dimension³ + order³).
  public init(_ transform: GroupFourierTransform) {
    let group = transform.group
    rows = transform.representations.map { representation in
      Row(
        representation: representation,
        homomorphismError: representation.homomorphismError(in: group),
        orthogonalityError: representation.orthogonalityError,
        characterNorm: representation.characterNorm,
        crossEntropy: characterCrossEntropy(representation.character))
    }
    squaredDimensions = transform.representations.reduce(0) { $0 + $1.functionCount }
    let matrix = transform.matrix
    func error(_ product: Matrix<Double>) -> Double {
      (product - Matrix.identity(product.rows)).largestMagnitude
    }
    fourierError = error(matrix.times(matrix, left: .transposed))
    inverseFourierError = error(matrix.times(matrix, right: .transposed))
  }
}

extension Representation {
  /// Largest entry of ρ(x)ρ(y) − ρ(xy) over all pairs.
  public func homomorphismError(in group: FiniteGroup) -> Double {
    let (d, order) = (dimension, group.order)
    // All ρ(y) side by side, shape [row, y · d + column].
    let side = Matrix<Double>(rows: d, columns: order * d) { row, place in
      matrices[place / d, row * d + place % d]
    }
    var worst = 0.0
    for x in 0..<order {
      let products = matrix(x) * side
      worst = max(worst, largestGap(products, ofProductsWith: x, in: group))
    }
    return worst
  }

  private func largestGap(
    _ products: Matrix<Double>, ofProductsWith x: Int, in group: FiniteGroup
  ) -> Double {
    let (d, order) = (dimension, group.order)
    return products.elements.withUnsafeBufferPointer { products in
      matrices.elements.withUnsafeBufferPointer { matrices in
        var worst = 0.0
        for y in 0..<order {
          let start = group.product(x, y) * d * d
          for row in 0..<d {
            for column in 0..<d {
              let gap =
                products[row * order * d + y * d + column] - matrices[start + row * d + column]
              worst = max(worst, abs(gap))
            }
          }
        }
        return worst
      }
    }
  }

  /// Largest entry of ρ(x)ρ(x)ᵀ − 1 over all elements.
  public var orthogonalityError: Double {
    (0..<matrices.rows).reduce(0) { worst, element in
      let matrix = matrix(element)
      return max(
        worst,
        (matrix.times(matrix, right: .transposed) - Matrix.identity(dimension)).largestMagnitude)
    }
  }
}
