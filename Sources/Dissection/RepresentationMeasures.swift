import FiniteGroups
import Foundation
import LinearAlgebra
import Networks

/// Everything that the representations of its group say about one composition network.
///
/// Lists by representation are in the order of the transform.
struct RepresentationMeasures {
  /// Mean loss of all pairs, and of those of even and odd elements; NaN where there are no odd ones.
  var loss = Double.nan
  var accuracy = Double.nan
  var cosetLosses: [Double] = []
  /// Mean loss of all pairs with a left element, shape [element].
  var lossesByLeft: [Double] = []
  /// Loss with the hidden layer less its mean over units.
  var centredLoss = Double.nan
  /// Shares of the total embeddings and of the readout.
  var leftShares: [Double] = []
  var rightShares: [Double] = []
  var readoutShares: [Double] = []
  /// Shares of single functions, in the order of the transform's columns.
  var leftFunctionShares: [Double] = []
  var rightFunctionShares: [Double] = []
  var readoutFunctionShares: [Double] = []
  var productFunctionShares: [Double] = []
  /// Shares of the hidden layer's squares in functions of xy, x and y, by factor.
  var hiddenShares: [ComposedPairs.Factor: [Double]] = [:]
  /// Loss without them.
  var ablatedLosses: [ComposedPairs.Factor: [Double]] = [:]
  /// Loss with nothing but the functions of xy of one representation.
  var restrictedLosses: [Double] = []
  /// Mean cosine between logits and characters χ(xyz⁻¹), and share of the logits' variance.
  var traceSimilarities: [Double] = []
  var traceShares: [Double] = []
  /// The same of the probabilities.
  var softmaxSimilarities: [Double] = []
  var softmaxShares: [Double] = []
  /// Coefficients a of the best Σ a·χ(xyz⁻¹), and the share of the variance that it has.
  var characterCoefficients: [Double] = []
  var characterShare = Double.nan

  init(_ pairs: ComposedPairs) {
    let (transform, network) = (pairs.transform, pairs.network)
    loss = pairs.losses.mean
    accuracy = pairs.losses.accuracy
    (cosetLosses, lossesByLeft) = Self.lossesOfSubsets(pairs)
    centredLoss = Self.centredLoss(pairs)

    let embeddings = (network.leftContribution, network.rightContribution)
    (leftShares, leftFunctionShares) = transform.sharesOfFunctions(embeddings.0)
    (rightShares, rightFunctionShares) = transform.sharesOfFunctions(embeddings.1)
    (readoutShares, readoutFunctionShares) = transform.sharesOfFunctions(network.readout.transposed)

    let whole = pairs.hidden.squaredNorm
    for factor in ComposedPairs.Factor.allCases {
      let means = pairs.means(over: factor)
      let coefficients = transform.coefficients(of: means)
      let scale = Double(pairs.order) / whole
      hiddenShares[factor] = transform.ranges.map { scale * coefficients.rows($0).squaredNorm }
      if factor == .product {
        productFunctionShares = (0..<coefficients.rows).map { row in
          scale * coefficients.row(row).reduce(0) { $0 + $1 * $1 }
        }
      }
      let parts = transform.representations.indices.map {
        transform.functions($0) * coefficients.rows(transform.ranges[$0])
      }
      ablatedLosses[factor] = parts.map { pairs.loss(without: $0, of: factor) }
      if factor == .product {
        restrictedLosses = parts.map { pairs.loss(ofProductPart: $0) }
      }
    }
    compareWithCharacters(pairs)
  }

  /// Mean losses of even × even, odd × odd, even × odd and odd × even pairs, and of left elements.
  private static func lossesOfSubsets(_ pairs: ComposedPairs) -> ([Double], [Double]) {
    let (order, signs, losses) = (pairs.order, pairs.group.signs, pairs.losses.losses)
    var (sums, counts) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
    var byLeft = [Double](repeating: 0, count: order)
    for (pair, loss) in losses.enumerated() {
      let (x, y) = (pair / order, pair % order)
      let subset = signs[x] > 0 ? (signs[y] > 0 ? 0 : 2) : (signs[y] > 0 ? 3 : 1)
      sums[subset] += loss
      counts[subset] += 1
      byLeft[x] += loss / Double(order)
    }
    return (zip(sums, counts).map { $0 / $1 }, byLeft)
  }

  private static func centredLoss(_ pairs: ComposedPairs) -> Double {
    // Taking the mean m of h off every unit takes m times the sum of the readout's rows off the logits.
    let hidden = pairs.hidden
    let ones = Matrix<Double>(rows: 1, columns: hidden.columns, repeating: 1)
    let sums = ones * pairs.network.readout
    let means = (1 / Double(hidden.columns)) * hidden.times(ones, right: .transposed)
    let labels = pairs.group.table
    return CrossEntropies(pairs.logits - means * sums, labels: labels).mean
  }

  private mutating func compareWithCharacters(_ pairs: ComposedPairs) {
    let representations = pairs.transform.representations
    let (order, count) = (pairs.order, representations.count)
    // The trivial character is a constant, of which logits know nothing.
    let characters = representations.map { representation -> [Double] in
      let character = representation.character
      let mean = character.reduce(0, +) / Double(order)
      return character.map { abs(mean) > 0.5 ? 0 : $0 }
    }
    let probabilities = characters.map { character -> [Double] in
      let total = character.reduce(0) { $0 + exp($1) }
      return character.map { exp($0) / total }
    }
    func columns(_ lists: [[Double]]) -> Matrix<Double> {
      Matrix(rows: order, columns: count) { lists[$1][$0] }
    }
    let logits = pairs.centredLogitsAlongQuotients()
    (traceSimilarities, traceShares) = Self.cosines(logits, columns(characters))
    let softmax = pairs.alongQuotients(CrossEntropies.probabilities(of: pairs.logits))
    (softmaxSimilarities, softmaxShares) = Self.cosines(softmax, columns(probabilities))
    let ones = Matrix<Double>(rows: 1, columns: logits.rows, repeating: 1 / Double(logits.rows))
    let mean = (ones * logits).elements
    characterCoefficients = characters.map { character in
      let norm = character.reduce(0) { $0 + $1 * $1 }
      return norm > 0 ? zip(mean, character).reduce(0) { $0 + $1.0 * $1.1 } / norm : 0
    }
    let explained = zip(characterCoefficients, characters).reduce(0) { sum, term in
      sum + term.0 * term.0 * term.1.reduce(0) { $0 + $1 * $1 }
    }
    characterShare = explained * Double(logits.rows) / logits.squaredNorm
  }

  /// Mean cosine between rows and every column, and the mean of its square; 0 for columns of zeros.
  private static func cosines(
    _ rows: Matrix<Double>, _ columns: Matrix<Double>
  ) -> (means: [Double], squares: [Double]) {
    let products = rows * columns
    let norms = (0..<columns.columns).map { column in
      columns.column(column).reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    var means = [Double](repeating: 0, count: columns.columns)
    var squares = means
    let width = rows.columns
    rows.elements.withUnsafeBufferPointer { values in
      for row in 0..<rows.rows {
        var square = 0.0
        for i in row * width..<(row + 1) * width { square += values[i] * values[i] }
        let norm = square.squareRoot()
        guard norm > 0 else { continue }
        for column in norms.indices where norms[column] > 0 {
          let cosine = products[row, column] / (norm * norms[column])
          means[column] += cosine
          squares[column] += cosine * cosine
        }
      }
    }
    let count = Double(rows.rows)
    return (means.map { $0 / count }, squares.map { $0 / count })
  }
}

extension GroupFourierTransform {
  /// Shares of the representations, and of every function, in the squares of some functions.
  func sharesOfFunctions(_ values: Matrix<Double>) -> (
    representations: [Double], functions: [Double]
  ) {
    let coefficients = coefficients(of: values)
    let whole = values.squaredNorm
    let functions = (0..<coefficients.rows).map { row in
      coefficients.row(row).reduce(0) { $0 + $1 * $1 } / whole
    }
    return (ranges.map { functions[$0].reduce(0, +) }, functions)
  }
}
