import FiniteGroups

/// How far functions on a group are constant on the cosets of its subgroups.
///
/// - Source: Stander, Yu, Fan & Biderman 2024, arXiv:2312.06581, where neurons of networks that
///   compose permutations are nearly so.
public enum CosetConstancy {
  /// A partition of a group into the left or right cosets of a subgroup.
  public struct Partition: Equatable, Sendable {
    /// Words, such as `left cosets of the stabiliser of 1`.
    public let name: String
    /// Number of the coset of each element, shape [element].
    public let cosets: [Int]
    /// Number of cosets.
    public let count: Int
  }

  /// The partitions that are tried: left and right cosets of what leaves a thing where it is, and even
  /// and odd elements; none for groups without either.
  public static func partitions(of group: FiniteGroup) -> [Partition] {
    var partitions: [Partition] = []
    if group.things > 2, group.order > group.things {
      for thing in 0..<group.things {
        for (name, inverts) in [("left", false), ("right", true)] {
          let cosets = (0..<group.order).map {
            group.image(of: thing, under: inverts ? group.inverses[$0] : $0)
          }
          partitions.append(
            Partition(
              name: "\(name) cosets of the stabiliser of \(thing + 1)", cosets: cosets,
              count: group.things))
        }
      }
    }
    if group.hasOddElements {
      partitions.append(
        Partition(
          name: "even and odd elements", cosets: group.signs.map { $0 > 0 ? 0 : 1 }, count: 2))
    }
    return partitions
  }

  /// Share of a function's variance that lies between the cosets; NaN for a constant function.
  ///
  /// Of a random function it is about (cosets − 1)/(order − 1).
  public static func share(_ values: [Double], _ partition: Partition) -> Double {
    var sums = [Double](repeating: 0, count: partition.count)
    var counts = sums
    for (value, coset) in zip(values, partition.cosets) {
      sums[coset] += value
      counts[coset] += 1
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let between = zip(sums, counts).reduce(0) { sum, coset in
      let gap = coset.0 / coset.1 - mean
      return sum + coset.1 * gap * gap
    }
    return total > 0 ? between / total : .nan
  }

  /// The largest share over some partitions; NaN for a constant function or no partitions.
  public static func largestShare(_ values: [Double], _ partitions: [Partition]) -> Double {
    partitions.map { share(values, $0) }.filter { !$0.isNaN }.max() ?? .nan
  }
}
