import DynKernels
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
  /// L with L·Lᵀ the test Gram matrix, shape [input, direction].
  private let testRoot: Matrix<Double>
  /// Steps that are expanded together.
  private let block: Int
  private var traced: [Double]
  /// W·L of a block, shape [step, output, input].
  private var turned: [Double]

  /// Room for the record of so many steps of a problem whose risk is squared.
  ///
  /// - Throws: `LinearAlgebraError` if the test Gram matrix is not finite.
  public init(steps: Int, test: LearningProblem.TestSet) throws {
    let (outputs, inputs) = (test.teacher.rows, test.teacher.columns)
    losses = [Double](repeating: 0, count: steps)
    risks = losses
    products = [Double](repeating: 0, count: steps * outputs * inputs)
    errors = products
    self.test = test
    let eigen = try test.input.symmetricEigen()
    testRoot = Matrix(rows: inputs, columns: inputs) { i, j in
      eigen.vectors[i, j] * max(0, eigen.values[j]).squareRoot()
    }
    block = max(1, min(steps, 4096 / max(outputs * inputs, 1)))
    traced = [Double](repeating: 0, count: block * outputs * (inputs + 8))
    turned = [Double](repeating: 0, count: block * outputs * inputs)
  }

  /// Lets a descent take steps, as many as there is room for, and records what is before each.
  ///
  /// - Precondition: every input varies, so that the whole product is among what the steps trace.
  /// - Returns: how many steps were taken before the loss was too large.
  public mutating func record(_ descent: inout StatisticsDescent) -> Int {
    let basis = descent.movingBasis
    precondition(
      basis.columns == test.teacher.columns,
      "\(test.teacher.columns - basis.columns) inputs do not vary, and their part is not traced")
    // From the basis of the descent to that of the data, or to the directions of the risk.
    let toData = basis.transposed
    let (toRisk, riskTarget) = (toData * testRoot, test.teacher * testRoot)
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
        expand(
          from: taken, count: done, toData: toData, toRisk: toRisk, riskTarget: riskTarget,
          stride: stride)
      }
      taken += done
      if done < count { break }
    }
    return taken
  }

  /// Products in the basis of the data, their errors and risks, by two products for a block.
  private mutating func expand(
    from first: Int, count: Int, toData: Matrix<Double>, toRisk: Matrix<Double>,
    riskTarget: Matrix<Double>, stride: Int
  ) {
    let (outputs, inputs) = (test.teacher.rows, test.teacher.columns)
    let size = outputs * inputs
    guard count > 0, size > 0 else { return }
    let traced = traced
    func turn(_ basis: Matrix<Double>, into result: UnsafeMutablePointer<Double>) {
      basis.elements.withUnsafeBufferPointer { basis in
        guard let basis = basis.baseAddress else { return }
        Double.multiplyAdd(
          transposeLeft: false, transposeRight: false, rows: count * outputs, columns: inputs,
          inner: toData.rows, alpha: 1, left: traced, leftStride: stride, right: basis,
          rightStride: inputs, beta: 0, result: result, resultStride: inputs)
      }
    }
    let (teacher, risk) = (test.teacher.elements, riskTarget.elements)
    products.withUnsafeMutableBufferPointer { products in
      errors.withUnsafeMutableBufferPointer { errors in
        risks.withUnsafeMutableBufferPointer { risks in
          turned.withUnsafeMutableBufferPointer { turned in
            guard let products = products.baseAddress, let errors = errors.baseAddress,
              let risks = risks.baseAddress, let turned = turned.baseAddress
            else { return }
            turn(toData, into: products + first * size)
            turn(toRisk, into: turned)
            teacher.withUnsafeBufferPointer { teacher in
              risk.withUnsafeBufferPointer { risk in
                var problem = dyn_record(
                  outputs: Int64(outputs), inputs: Int64(inputs), teacher: teacher.baseAddress,
                  risk_target: risk.baseAddress)
                dyn_record_rows(
                  &problem, products + first * size, turned, Int64(count), errors + first * size,
                  risks + first)
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
