import FiniteGroups
import Testing

@testable import Analysis

@Suite("Constancy on cosets")
struct CosetConstancyTests {
  @Test("functions of cosets have all of their variance between them")
  func constant() throws {
    let group = try FiniteGroup(name: "S4", available: 1e9)
    let partitions = CosetConstancy.partitions(of: group)
    #expect(partitions.count == 9)
    for partition in partitions {
      #expect(Set(partition.cosets).count == partition.count)
      let values = partition.cosets.map { Double($0 * $0) }
      #expect(abs(CosetConstancy.share(values, partition) - 1) < 1e-14)
    }
    // Left cosets gH are closed under multiplication from the right with the subgroup H.
    let stabiliser = group.stabiliser(of: 0)
    for element in 0..<24 {
      for member in stabiliser {
        #expect(
          partitions[0].cosets[group.product(element, member)] == partitions[0].cosets[element])
        #expect(
          partitions[1].cosets[group.product(member, element)] == partitions[1].cosets[element])
      }
    }
  }

  @Test("what sums to nothing over every coset has none, a constant has no share")
  func nothing() throws {
    let group = try FiniteGroup(name: "S3", available: 1e9)
    let partitions = CosetConstancy.partitions(of: group)
    let signs = group.signs.map(Double.init)
    #expect(CosetConstancy.share(signs, partitions[0]) == 0)
    #expect(CosetConstancy.largestShare(signs, partitions) == 1)
    #expect(CosetConstancy.share([2, 2, 2, 2, 2, 2], partitions[0]).isNaN)
    #expect(CosetConstancy.partitions(of: try FiniteGroup(name: "C6", available: 1e9)).isEmpty)
  }
}
