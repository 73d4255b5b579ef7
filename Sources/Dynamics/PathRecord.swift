import LearningProblems
import LinearAlgebra

/// Loss, risk, product and errors of the product before every step, kept in memory.
///
/// The memory is taken once and used again by every recording.
public struct PathRecord: Sendable {
  /// Loss 2J, shape [step].
  public private(set) var losses: [Double]
  /// Risk, shape [step].
  public private(set) var risks: [Double]
  /// W in the basis of the data, shape [step, output, input].
  public private(set) var products: [Double]
  /// Squared errors of W against the teacher, same shape.
  public private(set) var errors: [Double]
  private let test: LearningProblem.TestSet
  /// Steps that are expanded together.
  private let block: Int
  private var traced: [Double]
  private var gaps: [Double]
  private var weighted: [Double]

  /// Room for the record of so many steps of a problem whose risk is squared.
  public init(steps: Int, test: LearningProblem.TestSet) {
    let size = test.teacher.elements.count
    losses = [Double](repeating: 0, count: steps)
    risks = losses
    products = [Double](repeating: 0, count: steps * size)
    errors = products
    self.test = test
    block = max(1, min(steps, 16384 / max(size, 1)))
    traced = [Double](repeating: 0, count: block * test.teacher.rows * (test.teacher.columns + 8))
    gaps = [Double](repeating: 0, count: block * size)
    weighted = gaps
  }

  /// Lets a descent take steps, as many as there is room for, and records what is before each.
  ///
  /// - Returns: how many steps were taken before the loss was too large.
  public mutating func record(_ descent: inout StatisticsDescent) -> Int {
    let basis = descent.movingBasis
    let stride = descent.steps.productStride
    var taken = 0
    while taken < losses.count {
      let count = min(block, losses.count - taken)
      let done = losses.withUnsafeMutableBufferPointer { losses in
        traced.withUnsafeMutableBufferPointer { traced in
          guard let losses = losses.baseAddress, let traced = traced.baseAddress else { return 0 }
          return descent.take(
            count, trace: StepTrace(losses: losses + taken, products: traced))
        }
      }
      for t in taken..<taken + done { losses[t] += descent.fitLoss }
      if test.teacher.rows == 2, test.teacher.columns == 2, basis.columns == 2 {
        expandTwoByTwo(from: taken, count: done, basis: basis)
      } else {
        expand(from: taken, count: done, basis: basis, stride: stride)
      }
      taken += done
      if done < count { break }
    }
    return taken
  }

  /// Products in the basis of the data, their errors and risks, by three passes over a block.
  private mutating func expand(from first: Int, count: Int, basis: Matrix<Double>, stride: Int) {
    let (outputs, inputs) = (test.teacher.rows, test.teacher.columns)
    let (rows, size) = (count * outputs, outputs * inputs)
    guard rows > 0 else { return }
    products.withUnsafeMutableBufferPointer { products in
      errors.withUnsafeMutableBufferPointer { errors in
        risks.withUnsafeMutableBufferPointer { risks in
          gaps.withUnsafeMutableBufferPointer { gaps in
            weighted.withUnsafeMutableBufferPointer { weighted in
              let product = UnsafeMutableBufferPointer(
                rebasing: products[first * size..<(first + count) * size])
              let error = UnsafeMutableBufferPointer(
                rebasing: errors[first * size..<(first + count) * size])
              traced.withUnsafeBufferPointer { traced in
                basis.elements.withUnsafeBufferPointer { basisEntries in
                  guard let x = traced.baseAddress, let y = basisEntries.baseAddress,
                    let z = product.baseAddress
                  else { return }
                  Double.multiplyAdd(
                    transposeLeft: false, transposeRight: true, rows: rows, columns: inputs,
                    inner: basis.columns, alpha: 1, left: x, leftStride: stride, right: y,
                    rightStride: basis.columns, beta: 0, result: z, resultStride: inputs)
                }
              }
              test.teacher.elements.withUnsafeBufferPointer { teacher in
                for t in 0..<count {
                  for i in 0..<size {
                    let gap = product[t * size + i] - teacher[i]
                    gaps[t * size + i] = gap
                    error[t * size + i] = gap * gap
                  }
                }
              }
              test.input.elements.withUnsafeBufferPointer { gram in
                guard let x = gaps.baseAddress, let y = gram.baseAddress,
                  let z = weighted.baseAddress
                else { return }
                Double.multiplyAdd(
                  transposeLeft: false, transposeRight: false, rows: rows, columns: inputs,
                  inner: inputs, alpha: 1, left: x, leftStride: inputs, right: y,
                  rightStride: inputs, beta: 0, result: z, resultStride: inputs)
              }
              for t in 0..<count {
                var sum = SIMD8<Double>.zero
                var i = t * size
                while i + 8 <= (t + 1) * size {
                  for lane in 0..<8 { sum[lane] += gaps[i + lane] * weighted[i + lane] }
                  i += 8
                }
                while i < (t + 1) * size {
                  sum[0] += gaps[i] * weighted[i]
                  i += 1
                }
                risks[first + t] = sum.sum()
              }
            }
          }
        }
      }
    }
  }

  /// The same for two inputs and two outputs, without calls.
  private mutating func expandTwoByTwo(from first: Int, count: Int, basis: Matrix<Double>) {
    let (q00, q01, q10, q11) = (basis[0, 0], basis[0, 1], basis[1, 0], basis[1, 1])
    let gram = test.input
    let (g00, g01, g11) = (gram[0, 0], gram[0, 1] + gram[1, 0], gram[1, 1])
    let teacher = test.teacher.elements
    let (b00, b01, b10, b11) = (teacher[0], teacher[1], teacher[2], teacher[3])
    traced.withUnsafeBufferPointer { traced in
      products.withUnsafeMutableBufferPointer { products in
        errors.withUnsafeMutableBufferPointer { errors in
          risks.withUnsafeMutableBufferPointer { risks in
            for t in 0..<count {
              let (x, y) = (4 * t, 4 * (first + t))
              let w00 = traced[x] * q00 + traced[x + 1] * q01
              let w01 = traced[x] * q10 + traced[x + 1] * q11
              let w10 = traced[x + 2] * q00 + traced[x + 3] * q01
              let w11 = traced[x + 2] * q10 + traced[x + 3] * q11
              let (e00, e01, e10, e11) = (w00 - b00, w01 - b01, w10 - b10, w11 - b11)
              products[y] = w00
              products[y + 1] = w01
              products[y + 2] = w10
              products[y + 3] = w11
              let (s00, s01, s10, s11) = (e00 * e00, e01 * e01, e10 * e10, e11 * e11)
              errors[y] = s00
              errors[y + 1] = s01
              errors[y + 2] = s10
              errors[y + 3] = s11
              risks[first + t] =
                g00 * (s00 + s10) + g11 * (s01 + s11) + g01 * (e00 * e01 + e10 * e11)
            }
          }
        }
      }
    }
  }
}
