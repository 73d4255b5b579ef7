import LinearAlgebra

/// A representation of a finite group by real orthogonal matrices, ρ(xy) = ρ(x)ρ(y).
public struct Representation: Equatable, Sendable {
  /// Name, such as `(4,1)`.
  public let name: String
  /// A word for it, such as `standard`; nil if it has none.
  public let alias: String?
  /// Rows of its matrices.
  public let dimension: Int
  /// All matrices, shape [element, row · dimension + column].
  public let matrices: Matrix<Double>
  /// Dimension of what commutes with it: 1, or 2 where it is irreducible over the real numbers only,
  /// such as a rotation of the plane.
  public let commutant: Int
  /// Columns of its matrices whose entries span all of its functions; all of them if `commutant` is 1.
  let columns: [Int]

  init(
    name: String, alias: String? = nil, dimension: Int, matrices: Matrix<Double>,
    commutant: Int = 1, columns: [Int]? = nil
  ) {
    self.name = name
    self.alias = alias
    self.dimension = dimension
    self.matrices = matrices
    self.commutant = commutant
    self.columns = columns ?? Array(0..<dimension)
  }

  /// Name for people: the word where there is one, otherwise the name.
  public var title: String { alias ?? name }

  /// Number of independent functions among its entries: dimension² over the commutant's dimension.
  public var functionCount: Int { dimension * columns.count }

  /// The matrix of an element.
  public func matrix(_ element: Int) -> Matrix<Double> {
    Matrix(rows: dimension, columns: dimension, elements: matrices.row(element))
  }

  /// χ(g) = tr ρ(g), shape [element].
  public var character: [Double] {
    (0..<matrices.rows).map { element in
      (0..<dimension).reduce(0) { $0 + matrices[element, $1 * (dimension + 1)] }
    }
  }

  /// Its functions √(dimension/order)·ρ_ij(g) as orthonormal columns, shape [element, function].
  ///
  /// They are orthonormal if the representation is irreducible.
  ///
  /// - Source: Schur's orthogonality relations.
  public var functions: Matrix<Double> {
    let scale = (Double(dimension) / Double(matrices.rows)).squareRoot()
    return Matrix(rows: matrices.rows, columns: functionCount) { element, function in
      let (row, column) = (function / columns.count, columns[function % columns.count])
      return scale * matrices[element, row * dimension + column]
    }
  }

  /// Mean of χ² over the group: 1, or 2 for a commutant of dimension 2.
  public var characterNorm: Double {
    character.reduce(0) { $0 + $1 * $1 } / Double(matrices.rows)
  }
}
