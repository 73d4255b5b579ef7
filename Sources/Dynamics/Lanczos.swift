import LinearAlgebra
import RandomStreams

/// The largest eigenvalue of a symmetric map that is given by its products with vectors.
///
/// The start vector is the same at every call. All Lanczos vectors are kept and orthogonalised
/// twice. Stops when the residual of the eigenvector, which bounds the error of the eigenvalue, is
/// below 10⁻⁸ of the eigenvalue's size, or after `steps` products.
///
/// - Throws: `LinearAlgebraError` if a product is not finite.
/// - Source: Lanczos 1950, J. Res. Natl. Bur. Stand. 45, 255–282.
func largestEigenvalue(
  dimension: Int, steps: Int = 300, times: ([Double]) -> [Double]
) throws -> Double {
  guard dimension > 0 else { return 0 }
  var stream = NumPyStream(seed: UInt32(1))
  var basis = [normalized(stream.normals(count: dimension)).vector]
  var diagonal: [Double] = []
  var offDiagonal: [Double] = []
  var top = 0.0
  while true {
    var next = times(basis[basis.count - 1])
    var coefficient = 0.0
    for pass in 0..<2 {
      for (k, vector) in basis.enumerated() {
        let overlap = dot(vector, next)
        if pass == 0, k == basis.count - 1 { coefficient = overlap }
        subtract(overlap, vector, from: &next)
      }
    }
    diagonal.append(coefficient)
    let (vector, length) = normalized(next)
    let count = diagonal.count
    let size = (diagonal + offDiagonal).reduce(0) { max($0, abs($1)) }
    let isExhausted =
      count == min(dimension, steps) || !(length > 1e-14 * size) || !length.isFinite
    if isExhausted || count % 5 == 0 {
      let tridiagonal = Matrix(rows: count, columns: count) { i, j in
        i == j ? diagonal[i] : abs(i - j) == 1 ? offDiagonal[min(i, j)] : 0
      }
      let eigen = try tridiagonal.symmetricEigen()
      top = eigen.values[0]
      let residual = length * abs(eigen.vectors[count - 1, 0])
      if isExhausted || residual <= 1e-8 * abs(top) { return top }
    }
    offDiagonal.append(length)
    basis.append(vector)
  }
}

private func normalized(_ vector: [Double]) -> (vector: [Double], length: Double) {
  let length = dot(vector, vector).squareRoot()
  return (length > 0 ? vector.map { $0 / length } : vector, length)
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      var sum = 0.0
      for i in a.indices { sum += a[i] * b[i] }
      return sum
    }
  }
}

private func subtract(_ factor: Double, _ vector: [Double], from result: inout [Double]) {
  result.withUnsafeMutableBufferPointer { result in
    vector.withUnsafeBufferPointer { vector in
      for i in result.indices { result[i] -= factor * vector[i] }
    }
  }
}
