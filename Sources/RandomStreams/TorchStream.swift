import LinearAlgebra

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The random stream of a PyTorch CPU generator (`torch.manual_seed`), bit for bit.
///
/// The reference is PyTorch 2.13 with its AVX2 (or AVX-512, which agrees) kernels, that is nearly
/// every x86-64 machine. PyTorch 1.13 differs in two places: ``uniforms(from:to:count:)`` may
/// return the upper bound, about 3 times in 10⁸, and ``integers(in:count:)`` draws two words for an
/// integer only from 2³² values on. Kernels without AVX2, and other processors, differ in single
/// precision normals by up to about 2·10⁻⁶.
///
/// Seeding equals that of ``NumPyStream`` for seeds below 2³², and so do the words; what is made of
/// them does not. ``generator`` and ``cachedNormal`` are the whole of a value; save both to
/// continue it later.
public struct TorchStream: Equatable, Sendable {
  /// The source of the words.
  public private(set) var generator: MersenneTwister
  /// The second number of the last pair of single normals, if it is still to be handed out.
  public private(set) var cachedNormal: Double?

  /// Starts the stream of `torch.manual_seed(seed)`, which looks at the lower 32 bits only.
  public init(seed: UInt64) {
    generator = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  /// Starts the stream of `torch.manual_seed(seed)`; a negative seed counts as `seed` + 2⁶⁴.
  public init(seed: Int) {
    self.init(seed: UInt64(truncatingIfNeeded: seed))
  }

  /// Restores a stream from its saved parts.
  public init(generator: MersenneTwister, cachedNormal: Double?) {
    self.generator = generator
    self.cachedNormal = cachedNormal
  }

  // MARK: Uniform numbers

  /// A number uniform over the multiples of 2⁻²⁴ in [0, 1), an element of `torch.rand`.
  public mutating func uniformFloat() -> Float {
    Float(generator.nextWord() & 0xff_ffff) * 0x1p-24
  }

  /// A number uniform over the multiples of 2⁻⁵³ in [0, 1), an element of a double `torch.rand`.
  public mutating func uniformDouble() -> Double {
    Double(generator.nextDoubleWord() & 0x1f_ffff_ffff_ffff) * 0x1p-53
  }

  /// Numbers uniform over [low, high), as `uniform_(low, high)` of a single precision tensor.
  ///
  /// A number that rounding has carried to `high` becomes `low`.
  public mutating func uniforms(from low: Double, to high: Double, count: Int) -> [Float] {
    precondition(count >= 0, "cannot draw \(count) numbers")
    let lower = Float(low)
    let upper = Float(high)
    let width = upper - lower
    return (0..<count).map { _ in
      let number = lower.addingProduct(uniformFloat(), width)
      return number == upper ? lower : number
    }
  }

  /// The weights and biases of a new `torch.nn.Linear(inputs, outputs, bias)`.
  ///
  /// Both are uniform between ∓1/√`inputs`. The weights have shape [output, input] and are drawn
  /// first, row after row; the biases have shape [output] and are `nil` if not wanted.
  ///
  /// - Precondition: `inputs > 0` and `outputs >= 0`.
  public mutating func linearLayer(
    inputs: Int, outputs: Int, bias: Bool = true
  ) -> (weights: Matrix<Float>, biases: [Float]?) {
    precondition(
      inputs > 0 && outputs >= 0, "there is no layer of \(inputs) inputs and \(outputs) outputs")
    // PyTorch computes the bound of the weights as √3·√(2/(1 + √5²))/√inputs; rounded to single
    // precision this is the bound of the biases for up to 3·10⁶ inputs at least.
    let bound = 1 / Double(inputs).squareRoot()
    let weights = uniforms(from: -bound, to: bound, count: inputs * outputs)
    return (
      Matrix(rows: outputs, columns: inputs, elements: weights),
      bias ? uniforms(from: -bound, to: bound, count: outputs) : nil
    )
  }

  // MARK: Normal numbers

  /// Normal numbers as `torch.normal(mean, deviation, [count])` in single precision.
  ///
  /// PyTorch has two ways: below 16 numbers they come one by one as pairs in double precision, and
  /// the second of a pair waits in ``cachedNormal`` for the next call of this kind; from 16 numbers
  /// on they come in blocks, which leave that alone. So the first numbers of a longer draw are not
  /// those of a shorter one.
  public mutating func normals(
    count: Int, mean: Double = 0, deviation: Double = 1
  ) -> [Float] {
    precondition(count >= 0, "cannot draw \(count) numbers")
    guard count < Self.blockSize else {
      return blockNormals(count: count, mean: Float(mean), deviation: Float(deviation))
    }
    return (0..<count).map { _ in Float(normal() * deviation + mean) }
  }

  /// Normal numbers as `torch.normal(mean, deviation, [count])` of a double precision tensor.
  ///
  /// The two ways of ``normals(count:mean:deviation:)`` apply here as well. All functions are the C
  /// library's, so the last digit is that of PyTorch with the same C library only.
  public mutating func doubleNormals(
    count: Int, mean: Double = 0, deviation: Double = 1
  ) -> [Double] {
    precondition(count >= 0, "cannot draw \(count) numbers")
    guard count < Self.blockSize else {
      return doubleBlockNormals(count: count, mean: mean, deviation: deviation)
    }
    return (0..<count).map { _ in normal() * deviation + mean }
  }

  /// A standard normal number by the trigonometric pair.
  ///
  /// - Source: Box & Muller 1958, Ann. Math. Stat. 29, 610–611, doi:10.1214/aoms/1177706645.
  private mutating func normal() -> Double {
    if let number = cachedNormal {
      cachedNormal = nil
      return number
    }
    let angle = 2 * Double.pi * uniformDouble()
    let radius = (-2 * log1p(-uniformDouble())).squareRoot()
    cachedNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  // MARK: Integers

  /// Integers uniform over a range, as `torch.randint(low, high, [count])`.
  ///
  /// From 2²⁸ values on each takes two words, else one. The bias of the remainder stays.
  ///
  /// - Precondition: the range is not empty unless `count` is 0.
  public mutating func integers(in range: Range<Int>, count: Int) -> [Int] {
    precondition(
      count == 0 || (count > 0 && !range.isEmpty), "cannot draw \(count) integers from \(range)")
    let span = UInt64(truncatingIfNeeded: range.upperBound &- range.lowerBound)
    return (0..<count).map { _ in
      let word = span < 1 << 28 ? UInt64(generator.nextWord()) : generator.nextDoubleWord()
      return range.lowerBound &+ Int(truncatingIfNeeded: word % span)
    }
  }

  /// An integer uniform over 0..<2⁶³, as `torch.empty((), dtype=torch.int64).random_()`.
  public mutating func integer() -> Int { Int(generator.nextDoubleWord() & (1 << 63 - 1)) }

  /// The numbers 0..<`count` in a random order, as `torch.randperm(count)`.
  public mutating func permutation(count: Int) -> [Int] {
    precondition(count >= 0, "there is no permutation of \(count) elements")
    var order = Array(0..<count)
    for i in 0..<max(count - 1, 0) {
      order.swapAt(i, i + Int(generator.nextWord()) % (count - i))
    }
    return order
  }
}
