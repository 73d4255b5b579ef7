#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// PyTorch fills sixteen or more normal numbers block by block. In single precision it does not call
// the C library but polynomials for eight numbers at once, which are stated here for one number, as
// the last digits depend on every rounding.
//
// Credit: the polynomials and the reduction of their arguments are those of the Cephes library
// (Stephen Moshier) in the vector form `avx_mathfun` (Giovanni Garberoglio 2012, after
// `sse_mathfun`, Julien Pommier 2007), which is under the zlib licence: it is given as it is,
// without warranty; it may be used and changed for any purpose, provided that its origin is not
// misrepresented and changed versions are marked as such. This is a new version in another
// language with the same coefficients and order of operations; the multiplications and additions
// that PyTorch's compiler fuses are fused here.

extension TorchStream {
  /// Number of normals from which PyTorch draws them in blocks, and the size of a block.
  static let blockSize = 16

  /// At least 16 single precision normals: all uniform numbers first, then block by block.
  ///
  /// If the count is no multiple of 16, the last 16 are drawn anew, overlapping the block before.
  mutating func blockNormals(count: Int, mean: Float, deviation: Float) -> [Float] {
    let twoPi = Float(2 * Double.pi)
    return blocks(count: count, uniform: { $0.uniformFloat() }) { uniform, angleUniform in
      let radius = (-2 * cephesLogarithm(1 - uniform)).squareRoot()
      let (sine, cosine) = cephesSineAndCosine(twoPi * angleUniform)
      return (
        mean.addingProduct(radius * cosine, deviation), mean.addingProduct(radius * sine, deviation)
      )
    }
  }

  /// At least 16 double precision normals, by the functions of the C library.
  mutating func doubleBlockNormals(count: Int, mean: Double, deviation: Double) -> [Double] {
    blocks(count: count, uniform: { $0.uniformDouble() }) { uniform, angleUniform in
      let radius = (-2 * log(1 - uniform)).squareRoot()
      let angle = 2 * Double.pi * angleUniform
      return (radius * cos(angle) * deviation + mean, radius * sin(angle) * deviation + mean)
    }
  }

  /// Draws uniform numbers and turns each block, halves paired element by element, into normals.
  private mutating func blocks<Number>(
    count: Int, uniform: (inout TorchStream) -> Number,
    transform: (_ radial: Number, _ angular: Number) -> (Number, Number)
  ) -> [Number] {
    let block = Self.blockSize
    precondition(count >= block, "a block has \(block) numbers, but \(count) were asked for")
    var numbers = (0..<count).map { _ in uniform(&self) }
    numbers.withUnsafeMutableBufferPointer { numbers in
      func transformBlock(at start: Int) {
        for i in start..<start + block / 2 {
          (numbers[i], numbers[i + block / 2]) = transform(numbers[i], numbers[i + block / 2])
        }
      }
      for start in stride(from: 0, through: count - block, by: block) {
        transformBlock(at: start)
      }
      if count % block != 0 {
        for i in count - block..<count { numbers[i] = uniform(&self) }
        transformBlock(at: count - block)
      }
    }
    return numbers
  }
}

/// The natural logarithm in single precision, for 0 < `x` ≤ 1 and `x` not subnormal.
///
/// x = 2ᵉ(1 + t) with 1 + t between √½ and √2; a polynomial in t gives log(1 + t) − t + t²/2.
func cephesLogarithm(_ x: Float) -> Float {
  // The significand between ½ and 1.
  let significand = Float(bitPattern: x.bitPattern & 0x7f_ffff | 0x3f00_0000)
  var exponent = Float(Int32(x.bitPattern >> 23) - 126)
  var t = significand - 1
  if significand < 0.707106781186547524 {
    exponent -= 1
    t += significand
  }
  let square = t * t
  var sum: Float = 7.0376836292e-2
  sum = Float(-1.1514610310e-1).addingProduct(sum, t)
  sum = Float(1.1676998740e-1).addingProduct(sum, t)
  sum = Float(-1.2420140846e-1).addingProduct(sum, t)
  sum = Float(1.4249322787e-1).addingProduct(sum, t)
  sum = Float(-1.6668057665e-1).addingProduct(sum, t)
  sum = Float(2.0000714765e-1).addingProduct(sum, t)
  sum = Float(-2.4999993993e-1).addingProduct(sum, t)
  sum = Float(3.3333331174e-1).addingProduct(sum, t)
  // log 2 = 0.693359375 − 2.12194440·10⁻⁴, the first factor exact in few digits.
  sum = (exponent * -2.12194440e-4).addingProduct(sum * t, square)
  sum -= square * 0.5
  return (t + sum).addingProduct(exponent, 0.693359375)
}

/// The sine and cosine in single precision, for 0 ≤ `angle` ≤ 2π.
///
/// The angle is reduced to between ∓π/4 by an even number of eighths of a turn, π/4 in three parts.
func cephesSineAndCosine(_ angle: Float) -> (sine: Float, cosine: Float) {
  let octant = (Int32(angle * 1.27323954473516) + 1) & ~1
  let eighths = Float(octant)
  var x = angle.addingProduct(eighths, -0.78515625)
  x = x.addingProduct(eighths, -2.4187564849853515625e-4)
  x = x.addingProduct(eighths, -3.77489497744594108e-8)
  let square = x * x
  var cosine = Float(-1.388731625493765e-3).addingProduct(2.443315711809948e-5, square)
  cosine = Float(4.166664568298827e-2).addingProduct(cosine, square)
  cosine = (-(square * 0.5)).addingProduct(cosine * square, square) + 1
  var sine = Float(8.3321608736e-3).addingProduct(-1.9515295891e-4, square)
  sine = Float(-1.6666654611e-1).addingProduct(sine, square)
  sine = x.addingProduct(sine * square, x)
  if octant & 2 != 0 { swap(&sine, &cosine) }
  return (octant & 4 != 0 ? -sine : sine, (octant - 2) & 4 == 0 ? -cosine : cosine)
}
