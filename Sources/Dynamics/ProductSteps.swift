import LinearAlgebra

/// Steps for large layers: three matrix products each (four if sequential), nothing allocated.
struct ProductSteps: StatisticsSteps {
  private let problem: StatisticsProblem
  private(set) var first: Matrix<Double>
  private(set) var second: Matrix<Double>
  private(set) var product: Matrix<Double>
  /// (W − Ŵ)·Λ, shape [output, input].
  private var slope: Matrix<Double>
  /// The gradient of the second layer.
  private var change: Matrix<Double>

  init(problem: StatisticsProblem, first: Matrix<Double>, second: Matrix<Double>) {
    self.problem = problem
    self.first = first
    self.second = second
    product = second * first
    slope = product
    change = second
  }

  var productStride: Int { product.columns }

  mutating func take(
    _ steps: Int, from iteration: Int, trace: StepTrace?
  ) -> Int {
    let rule = problem.rule
    for t in 0..<steps {
      let excess = findSlope()
      if let trace {
        trace.losses[t] = excess
        product.elements.withUnsafeBufferPointer { entries in
          guard let start = entries.baseAddress else { return }
          (trace.products + t * entries.count).update(from: start, count: entries.count)
        }
      }
      guard excess <= problem.largestExcess else { return t }
      let factor = rule.factor(at: iteration + t)
      let (rate1, rate2) = (rule.rates[0] * factor, rule.rates[1] * factor)
      if rule.order == .simultaneous { change.setProduct(slope, first, right: .transposed) }
      first.setProduct(
        second, slope, left: .transposed, scale: -rate1, keep: 1 - rate1 * rule.weightDecay[0])
      if rule.order == .sequential {
        product.setProduct(second, first)
        _ = findSlope()
        change.setProduct(slope, first, right: .transposed)
      }
      moveSecond(rate: rate2, keep: 1 - rate2 * rule.weightDecay[1])
      product.setProduct(second, first)
    }
    return steps
  }

  /// Sets the slope to that of the product; returns the excess loss.
  private mutating func findSlope() -> Double {
    let (rows, columns) = (product.rows, product.columns)
    return problem.variances.withUnsafeBufferPointer { variances in
      problem.fit.elements.withUnsafeBufferPointer { fit in
        product.elements.withUnsafeBufferPointer { product in
          slope.elements.withUnsafeMutableBufferPointer { slope in
            // Eight sums side by side, always in the same order.
            var sums = SIMD8<Double>.zero
            for o in 0..<rows {
              let row = o * columns
              var j = 0
              while j + 8 <= columns {
                for lane in 0..<8 {
                  let gap = product[row + j + lane] - fit[row + j + lane]
                  let weighted = gap * variances[j + lane]
                  slope[row + j + lane] = weighted
                  sums[lane] += gap * weighted
                }
                j += 8
              }
              while j < columns {
                let gap = product[row + j] - fit[row + j]
                let weighted = gap * variances[j]
                slope[row + j] = weighted
                sums[0] += gap * weighted
                j += 1
              }
            }
            return sums.sum()
          }
        }
      }
    }
  }

  private mutating func moveSecond(rate: Double, keep: Double) {
    change.elements.withUnsafeBufferPointer { change in
      second.elements.withUnsafeMutableBufferPointer { second in
        for i in second.indices { second[i] = keep * second[i] - rate * change[i] }
      }
    }
  }

  func hasWeights(of other: any StatisticsSteps) -> Bool {
    guard let other = other as? ProductSteps else { return false }
    return haveSameBits(first.elements, other.first.elements)
      && haveSameBits(second.elements, other.second.elements)
  }
}
