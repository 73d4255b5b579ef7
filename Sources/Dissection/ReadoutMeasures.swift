import Analysis
import LinearAlgebra
import Networks

/// The measures of the readout of one network.
struct ReadoutMeasures {
  let singularValues: [Double]
  let cosines: Matrix<Double>
  let weightedCosines: Matrix<Double>
  let variances: [Double]
  let planeShare: Double
  /// Mean activation times weight, [output][hidden].
  let contributions: Matrix<Double>

  init(_ network: DenseNetwork<Double>, inputs: Matrix<Double>) throws {
    let layer = network.shape.depth - 1
    let readout = network.weights(layer + 1)
    let activations = network.activations(of: inputs)[layer]
    let decomposition = try readout.singularValueDecomposition()
    singularValues = decomposition.values
    cosines = rowCosines(of: readout)
    let components = try PrincipalComponents(of: activations)
    weightedCosines = rowCosines(of: readout, metric: components.covariance)
    variances = components.variances
    let rank = decomposition.rank(threshold: decomposition.roundingThreshold)
    let plane = decomposition.right.columns(0..<rank)
    let inside = plane.times(components.covariance, left: .transposed) * plane
    let whole = components.covariance.trace
    planeShare = whole > 0 ? inside.trace / whole : .nan
    let mean = components.mean
    contributions = Matrix(rows: readout.rows, columns: readout.columns) {
      readout[$0, $1] * mean[$1]
    }
  }

  var ratio: Double {
    guard let first = singularValues.first, let last = singularValues.last, first > 0 else {
      return .nan
    }
    return last / first
  }
  var effectiveRank: Double { Analysis.effectiveRank(of: singularValues.map { $0 * $0 }) }
  var participationRatio: Double { Analysis.participationRatio(of: variances) }

  /// Of the neurons that add to some output, those whose contributions lie within 5 % of an axis.
  var axisShare: Double {
    var (adding, alone) = (0, 0)
    for neuron in 0..<contributions.columns {
      let column = contributions.column(neuron)
      guard column.contains(where: { $0 > 0 }) else { continue }
      adding += 1
      let sizes = column.map(abs).sorted(by: >)
      if sizes.count == 1 || sizes[1] <= 0.05 * sizes[0] { alone += 1 }
    }
    return adding > 0 ? Double(alone) / Double(adding) : .nan
  }
}

extension Matrix<Double> {
  /// Mean size of the entries off the diagonal; NaN for a single row.
  var meanOffDiagonal: Double {
    var sum = 0.0
    for i in 0..<rows { for j in 0..<columns where i != j { sum += abs(self[i, j]) } }
    return rows > 1 ? sum / Double(rows * (columns - 1)) : .nan
  }
}
