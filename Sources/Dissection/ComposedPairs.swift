import FiniteGroups
import LinearAlgebra
import Networks

/// A composition network on all pairs of elements of its group.
///
/// Nothing here has as many entries as there are triples of elements, but for the logits
/// themselves.
struct ComposedPairs {
  let transform: GroupFourierTransform
  let network: CompositionNetwork<Double>
  /// What hidden units hand on, shape [pair, hidden].
  let hidden: Matrix<Double>
  /// Shape [pair, element].
  let logits: Matrix<Double>
  /// Losses of all pairs.
  let losses: CrossEntropies
  /// Of every pair x · order + y: x, y and xy.
  let places: [Factor: [Int32]]

  /// What a function of pairs may depend on.
  enum Factor: String, CaseIterable {
    /// The product xy.
    case product = "xy"
    /// The left element.
    case left = "x"
    /// The right element.
    case right = "y"
  }

  init(_ network: CompositionNetwork<Double>, _ transform: GroupFourierTransform) {
    self.network = network
    self.transform = transform
    let group = transform.group
    hidden = network.hiddenOfAllPairs()
    logits = hidden * network.readout
    losses = CrossEntropies(logits, labels: group.table)
    let order = Int32(group.order)
    let pairs = 0..<order * order
    places = [
      .product: group.table, .left: pairs.map { $0 / order }, .right: pairs.map { $0 % order },
    ]
  }

  var group: FiniteGroup { transform.group }
  var order: Int { group.order }

  /// Mean of the hidden layer over all pairs with one factor, shape [element, hidden].
  func means(over factor: Factor) -> Matrix<Double> {
    let (units, places) = (hidden.columns, places[factor] ?? [])
    var sums = Matrix<Double>(rows: order, columns: units)
    sums.elements.withUnsafeMutableBufferPointer { sums in
      hidden.elements.withUnsafeBufferPointer { hidden in
        for (pair, place) in places.enumerated() {
          let (from, to) = (pair * units, Int(place) * units)
          for unit in 0..<units { sums[to + unit] += hidden[from + unit] }
        }
      }
    }
    // A factor has as many pairs as the group has elements.
    return (1 / Double(order)) * sums
  }

  /// What the readout makes of a function of one factor, shape [element, element].
  func logits(of values: Matrix<Double>) -> Matrix<Double> { values * network.readout }

  /// The loss without the part of the hidden layer that a function of a factor is.
  func loss(without values: Matrix<Double>, of factor: Factor) -> Double {
    CrossEntropies(
      logits, less: logits(of: values), at: places[factor] ?? [], labels: group.table
    ).mean
  }

  /// The loss of a function of the product alone in the place of the hidden layer.
  func loss(ofProductPart values: Matrix<Double>) -> Double {
    // The pairs with one product have one row of logits, which is also that of the identity and it.
    CrossEntropies(logits(of: values), labels: (0..<Int32(order)).map { $0 }).mean
  }

  /// The logits of every pair less their mean, in the order of g = xyz⁻¹, shape [pair, g].
  func centredLogitsAlongQuotients() -> Matrix<Double> {
    var centred = logits
    let order = order
    centred.elements.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: order) {
        var mean = 0.0
        for i in start..<start + order { mean += values[i] }
        mean /= Double(order)
        for i in start..<start + order { values[i] -= mean }
      }
    }
    return alongQuotients(centred)
  }

  /// Rows of pairs in the order of g = xyz⁻¹ instead of z.
  func alongQuotients(_ rows: Matrix<Double>) -> Matrix<Double> {
    let (order, table, inverses) = (order, group.table, group.inverses)
    var result = Matrix<Double>(rows: rows.rows, columns: order)
    result.elements.withUnsafeMutableBufferPointer { target in
      rows.elements.withUnsafeBufferPointer { source in
        for pair in 0..<rows.rows {
          let product = Int(table[pair])
          for g in 0..<order {
            target[pair * order + g] =
              source[pair * order + Int(table[inverses[g] * order + product])]
          }
        }
      }
    }
    return result
  }
}
