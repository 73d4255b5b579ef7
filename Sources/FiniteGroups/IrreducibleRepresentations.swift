import Foundation
import LinearAlgebra

extension FiniteGroup {
  /// All irreducible representations over the real numbers, one of each kind, the trivial one first.
  ///
  /// Symmetric groups: Young's orthogonal form, one for each partition. Alternating groups: their
  /// restrictions, of which those of partitions that are their own conjugates split in two, or keep
  /// together with a commutant of dimension 2. Cyclic and dihedral groups: cosines and sines.
  ///
  /// - Complexity: O(order · Σ dimension³ · things²) for permutations.
  public func irreducibleRepresentations() -> [Representation] {
    switch family {
    case .symmetric(let n):
      YoungTableaux.partitions(of: n).map { shape in
        let tableaux = YoungTableaux(shape: shape)
        return Representation(
          name: Self.name(shape), alias: Self.alias(shape), dimension: tableaux.tableaux.count,
          matrices: matrices(tableaux))
      }
    case .alternating(let n): alternating(n)
    case .cyclic(let n): turns(n, reflects: false)
    case .dihedral(let n): turns(n, reflects: true)
    }
  }

  /// The representation on n coordinates that an element permutes; nil for other groups.
  ///
  /// It is reducible: the trivial and the standard representation.
  public var naturalRepresentation: Representation? {
    let n = things
    guard n > 1 else { return nil }
    return Representation(
      name: "natural", dimension: n,
      matrices: Matrix(rows: order, columns: n * n) { element, entry in
        image(of: entry % n, under: element) == entry / n ? 1 : 0
      })
  }

  private static func name(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ",") + ")"
  }

  private static func alias(_ shape: [Int]) -> String? {
    let n = shape.reduce(0, +)
    if shape.count == 1 { return "trivial" }
    if shape.count == n { return "sign" }
    if shape.count == 2, shape[1] == 1 { return "standard" }
    if shape[0] == 2, shape.count == n - 1 { return "standard_sign" }
    return nil
  }

  /// The matrices of all permutations, as products of those of exchanges of neighbours.
  private func matrices(_ tableaux: YoungTableaux) -> Matrix<Double> {
    let generators = tableaux.generators()
    let d = tableaux.tableaux.count
    var entries: [Double] = []
    entries.reserveCapacity(order * d * d)
    for permutation in permutations {
      var matrix = Matrix<Double>.identity(d)
      for i in Permutations.word(permutation) { matrix = matrix * generators[i] }
      entries += matrix.elements
    }
    return Matrix(rows: order, columns: d * d, elements: entries)
  }

  private func alternating(_ n: Int) -> [Representation] {
    var found: [Representation] = []
    for shape in YoungTableaux.partitions(of: n) {
      let conjugate = YoungTableaux.conjugate(shape)
      guard !shape.lexicographicallyPrecedes(conjugate) else { continue }
      let tableaux = YoungTableaux(shape: shape)
      let d = tableaux.tableaux.count
      let matrices = matrices(tableaux)
      let name = Self.name(shape)
      let alias = Self.alias(shape)
      guard shape == conjugate, d > 1 else {
        found.append(
          Representation(name: name, alias: alias, dimension: d, matrices: matrices))
        continue
      }
      let (partner, sign) = tableaux.reflection()
      let chosen = (0..<d).filter { $0 < partner[$0] }
      guard sign[chosen[0]] == sign[partner[chosen[0]]] else {
        // J² = −1: a complex structure, whose halves are one representation over the reals.
        found.append(
          Representation(
            name: name, alias: alias, dimension: d, matrices: matrices, commutant: 2,
            columns: chosen))
        continue
      }
      for (mark, side) in [("+", 1.0), ("-", -1.0)] {
        // Columns (e_T ± sign(T)·e_T')/√2 span the two eigenspaces of J.
        var basis = Matrix<Double>(rows: d, columns: chosen.count)
        for (column, t) in chosen.enumerated() {
          basis[t, column] = 0.5.squareRoot()
          basis[partner[t], column] = side * Double(sign[t]) * 0.5.squareRoot()
        }
        let entries = (0..<order).flatMap { element in
          let whole = Matrix(rows: d, columns: d, elements: matrices.row(element))
          return (basis.times(whole, left: .transposed) * basis).elements
        }
        found.append(
          Representation(
            name: name + mark, dimension: chosen.count,
            matrices: Matrix(
              rows: order, columns: chosen.count * chosen.count, elements: entries)))
      }
    }
    return found
  }

  /// Turns by multiples of n-th parts, and for a polygon the reflections, too.
  private func turns(_ n: Int, reflects: Bool) -> [Representation] {
    func oneDimensional(
      _ name: String, _ alias: String?, _ value: @escaping (Int) -> Double
    ) -> Representation {
      Representation(
        name: name, alias: alias, dimension: 1,
        matrices: Matrix(rows: order, columns: 1) { element, _ in value(element) })
    }
    func side(_ element: Int) -> Double { element < n ? 1 : -1 }
    func alternation(_ element: Int) -> Double { element % n % 2 == 0 ? 1 : -1 }
    var found = [oneDimensional("k=0", "trivial") { _ in 1 }]
    if reflects { found.append(oneDimensional("k=0'", "sign", side)) }
    for k in 1..<max(1, (n + 1) / 2) {
      found.append(
        Representation(
          name: "k=\(k)", dimension: 2,
          matrices: Matrix(rows: order, columns: 4) { element, entry in
            // The angle is reduced before it is rounded.
            let angle = 2 * Double.pi * Double(k * (element % n) % n) / Double(n)
            let flip = side(element)
            return switch entry {
            case 0: cos(angle)
            case 1: -sin(angle) * flip
            case 2: sin(angle)
            default: cos(angle) * flip
            }
          }, commutant: reflects ? 1 : 2, columns: reflects ? nil : [0]))
    }
    if n % 2 == 0 {
      found.append(oneDimensional("k=\(n / 2)", nil, alternation))
      if reflects {
        found.append(oneDimensional("k=\(n / 2)'", nil) { alternation($0) * side($0) })
      }
    }
    return found
  }
}
