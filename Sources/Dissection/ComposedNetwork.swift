import FiniteGroups
import LinearAlgebra
import Networks

/// A composition network with everything that is measured of it.
struct ComposedNetwork {
  let network: CompositionNetwork<Double>
  let transform: GroupFourierTransform
  let measures: RepresentationMeasures
  let neurons: NeuronMeasures
  /// Singular values of the left embedding that stand out: those before the largest ratio of
  /// neighbours.
  let rank: Int
  /// Loss without ρ(xy) of every representation that survived.
  let excludedLoss: Double
  /// Loss with nothing but ρ(xy) of those.
  let restrictedLoss: Double
  /// Means of the hidden layer over pairs with one product, shape [element, hidden].
  private let productMeans: Matrix<Double>

  init(_ network: CompositionNetwork<Double>, _ transform: GroupFourierTransform) {
    let pairs = ComposedPairs(network, transform)
    let measures = RepresentationMeasures(pairs)
    self.network = network
    self.transform = transform
    self.measures = measures
    neurons = NeuronMeasures(network, transform)
    rank = Self.rank(of: network.leftEmbedding)
    let means = pairs.means(over: .product)
    productMeans = means
    var part = Matrix<Double>(rows: pairs.order, columns: network.shape.hidden)
    for representation in Self.survivors(measures, transform) {
      part.add(transform.projection(of: means, onto: representation))
    }
    excludedLoss = pairs.loss(without: part, of: .product)
    restrictedLoss = pairs.loss(ofProductPart: part)
  }

  /// Mean share of each representation in both embeddings and the readout.
  var meanShares: [Double] { Self.meanShares(measures) }
  /// Representations with a share of at least a third of that in random weights.
  var survivors: [Int] { Self.survivors(measures, transform) }
  /// Products that multiplying matrices of the representations that survived takes, Σd³.
  var expectedUnits: Int {
    survivors.reduce(0) {
      $0 + transform.ranges[$1].count * transform.representations[$1].dimension
    }
  }
  /// Functions of the representations that survived, Σd².
  var expectedRank: Int { survivors.reduce(0) { $0 + transform.ranges[$1].count } }

  /// Σ d·(share of the hidden layer in ρ(xy)): 1 where every unit holds products ρ_ij(x)·ρ_jl(y) of one
  /// representation, which have 1/d of their squares on ρ_il(xy).
  var productShare: Double {
    let shares = measures.hiddenShares[.product] ?? []
    return zip(shares, transform.representations).reduce(0) {
      $0 + $1.0 * Double($1.1.dimension)
    }
  }

  /// Loss without ρ(xy) of the representation with the largest mean share, over the whole loss.
  var leadingAblation: Double {
    let shares = meanShares
    let leading = shares.indices.max { shares[$0] < shares[$1] } ?? 0
    return (measures.ablatedLosses[.product]?[leading] ?? .nan) / measures.loss
  }

  /// Largest change of the loss, as a part of it, without functions of x or of y alone.
  var sideAblation: Double {
    [ComposedPairs.Factor.left, .right].flatMap { measures.ablatedLosses[$0] ?? [] }
      .map { abs($0 / measures.loss - 1) }.max() ?? .nan
  }

  private static func meanShares(_ measures: RepresentationMeasures) -> [Double] {
    measures.leftShares.indices.map {
      (measures.leftShares[$0] + measures.rightShares[$0] + measures.readoutShares[$0]) / 3
    }
  }

  private static func survivors(
    _ measures: RepresentationMeasures, _ transform: GroupFourierTransform
  ) -> [Int] {
    let (shares, random) = (meanShares(measures), transform.expectedShares)
    return shares.indices.filter { shares[$0] >= Representations.leastPart * random[$0] }
  }

  private static func rank(of matrix: Matrix<Double>) -> Int {
    guard let values = try? matrix.singularValues(), let largest = values.first, largest > 0 else {
      return 0
    }
    let kept = values.filter { $0 > 1e-6 * largest } + [1e-6 * largest]
    guard kept.count > 2 else { return kept.count - 1 }
    // The last ratio is that to nothing, which stands out only if no other does.
    let ratios = (0..<kept.count - 2).map { kept[$0] / kept[$0 + 1] }
    let place = ratios.indices.max { ratios[$0] < ratios[$1] } ?? 0
    return ratios[place] > 2 ? place + 1 : kept.count - 1
  }

  /// The logits' dependence on the product and the class in the Fourier basis: B with
  /// Σ F_f(xy)·B_fk·F_k(z), shape [function, function].
  ///
  /// Of logits Σ a·χ(xyz⁻¹) it is diagonal, as tr ρ(xyz⁻¹) = Σ ρ_ij(xy)ρ_ij(z).
  ///
  /// - Parameter inverts: whether functions of (xy)⁻¹ take the place of those of xy.
  func readoutBasis(inverts: Bool) -> Matrix<Double> {
    let means = inverts ? productMeans.rows(of: transform.group.inverses) : productMeans
    return transform.coefficients(of: means) * network.readout * transform.matrix
  }

  /// Share of the squares of the readout in the Fourier basis that are on its diagonal.
  var diagonalShare: Double {
    let basis = readoutBasis(inverts: false)
    return basis.diagonal.reduce(0) { $0 + $1 * $1 } / basis.squaredNorm
  }

  /// The same as ``readoutBasis(inverts:)`` of (xy)⁻¹ with the entries of the natural representation,
  /// which are no basis; nil for groups without.
  var naturalReadoutBasis: Matrix<Double>? {
    guard let natural = transform.group.naturalRepresentation else { return nil }
    let means = productMeans.rows(of: transform.group.inverses)
    return natural.matrices.times(means, left: .transposed) * network.readout * natural.matrices
  }

  /// Share of the left embedding in the functions of the natural representation: those of the trivial
  /// and the standard one; NaN for groups without.
  var naturalShare: Double {
    guard transform.group.naturalRepresentation != nil else { return .nan }
    return transform.representations.indices.reduce(0) { sum, index in
      ["trivial", "standard"].contains(transform.representations[index].alias ?? "")
        ? sum + measures.leftShares[index] : sum
    }
  }
}

extension Matrix<Double> {
  /// Rows in another order.
  func rows(of indices: [Int]) -> Matrix {
    Matrix(rows: indices.count, columns: columns) { self[indices[$0], $1] }
  }
}
