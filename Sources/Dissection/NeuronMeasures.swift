import Analysis
import FiniteGroups
import LinearAlgebra
import Networks

/// What single hidden units of a composition network do.
struct NeuronMeasures {
  /// Of the energy of the strongest unit, what a unit needs to count as one.
  static let leastEnergy = 0.02

  /// Squared norm of what left elements contribute to each unit.
  let energies: [Double]
  /// Whether a unit counts.
  let isActive: [Bool]
  /// Shares of the representations in what left elements contribute, shape [unit][representation].
  let shares: [[Double]]
  /// The representation with the largest share of each unit.
  let leading: [Int]
  /// Active units of each representation.
  let counts: [Int]
  /// Largest share of each unit's variance between cosets, of left and of right elements; NaN for
  /// units that do not count, or without subgroups to try.
  let cosetShares: [Double]
  /// Correlations of each unit's left and right contribution and readout with the signs of the
  /// elements, shape [unit][3]; NaN where there are no odd elements.
  let signCorrelations: [[Double]]

  init(_ network: CompositionNetwork<Double>, _ transform: GroupFourierTransform) {
    let (left, right) = (network.leftContribution, network.rightContribution)
    let readout = network.readout
    let coefficients = transform.coefficients(of: left)
    let units = 0..<left.columns
    let energies = units.map { unit in left.column(unit).reduce(0) { $0 + $1 * $1 } }
    let strongest = energies.max() ?? 0
    let isActive = energies.map { $0 > Self.leastEnergy * strongest }
    let shares = units.map { unit -> [Double] in
      let own = coefficients.column(unit).map { $0 * $0 }
      return transform.ranges.map { own[$0].reduce(0, +) / energies[unit] }
    }
    let leading = shares.map { shares in
      shares.indices.max { shares[$0] < shares[$1] } ?? 0
    }
    self.energies = energies
    self.isActive = isActive
    self.shares = shares
    self.leading = leading
    counts = transform.representations.indices.map { representation in
      units.count { isActive[$0] && leading[$0] == representation }
    }
    let partitions = CosetConstancy.partitions(of: transform.group)
    cosetShares = units.map { unit in
      guard isActive[unit] else { return .nan }
      let both = [left, right].map {
        CosetConstancy.largestShare($0.column(unit), partitions)
      }
      return (both[0] + both[1]) / 2
    }
    let signs = transform.group.signs.map(Double.init)
    let hasOdd = transform.group.hasOddElements
    signCorrelations = units.map { unit in
      guard hasOdd else { return [.nan, .nan, .nan] }
      return [left.column(unit), right.column(unit), readout.row(unit)].map {
        Self.correlation($0, signs)
      }
    }
  }

  /// Number of active units.
  var activeCount: Int { isActive.count(where: \.self) }

  /// Mean over active units of the largest share between cosets.
  var meanCosetShare: Double { Spread(cosetShares.filter { !$0.isNaN }).mean }

  /// Mean over active units of the share of the leading representation.
  var meanLeadingShare: Double {
    Spread(shares.indices.filter { isActive[$0] }.map { shares[$0][leading[$0]] }).mean
  }

  private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (Spread(a).mean, Spread(b).mean)
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - meanA) * (y - meanB)
      squareA += (x - meanA) * (x - meanA)
      squareB += (y - meanB) * (y - meanB)
    }
    return squareA > 0 && squareB > 0 ? product / (squareA * squareB).squareRoot() : 0
  }
}
