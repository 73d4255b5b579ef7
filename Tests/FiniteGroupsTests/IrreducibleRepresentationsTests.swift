import LinearAlgebra
import Testing

@testable import FiniteGroups

@Suite("Irreducible representations")
struct IrreducibleRepresentationsTests {
  static let groups = [
    "S1", "S2", "S3", "S4", "S5", "S6", "A3", "A4", "A5", "A6", "C1", "C2", "C5", "C12", "D1", "D2",
    "D5", "D6",
  ]

  // Products of at most 15 exchanges whose matrices are orthogonal to 2e-16: measured below 2e-15.
  static let tolerance = 1e-13

  @Test("homomorphisms, orthogonal, a complete orthonormal system", arguments: groups)
  func exact(name: String) throws {
    let group = try FiniteGroup(name: name, available: 1e9)
    let check = GroupCheck(GroupFourierTransform(group))
    #expect(check.squaredDimensions == group.order)
    #expect(check.fourierError < Self.tolerance)
    #expect(check.inverseFourierError < Self.tolerance)
    for row in check.rows {
      #expect(row.homomorphismError < Self.tolerance, "\(row.representation.name)")
      #expect(row.orthogonalityError < Self.tolerance, "\(row.representation.name)")
      #expect(
        abs(row.characterNorm - Double(row.representation.commutant)) < Self.tolerance,
        "\(row.representation.name)")
    }
    let commuting = check.rows.reduce(0) { $0 + $1.representation.commutant }
    if check.rows.allSatisfy({ $0.representation.commutant == 1 }) {
      #expect(check.rows.count == group.conjugacyClasses.count)
    } else {
      #expect(commuting == group.conjugacyClasses.count)
    }
  }

  @Test(
    "dimensions",
    arguments: [
      ("S4", [1, 3, 2, 3, 1]), ("S5", [1, 4, 5, 6, 5, 4, 1]),
      ("S6", [1, 5, 9, 10, 5, 16, 10, 5, 9, 5, 1]), ("A4", [1, 3, 2]), ("A5", [1, 4, 5, 3, 3]),
      ("C4", [1, 2, 1]), ("D4", [1, 1, 2, 1, 1]),
    ])
  func dimensions(name: String, expected: [Int]) throws {
    let group = try FiniteGroup(name: name, available: 1e9)
    #expect(group.irreducibleRepresentations().map(\.dimension) == expected)
  }

  @Test("characters of a transposition of S5")
  func character() throws {
    let group = try FiniteGroup(name: "S5", available: 1e9)
    let transposition = try #require(group.labels.firstIndex(of: "(1 2)"))
    let representations = group.irreducibleRepresentations()
    let found = representations.map { $0.character[transposition].rounded() }
    #expect(found == [1, 2, 1, 0, -1, -2, -1])
    #expect(
      representations.map(\.title) == [
        "trivial", "standard", "(3,2)", "(3,1,1)", "(2,2,1)", "standard_sign", "sign",
      ])
    let sign = representations[6].matrices.elements
    #expect(zip(sign, group.signs).allSatisfy { abs($0 - Double($1)) < 1e-15 })
  }

  @Test("the natural representation is the trivial and the standard one")
  func natural() throws {
    let group = try FiniteGroup(name: "S5", available: 1e9)
    let natural = try #require(group.naturalRepresentation)
    #expect(natural.homomorphismError(in: group) == 0)
    let standard = group.irreducibleRepresentations()[1]
    for (whole, part) in zip(natural.character, standard.character) {
      #expect(abs(whole - 1 - part) < Self.tolerance)
    }
    // √120, sixteen times √(120/4), and eight zeros.
    let values = try natural.matrices.singularValues()
    #expect(abs(values[0] - 10.954451150103322) < 1e-12)
    #expect(values[1...16].allSatisfy { abs($0 - 5.477225575051661) < 1e-12 })
    #expect(values[17...].allSatisfy { $0 < 1e-12 })
  }
}
