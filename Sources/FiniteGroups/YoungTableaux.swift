import LinearAlgebra

/// The standard Young tableaux of a partition, and Young's orthogonal form on them.
///
/// - Source: Young 1931, "On quantitative substitutional analysis VI"; James & Kerber 1981,
///   "The representation theory of the symmetric group", §3.4.
struct YoungTableaux {
  /// Lengths of the rows, descending.
  let shape: [Int]
  /// All standard tableaux, each by the row of every entry.
  let tableaux: [[Int]]
  private let places: [[Int]: Int]

  /// The tableaux of a partition.
  init(shape: [Int]) {
    self.shape = shape
    let n = shape.reduce(0, +)
    var found: [[Int]] = []
    var fill = Array(repeating: 0, count: shape.count)
    func grow(_ rows: [Int]) {
      guard rows.count < n else { return found.append(rows) }
      for row in shape.indices where fill[row] < shape[row] {
        guard row == 0 || fill[row - 1] > fill[row] else { continue }
        fill[row] += 1
        grow(rows + [row])
        fill[row] -= 1
      }
    }
    grow([])
    tableaux = found
    places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1, $0) })
  }

  /// All partitions of a number, the one with the longest rows first.
  static func partitions(of n: Int, largest: Int? = nil) -> [[Int]] {
    guard n > 0 else { return [[]] }
    return stride(from: min(n, largest ?? n), through: 1, by: -1).flatMap { first in
      partitions(of: n - first, largest: first).map { [first] + $0 }
    }
  }

  /// The partition with rows and columns exchanged.
  static func conjugate(_ shape: [Int]) -> [Int] {
    (0..<(shape.first ?? 0)).map { column in shape.count { $0 > column } }
  }

  /// Column minus row of every entry of a tableau.
  private func contents(_ rows: [Int]) -> [Int] {
    var fill = Array(repeating: 0, count: shape.count)
    return rows.map { row in
      defer { fill[row] += 1 }
      return fill[row] - row
    }
  }

  /// The matrices of the exchanges of i and i + 1, i = 0 … n − 2.
  ///
  /// With r the content of i + 1 less that of i, the diagonal is 1/r, and √(1 − 1/r²) stands between
  /// tableaux that differ by the exchange.
  func generators() -> [Matrix<Double>] {
    let n = shape.reduce(0, +)
    return (0..<max(0, n - 1)).map { i in
      var matrix = Matrix<Double>(rows: tableaux.count, columns: tableaux.count)
      for (k, tableau) in tableaux.enumerated() {
        let contents = contents(tableau)
        let distance = Double(contents[i + 1] - contents[i])
        matrix[k, k] = 1 / distance
        var other = tableau
        other.swapAt(i, i + 1)
        if let place = places[other], place != k {
          matrix[k, place] = (1 - 1 / (distance * distance)).squareRoot()
        }
      }
      return matrix
    }
  }

  /// Of every tableau of a partition that is its own conjugate: the tableau with rows and columns
  /// exchanged, and the sign of the permutation that makes the tableau from the first one.
  ///
  /// The map J with J·e(T') = sign(T)·e(T) has Jρ(g) = sign(g)·ρ(g)J.
  func reflection() -> (partner: [Int], sign: [Int]) {
    var partner: [Int] = []
    var sign: [Int] = []
    let first = boxes(tableaux[0])
    for tableau in tableaux {
      var fill = Array(repeating: 0, count: shape.count)
      let columns = tableau.map { row -> Int in
        defer { fill[row] += 1 }
        return fill[row]
      }
      partner.append(places[columns] ?? 0)
      let own = boxes(tableau)
      sign.append(
        Permutations.sign(own.map { box in first.firstIndex { $0 == box } ?? 0 }))
    }
    return (partner, sign)
  }

  /// Row and column of every entry.
  private func boxes(_ tableau: [Int]) -> [[Int]] {
    var fill = Array(repeating: 0, count: shape.count)
    return tableau.map { row in
      defer { fill[row] += 1 }
      return [row, fill[row]]
    }
  }
}
