import LinearAlgebra

/// Largest work, in multiplications, that the search for the sequential bound may take.
private let largestSearch = 2e10
/// Factors tried in a search times squarings for each.
private let searchProducts = 1440.0

extension Curvature {
  /// The largest stable factor on the rates of sequential updates, and whether it is tight.
  ///
  /// Layer l sees the new weights of the layers before it, a block Gauss–Seidel iteration. The step
  /// is stable below 2 over the largest eigenvalue of any diagonal block (a consequence of the
  /// Householder–John theorem); from there on factors are tried until one is unstable. That search
  /// is exact for two layers at a zero residual, where it splits into d × d problems for each
  /// eigenvalue of W₂W₂ᵀ, and for small networks of any kind. Otherwise the safe factor is returned.
  func largestSequentialFactor() throws -> (factor: Double, isTight: Bool) {
    let safe = 2 / (try largestBlockEigenvalue())
    if hasClosedForm {
      let families = try sequentialFamilies()
      let work = families.reduce(0) { $0 + pow3($1.size) } * searchProducts
      guard work <= largestSearch else { return (safe, false) }
      return found(families.map { $0.largestFactor(from: safe) }.min(), safe: safe)
    }
    guard pow3(dimension) * searchProducts <= largestSearch else { return (safe, false) }
    return found(try sequentialFamily().largestFactor(from: safe), safe: safe)
  }

  /// The factor found, or the safe one if the search did not end.
  private func found(_ factor: Double?, safe: Double) -> (factor: Double, isTight: Bool) {
    guard let factor, factor.isFinite else { return (safe, false) }
    return (factor, true)
  }

  /// The largest eigenvalue of the blocks of √D·H·√D that belong to one layer.
  func largestBlockEigenvalue() throws -> Double {
    let root = try correlations.input.symmetricRoot()
    var largest = 0.0
    var after = Matrix<Double>.identity(correlations.outputs)
    for l in layers.indices.reversed() where rule.rates[l] >= 0 {
      let left = try after.times(after, right: .transposed).symmetricEigen().values[0]
      var inner = before[l] * root
      if l == 0, let factors = rule.inputRates {
        inner = Matrix.diagonal(factors.map { $0.squareRoot() }) * root
      }
      let right = try inner.times(inner, left: .transposed).symmetricEigen().values[0]
      largest = max(largest, rule.rates[l] * (left * right + rule.weightDecay[l]))
      after = after * layers[l]
    }
    return largest
  }

  /// The whole sequential step, restricted to the directions in which J curves up.
  ///
  /// With A = √D·H·√D = F·Fᵀ and its strictly lower blocks L, a step multiplies deviations by
  /// 1 − (1/f + L)⁻¹·A, whose eigenvalues that are not 1 are those of 1 − Σ_k (−1)^k f^(k+1)·FᵀL^kF.
  private func sequentialFamily() throws -> SequentialFamily {
    let matrix = matrix()
    let eigen = try matrix.symmetricEigen()
    let rank = eigen.values.prefix { $0 > 1e-10 * eigen.values[0] }.count
    let factor = Matrix(rows: dimension, columns: rank) { i, j in
      eigen.vectors[i, j] * eigen.values[j].squareRoot()
    }
    let layerOf = layers.enumerated().flatMap { l, layer in
      Array(repeating: l, count: layer.elements.count)
    }
    let lower = Matrix(rows: dimension, columns: dimension) { i, j in
      layerOf[i] > layerOf[j] ? matrix[i, j] : 0
    }
    var terms: [Matrix<Double>] = []
    var product = factor
    for k in layers.indices {
      terms.append((k % 2 == 0 ? -1 : 1) * factor.times(product, left: .transposed))
      if k + 1 < layers.count { product = lower * product }
    }
    return SequentialFamily(terms: terms)
  }

  /// The steps (1 − fη₁ω·Σxx)(1 − fη₂·W₁ᵀW₁·Σxx) for every eigenvalue ω of W₂W₂ᵀ.
  ///
  /// Σxx is diagonalised and its null space left out.
  private func sequentialFamilies() throws -> [SequentialFamily] {
    let eigen = try correlations.input.symmetricEigen()
    let rank = eigen.values.prefix { $0 > 1e-13 * eigen.values[0] }.count
    let values = Array(eigen.values.prefix(rank))
    var inner = layers[0] * eigen.vectors.columns(0..<rank)
    for i in 0..<inner.rows { for j in 0..<rank { inner[i, j] *= values[j].squareRoot() } }
    let second = rule.rates[1] * inner.times(inner, left: .transposed)
    let outer = try layers[1].times(layers[1], right: .transposed).symmetricEigen().values
    return outer.map { value in
      let first = Matrix.diagonal(values.map { rule.rates[0] * max(0, value) * $0 })
      return SequentialFamily(terms: [-1 * (first + second), first * second])
    }
  }

  private func pow3(_ size: Int) -> Double { Double(size) * Double(size) * Double(size) }
}

/// The linear maps 1 + f·T₁ + f²·T₂ + … of one step, for every factor f on the rates.
struct SequentialFamily {
  /// T₁, T₂, …, square and of equal size.
  var terms: [Matrix<Double>]

  /// Rows of the maps.
  var size: Int { terms[0].rows }

  /// The smallest factor above `safe` at which the step is unstable, to a relative 10⁻⁴.
  ///
  /// Factors are tried 3 % apart up to 8 times the safe one; infinite if all are stable.
  func largestFactor(from safe: Double) -> Double {
    guard size > 0 else { return .infinity }
    var (stable, unstable) = (safe, safe)
    repeat {
      stable = unstable
      unstable *= 1.03
      if unstable > 8 * safe { return .infinity }
    } while !isUnstable(at: unstable)
    while unstable - stable > 1e-4 * stable {
      let middle = (stable + unstable) / 2
      if isUnstable(at: middle) { unstable = middle } else { stable = middle }
    }
    return stable
  }

  /// Whether powers of the step grow without bound, by repeated squaring.
  func isUnstable(at factor: Double) -> Bool {
    var map = Matrix<Double>.identity(size)
    var power = factor
    for term in terms {
      map.add(term, scale: power)
      power *= factor
    }
    for _ in 0..<24 {
      let size = map.norm
      if size < 1 { return false }
      guard size < 1e100 else { return true }
      map = map * map
    }
    return !(map.norm < 1e100)
  }
}
