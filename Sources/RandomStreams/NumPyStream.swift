import LinearAlgebra

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// NumPy's legacy random stream (`numpy.random.RandomState`, `numpy.random.seed`), bit for bit.
///
/// Words, uniform numbers, integers and permutations equal NumPy's on every platform. Normal
/// numbers go through the logarithm of the C library: with glibc 2.28 or later on x86-64 they equal
/// those of NumPy there, elsewhere a few may differ in the last digit. NumPy has frozen this
/// stream, so its version does not matter. NumPy's newer `Generator` is a different stream.
///
/// ``generator`` and ``cachedNormal`` are the whole of a value; save both to continue it later.
public struct NumPyStream: Equatable, Sendable {
  /// The source of the words.
  public private(set) var generator: MersenneTwister
  /// The second number of the last pair of normals, if it is still to be handed out.
  public private(set) var cachedNormal: Double?

  /// Starts the stream of `numpy.random.seed(seed)`.
  public init(seed: UInt32) {
    generator = MersenneTwister(seed: seed)
  }

  /// Starts the stream of `numpy.random.seed(seed)`, for a seed that may be out of range.
  ///
  /// - Throws: ``RandomStreamError/seedOutOfRange(_:)`` unless 0 ≤ `seed` < 2³², as NumPy does.
  public init(seed: Int) throws {
    guard let word = UInt32(exactly: seed) else { throw RandomStreamError.seedOutOfRange(seed) }
    self.init(seed: word)
  }

  /// Starts the stream of `numpy.random.seed([word, …])`, a list of words.
  ///
  /// A list of one word gives another stream than the word by itself.
  ///
  /// - Throws: ``RandomStreamError/noSeedWords`` if `words` is empty.
  public init(words: [UInt32]) throws {
    generator = try MersenneTwister(words: words)
  }

  /// Restores a stream from its saved parts.
  public init(generator: MersenneTwister, cachedNormal: Double?) {
    self.generator = generator
    self.cachedNormal = cachedNormal
  }

  // MARK: Real numbers

  /// A number uniform over the multiples of 2⁻⁵³ in [0, 1), as `random_sample()`.
  public mutating func uniform() -> Double {
    let upper = Double(generator.nextWord() >> 5)
    let lower = Double(generator.nextWord() >> 6)
    return (upper * 0x1p26 + lower) * 0x1p-53
  }

  /// A number uniform between two bounds, as `uniform(low, high)`.
  public mutating func uniform(from low: Double, to high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// A number from the standard normal distribution, as `randn()`.
  ///
  /// Numbers come in pairs; the second waits in ``cachedNormal`` for the next call, whatever other
  /// functions are called in between.
  ///
  /// - Source: the polar method, Marsaglia & Bray 1964, SIAM Rev. 6, 260–264,
  ///   doi:10.1137/1006063.
  public mutating func normal() -> Double {
    if let number = takeCachedNormal() { return number }
    let pair = normalPair()
    cachedNormal = pair.second
    return pair.first
  }

  /// A normal number with the given mean and standard deviation, as `normal(mean, deviation)`.
  public mutating func normal(mean: Double, deviation: Double) -> Double {
    mean + deviation * normal()
  }

  /// The next `count` standard normal numbers, as `randn(count)`.
  public mutating func normals(count: Int) -> [Double] {
    precondition(count >= 0, "cannot draw \(count) numbers")
    guard count > 0 else { return [] }
    return [Double](unsafeUninitializedCapacity: count) { numbers, filled in
      filled = count
      var i = 0
      if count > 0, let number = takeCachedNormal() {
        numbers.initializeElement(at: 0, to: number)
        i = 1
      }
      while i < count {
        let pair = normalPair()
        numbers.initializeElement(at: i, to: pair.first)
        if i + 1 < count {
          numbers.initializeElement(at: i + 1, to: pair.second)
        } else {
          cachedNormal = pair.second
        }
        i += 2
      }
    }
  }

  /// A matrix of standard normal numbers drawn row after row, as `randn(rows, columns)`.
  public mutating func normals(rows: Int, columns: Int) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns, elements: normals(count: rows * columns))
  }

  private mutating func takeCachedNormal() -> Double? {
    defer { cachedNormal = nil }
    return cachedNormal
  }

  /// Both coordinates of a point of the unit disc, stretched to a normal pair.
  ///
  /// NumPy hands out the second coordinate first. Sum and products are rounded one by one: a fused
  /// operation would change the last digits of one number in six.
  private mutating func normalPair() -> (first: Double, second: Double) {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let squaredRadius = x * x + y * y
      if squaredRadius < 1 && squaredRadius != 0 {
        let stretch = (-2 * log(squaredRadius) / squaredRadius).squareRoot()
        return (stretch * y, stretch * x)
      }
    }
  }

  // MARK: Integers

  /// An integer uniform over 0…`maximum`; no word is drawn for a maximum of 0.
  ///
  /// This is NumPy's masked rejection (`rk_interval`), from which its shuffles are made.
  public mutating func integer(upTo maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    while true {
      let word =
        maximum <= UInt64(UInt32.max)
        ? UInt64(generator.nextWord()) : generator.nextDoubleWord()
      if word & mask <= maximum { return word & mask }
    }
  }

  /// An integer uniform over 0..<`bound`, as `randint(bound)`.
  ///
  /// - Precondition: `bound > 0`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "there is no integer from 0 to below \(bound)")
    return Int(integer(upTo: UInt64(bound - 1)))
  }

  /// Integers uniform over a range, as `randint(low, high, count)` of 64-bit integers.
  ///
  /// - Precondition: the range is not empty unless `count` is 0.
  public mutating func integers(in range: Range<Int>, count: Int) -> [Int] {
    precondition(
      count == 0 || (count > 0 && !range.isEmpty), "cannot draw \(count) integers from \(range)")
    let maximum = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound &- 1))
    return (0..<count).map { _ in
      range.lowerBound &+ Int(truncatingIfNeeded: integer(upTo: maximum))
    }
  }

  // MARK: Orders

  /// Puts the elements of an array in a random order, as `shuffle(array)`.
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    for (i, j) in exchanges(count: array.count) { array.swapAt(i, j) }
  }

  /// Puts the rows of a matrix in a random order, as `shuffle(matrix)`.
  ///
  /// The order is that of ``shuffle(_:)`` on as many elements as there are rows.
  public mutating func shuffleRows(of matrix: inout Matrix<Double>) {
    let columns = matrix.columns
    let pairs = exchanges(count: matrix.rows)
    matrix.elements.withUnsafeMutableBufferPointer { entries in
      for (i, j) in pairs where i != j {
        for k in 0..<columns { entries.swapAt(i * columns + k, j * columns + k) }
      }
    }
  }

  /// The numbers 0..<`count` in a random order, as `permutation(count)`.
  public mutating func permutation(count: Int) -> [Int] {
    precondition(count >= 0, "there is no permutation of \(count) elements")
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Draws `count` of the numbers 0..<`population`, as `choice(population, count, replacing)`.
  ///
  /// - Precondition: `population > 0` if anything is drawn; without replacement
  ///   `count <= population`.
  public mutating func choice(from population: Int, count: Int, replacing: Bool = true) -> [Int] {
    precondition(population >= 0 && count >= 0, "cannot choose \(count) of \(population) elements")
    if replacing { return integers(in: 0..<population, count: count) }
    precondition(
      count <= population, "cannot choose \(count) different ones of \(population) elements")
    return Array(permutation(count: population).prefix(count))
  }

  /// The exchanges of the shuffle from the last element down to the second, in order.
  ///
  /// - Source: Durstenfeld 1964, Commun. ACM 7, 420, doi:10.1145/364520.364540.
  private mutating func exchanges(count: Int) -> [(Int, Int)] {
    stride(from: count - 1, to: 0, by: -1).map { ($0, Int(integer(upTo: UInt64($0)))) }
  }
}
