import Foundation
import LearningProblems
import LinearAlgebra

extension LearningProblem {
  /// The weights, in the basis of the data, of the minimum that gradient descent should reach.
  ///
  /// Gradient flow conserves a²_l/η_l − a²_m/η_m for the entries of aligned modes; together with
  /// the product of the entries this gives the minimum exactly. A small start is one that begins
  /// with zeros. In all other cases gradient descent of safe step size leads the way.
  func expectedMinimum() throws -> (weights: LinearWeights, minimum: StepSizeBound.Minimum) {
    guard initialWeights.depth > 1 else { return (initialWeights, .everywhere) }
    if rule.weightDecay.allSatisfy({ $0 == 0 }) {
      if let aligned = alignedMinimum() { return (aligned, .aligned) }
      if let balanced = try balancedMinimum(), try isSmall(against: balanced) {
        return (balanced, .smallStart)
      }
    }
    return try approachedMinimum()
  }

  /// The minimum of a start whose layers are all diagonal along the modes, if modes and start are.
  private func alignedMinimum() -> LinearWeights? {
    let tolerance = 1e-10
    guard correlations.couplingOfModes <= tolerance else { return nil }
    let synaptic = initialWeights.rotated(into: modes)
    var chains: [[(left: Matrix<Double>, right: Matrix<Double>, entry: Double)]] = []
    for i in 0..<modes.right.rows {
      var unit = Matrix<Double>(rows: modes.right.rows, columns: 1)
      unit[i, 0] = 1
      var chain: [(left: Matrix<Double>, right: Matrix<Double>, entry: Double)] = []
      for layer in synaptic.layers {
        let image = layer * unit
        let length = image.norm
        guard length > tolerance * layer.norm else { break }
        let left = (1 / length) * image
        // Singular pairs stay apart from everything else: W·v = a·u and Wᵀ·u = a·v.
        let back = layer.times(left, left: .transposed) - length * unit
        guard back.norm <= tolerance * layer.norm else { return nil }
        chain.append((left, unit, length))
        unit = left
      }
      if chain.count == synaptic.depth {
        guard i < unit.rows, abs(abs(unit[i, 0]) - 1) <= tolerance else { return nil }
      } else if i < modes.rank {
        // A mode that the network cannot represent stays unlearned; any other would be, somehow.
        guard i >= synaptic.layers.map({ min($0.rows, $0.columns) }).min() ?? 0 else { return nil }
      }
      chains.append(chain)
    }

    var layers = synaptic.layers
    for (i, chain) in chains.enumerated() where chain.count == layers.count {
      guard modes.metric[i, i] > 0 else { continue }
      let target = i < modes.values.count ? modes.values[i] : 0
      guard let entries = rule.entries(atProduct: target, from: chain.map(\.entry)) else {
        return nil
      }
      for (l, link) in chain.enumerated() {
        let sign = l == layers.count - 1 && link.left[i, 0] < 0 ? -1.0 : 1
        let change = sign * entries[l] - link.entry
        layers[l].add(link.left.times(link.right, right: .transposed), scale: change)
      }
    }
    return LinearWeights(layers).rotated(outOf: modes)
  }

  /// Whether each layer's start is small against the largest singular value it is to have.
  private func isSmall(against minimum: LinearWeights) throws -> Bool {
    for (start, layer) in zip(initialWeights.layers, minimum.layers) {
      let largest = try layer.singularValues()[0]
      guard start.squaredNorm <= 0.01 * largest * largest else { return false }
    }
    return true
  }

  /// The balanced minimum, which very small starts reach; nil if a layer is frozen.
  func balancedMinimum() throws -> LinearWeights? {
    guard rule.rates.allSatisfy({ $0 > 0 }) else { return nil }
    let widths = initialWeights.layers.map(\.rows)
    let rank = min(modes.rank, widths.min() ?? 0)
    let target = try reducedRankFit(rank)
    let factors = try target.singularValueDecomposition()
    let zeros = [Double](repeating: 0, count: widths.count)
    let entries = factors.values.prefix(rank).compactMap { value in
      rule.entries(atProduct: value, from: zeros)
    }
    guard entries.count == rank, rank > 0 else { return nil }
    var layers = widths.indices.map { l in
      Matrix.diagonal(entries.map { $0[l] }, rows: rank, columns: rank)
    }
    layers[0] = layers[0].times(factors.right.columns(0..<rank), right: .transposed)
    layers[layers.count - 1] = factors.left.columns(0..<rank) * layers[layers.count - 1]
    return LinearWeights(layers).padded(to: widths)
  }

  /// The map of at most the given rank with the smallest loss.
  private func reducedRankFit(_ rank: Int) throws -> Matrix<Double> {
    guard rank < modes.rank else { return correlations.fit }
    let weighted = correlations.fit * (try correlations.input.symmetricRoot())
    let left = try weighted.singularValueDecomposition().left.columns(0..<rank)
    return left * left.times(correlations.fit, left: .transposed)
  }

  /// Where gradient descent leads whose step size follows the curvature.
  ///
  /// Arrived means that what is left of the loss, above the least that the hidden width allows, is
  /// 10⁻⁶ of what it was, or the squared gradient 10⁻¹⁴.
  private func approachedMinimum() throws -> (
    weights: LinearWeights, minimum: StepSizeBound.Minimum
  ) {
    var weights = initialWeights
    var curvature = Curvature(weights: weights, correlations: correlations, rule: rule)
    func objective(_ weights: LinearWeights) -> Double {
      zip(weights.layers, rule.weightDecay).reduce(
        correlations.loss(of: weights.product) - correlations.fitLoss
      ) { $0 + $1.1 * $1.0.squaredNorm }
    }
    func slope(_ gradients: [Matrix<Double>]) -> Double {
      zip(gradients, rule.rates).reduce(0) { $0 + $1.1 * $1.0.squaredNorm }
    }
    var value = objective(weights)
    let (start, startSlope) = (value, slope(curvature.gradients))
    let rank = min(modes.rank, weights.layers.map(\.rows).min() ?? 0)
    let floor =
      rule.weightDecay.allSatisfy { $0 == 0 }
      ? correlations.loss(of: try reducedRankFit(rank)) - correlations.fitLoss : 0
    var step = 0.0
    let work =
      weights.layers.reduce(0.0) { $0 + Double($1.elements.count) }
      * Double(correlations.inputs)
    let steps = Int(min(5000, max(200, 5e8 / max(work, 1))))
    for k in 0..<steps {
      let gradients = curvature.gradients
      let slope = slope(gradients)
      if value - floor <= 1e-6 * (start - floor) || slope <= 1e-14 * startSlope {
        return (weights, .approached(isReached: true))
      }
      if k % 100 == 0 || k == 20 {
        let block = try curvature.largestBlockEigenvalue()
        let safe = block > 0 ? 0.5 / (block * Double(weights.depth)) : 1
        step = k == 0 ? safe : min(safe, 2 * step)
      }
      while true {
        var trial = weights
        for l in trial.layers.indices {
          trial.layers[l].add(gradients[l], scale: -step * rule.rates[l])
        }
        let next = objective(trial)
        // Half of the first-order decrease of twice J, as for a quadratic at half its stability.
        if next <= value - step * slope || step * slope <= 1e-15 * value {
          (weights, value) = (trial, next)
          break
        }
        step /= 2
        guard step > 0 else { return (weights, .approached(isReached: false)) }
      }
      curvature = Curvature(weights: weights, correlations: correlations, rule: rule)
    }
    return (weights, .approached(isReached: false))
  }
}

extension StepRule {
  /// The entries of a mode's layers at a given product, reached from given entries by gradient flow.
  ///
  /// All entries are absolute values. Solves Π a_l = product with a²_l/η_l − a²_m/η_m as at the
  /// start; layers of rate 0 keep their entry. Nil if they cannot reach the product.
  func entries(atProduct product: Double, from start: [Double]) -> [Double]? {
    let moving = rates.indices.filter { rates[$0] > 0 }
    let kept = rates.indices.filter { rates[$0] == 0 }.reduce(1) { $0 * start[$1] }
    guard !moving.isEmpty, product == 0 || kept > 0 else { return nil }
    let squares = moving.map { start[$0] * start[$0] / rates[$0] }
    let least = squares.min() ?? 0
    let target = product == 0 ? 0 : product / kept
    func entries(_ x: Double) -> [Double] {
      zip(moving, squares).map { (rates[$0] * (x + ($1 - least))).squareRoot() }
    }
    let mean = moving.reduce(1) { $0 * pow(rates[$1], 1 / Double(moving.count)) }
    var (low, high) = (0.0, pow(target, 2 / Double(moving.count)) / mean * (1 + 1e-12))
    while target > 0 {  // the product grows with x
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if entries(middle).reduce(1, *) < target { low = middle } else { high = middle }
    }
    var result = start
    for (l, entry) in zip(moving, entries(target > 0 ? high : 0)) { result[l] = entry }
    return result
  }
}

extension LinearWeights {
  /// The same map with hidden layers widened by zeros to the given widths.
  fileprivate func padded(to widths: [Int]) -> LinearWeights {
    var columns = layers[0].columns
    return LinearWeights(
      zip(layers, widths).map { layer, rows in
        defer { columns = rows }
        return Matrix(rows: rows, columns: columns) { i, j in
          i < layer.rows && j < layer.columns ? layer[i, j] : 0
        }
      })
  }
}
