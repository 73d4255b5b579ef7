import RandomMatrices

/// Where the eigenvalues of WᵀW/n lie when the weights are independent and nothing was learned.
///
/// W has n rows, one for each unit, of d independent entries of variance σ²; the eigenvalues follow
/// the law of Marchenko and Pastur with the ratio d/n, times σ². Where d > n, d − n further ones are 0.
///
/// - Source: V. A. Marchenko & L. A. Pastur, Math. USSR Sb. 1 (1967) 457.
public struct Bulk: Equatable, Sendable {
  /// Variance σ² of an entry.
  public let variance: Double
  private let law: MarchenkoPastur

  /// The bulk of weights of so many rows and columns.
  ///
  /// - Precondition: both are at least 1.
  public init(rows: Int, columns: Int, variance: Double) {
    law = MarchenkoPastur(ratio: Double(columns) / Double(rows))
    self.variance = variance
  }

  /// Smallest eigenvalue but 0.
  public var lowerEdge: Double { variance * law.lowerEdge }
  /// Largest eigenvalue.
  public var upperEdge: Double { variance * law.upperEdge }

  /// The density at an eigenvalue, zeros left out; their share is missing from its integral.
  public func density(at eigenvalue: Double) -> Double {
    variance > 0 ? law.density(at: eigenvalue / variance) / variance : 0
  }

  /// The k-th largest of `count` eigenvalues where they are quantiles of the law, k from 0.
  public func expectedEigenvalues(count: Int) -> [Double] {
    (0..<count).map { rank in
      let share = 1 - (Double(rank) + 0.5) / Double(count)
      guard share > law.atomAtZero else { return 0 }
      var (low, high) = (law.lowerEdge, law.upperEdge)
      // Halving to the precision of a picture of a spectrum.
      for _ in 0..<24 {
        let middle = (low + high) / 2
        if law.cumulative(middle) < share { low = middle } else { high = middle }
      }
      return variance * (low + high) / 2
    }
  }

  /// How many eigenvalues lie above the bulk.
  public func countAbove(_ eigenvalues: [Double]) -> Int { eigenvalues.count { $0 > upperEdge } }
}
