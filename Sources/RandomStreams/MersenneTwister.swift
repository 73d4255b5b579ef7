/// The Mersenne Twister MT19937: the 32-bit words that NumPy's and PyTorch's streams are made of.
///
/// Equal values produce equal words. ``state`` and ``position`` are the whole of a value, so saving
/// both and restoring them with ``init(state:position:)`` continues the sequence exactly.
///
/// - Source: Matsumoto & Nishimura 1998, ACM Trans. Model. Comput. Simul. 8, 3–30,
///   doi:10.1145/272991.272995; seeding as in the authors' revision of 2002.
public struct MersenneTwister: Equatable, Sendable {
  /// Number of words in ``state``: 624.
  public static let stateCount = 624

  /// How far behind the word that it renews the recurrence reaches: 624 − 397 words.
  private static let lag = 227

  /// The words of the recurrence, shape [624], before tempering.
  public private(set) var state: [UInt32]
  /// Index in ``state`` of the next word to hand out; 624 when all have been.
  public private(set) var position: Int

  /// Starts the sequence of a single seed word.
  public init(seed: UInt32) {
    var words = [UInt32](repeating: seed, count: Self.stateCount)
    for i in 1..<Self.stateCount {
      let previous = words[i - 1]
      words[i] = 1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(i)
    }
    state = words
    position = Self.stateCount
  }

  /// Starts the sequence of a list of seed words, which is not the sequence of any single word.
  ///
  /// - Throws: ``RandomStreamError/noSeedWords`` if `words` is empty.
  /// - Complexity: O(624 + number of words).
  public init(words: [UInt32]) throws {
    guard !words.isEmpty else { throw RandomStreamError.noSeedWords }
    self.init(seed: 19_650_218)
    var i = 1
    func advance(_ state: inout [UInt32]) {
      i += 1
      if i == Self.stateCount {
        state[0] = state[i - 1]
        i = 1
      }
    }
    for k in 0..<max(Self.stateCount, words.count) {
      let j = k % words.count
      let mixed = (state[i - 1] ^ state[i - 1] >> 30) &* 1_664_525
      state[i] = (state[i] ^ mixed) &+ words[j] &+ UInt32(truncatingIfNeeded: j)
      advance(&state)
    }
    for _ in 1..<Self.stateCount {
      let mixed = (state[i - 1] ^ state[i - 1] >> 30) &* 1_566_083_941
      state[i] = (state[i] ^ mixed) &- UInt32(i)
      advance(&state)
    }
    state[0] = 0x8000_0000
  }

  /// Restores a saved generator, which then continues as the saved one would have.
  ///
  /// - Parameters:
  ///   - state: the saved ``state``, shape [624].
  ///   - position: the saved ``position``, 0 to 624.
  /// - Throws: ``RandomStreamError/stateCount(_:)`` or
  ///   ``RandomStreamError/positionOutOfRange(_:)`` if these are not such, and
  ///   ``RandomStreamError/vanishingState`` if the recurrence could only give zeros.
  public init(state: [UInt32], position: Int) throws {
    guard state.count == Self.stateCount else { throw RandomStreamError.stateCount(state.count) }
    guard (0...Self.stateCount).contains(position) else {
      throw RandomStreamError.positionOutOfRange(position)
    }
    // Of the first word the recurrence uses only the highest bit.
    guard state[0] & 0x8000_0000 != 0 || state.dropFirst().contains(where: { $0 != 0 }) else {
      throw RandomStreamError.vanishingState
    }
    self.state = state
    self.position = position
  }

  /// The next word, uniform over all 2³² values.
  public mutating func nextWord() -> UInt32 {
    if position == Self.stateCount { renew() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9d2c_5680
    word ^= word << 15 & 0xefc6_0000
    return word ^ word >> 18
  }

  /// The next two words as one of 64 bits, the first drawn in the upper half.
  public mutating func nextDoubleWord() -> UInt64 {
    let upper = UInt64(nextWord())
    return upper << 32 | UInt64(nextWord())
  }

  /// Replaces all words of the state by the next 624 of the recurrence.
  private mutating func renew() {
    func twist(_ upper: UInt32, _ lower: UInt32) -> UInt32 {
      let joined = upper & 0x8000_0000 | lower & 0x7fff_ffff
      return joined >> 1 ^ (0 &- (joined & 1)) & 0x9908_b0df
    }
    state.withUnsafeMutableBufferPointer { words in
      let last = Self.stateCount - 1
      for k in 0..<Self.lag {
        words[k] = words[k + Self.stateCount - Self.lag] ^ twist(words[k], words[k + 1])
      }
      for k in Self.lag..<last {
        words[k] = words[k - Self.lag] ^ twist(words[k], words[k + 1])
      }
      words[last] = words[last - Self.lag] ^ twist(words[last], words[0])
    }
    position = 0
  }
}
