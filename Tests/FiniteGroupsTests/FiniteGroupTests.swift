import Testing

@testable import FiniteGroups

@Suite("Finite groups")
struct FiniteGroupTests {
  static let names = [
    "S1", "S3", "S4", "S5", "A3", "A4", "A5", "C1", "C2", "C7", "C12", "D1", "D2", "D5", "D6",
  ]

  @Test("tables are associative, with identity and inverses", arguments: names)
  func table(name: String) throws {
    let group = try FiniteGroup(name: name, available: 1e9)
    let all = 0..<group.order
    for x in all {
      #expect(group.product(0, x) == x && group.product(x, 0) == x)
      #expect(group.product(x, group.inverses[x]) == 0 && group.product(group.inverses[x], x) == 0)
      #expect(Set(all.map { group.product(x, $0) }).count == group.order)
    }
    let some = stride(from: 0, to: group.order, by: max(1, group.order / 12))
    for x in some {
      for y in some {
        #expect(group.signs[group.product(x, y)] == group.signs[x] * group.signs[y])
        for z in some {
          #expect(
            group.product(group.product(x, y), z) == group.product(x, group.product(y, z)))
        }
      }
    }
  }

  @Test("composition is that of functions, elements in lexicographic order")
  func convention() throws {
    let group = try FiniteGroup(name: "S3", available: 1e9)
    #expect(group.labels == ["e", "(2 3)", "(1 2)", "(1 2 3)", "(1 3 2)", "(1 3)"])
    // (1 2)(2 3) sends 3 to 2 to 1, 1 to 2, 2 to 3.
    #expect(group.labels[group.product(2, 1)] == "(1 2 3)")
    #expect(group.signs == [1, -1, -1, 1, 1, -1])
    #expect(group.order(of: 3) == 3)
  }

  @Test(
    "as many classes as partitions, or as known",
    arguments: [("S4", 5), ("S5", 7), ("A4", 4), ("A5", 5), ("C6", 6), ("D5", 4), ("D6", 6)])
  func classes(name: String, count: Int) throws {
    let group = try FiniteGroup(name: name, available: 1e9)
    let classes = group.conjugacyClasses
    #expect(classes.count == count)
    #expect(classes.flatMap(\.self).sorted() == Array(0..<group.order))
  }

  @Test("stabilisers of a thing are subgroups of index n")
  func stabiliser() throws {
    let group = try FiniteGroup(name: "S5", available: 1e9)
    for thing in 0..<5 {
      let members = Set(group.stabiliser(of: thing))
      #expect(members.count == 24)
      #expect(
        members.allSatisfy { x in members.allSatisfy { members.contains(group.product(x, $0)) } })
    }
  }

  @Test("what is no group, or too large, is said in a sentence")
  func errors() {
    for name in ["", "S", "Q8", "S0", "S-3", "s5", "S05", "S21", "D0"] {
      #expect(throws: GroupError.unknown(name)) { try FiniteGroup(name: name, available: 1e9) }
    }
    let error = GroupError.tooLarge(name: "S9", order: 362_880, bytes: 2.6e12, available: 8e9)
    #expect(throws: GroupError.self) { try FiniteGroup(name: "S9", available: 8e9) }
    #expect(error.description.contains("2633") || error.description.contains("2600"))
  }
}
