/// What can be wrong with a seed, a saved state or a size given to a random stream.
public enum RandomStreamError: Error, Equatable, CustomStringConvertible {
  /// NumPy's stream was given a seed that is not a 32-bit word.
  case seedOutOfRange(Int)
  /// A generator was to be seeded by a list of words that is empty.
  case noSeedWords
  /// A saved Mersenne Twister state has the wrong number of words.
  case stateCount(Int)
  /// A saved Mersenne Twister position lies outside its state.
  case positionOutOfRange(Int)
  /// A saved Mersenne Twister state would produce zeros for ever.
  case vanishingState
  /// A random orthogonal matrix of a size below 1 was asked for.
  case sizeNotPositive(Int)

  /// One sentence on what is wrong and one on what to do.
  public var description: String {
    switch self {
    case .seedOutOfRange(let seed):
      "The seed \(seed) does not fit in 32 bits. Choose one from 0 to \(UInt32.max)."
    case .noSeedWords:
      "A generator cannot be seeded by an empty list of words. Give at least one."
    case .stateCount(let count):
      "A saved random state has \(count) words. "
        + "Give the \(MersenneTwister.stateCount) words of a Mersenne Twister."
    case .positionOutOfRange(let position):
      "A saved random state stands at position \(position). "
        + "Give one from 0 to \(MersenneTwister.stateCount)."
    case .vanishingState:
      "A saved random state holds nothing but zeros. Save it again or start from a seed."
    case .sizeNotPositive(let size):
      "A random orthogonal matrix cannot have size \(size). Choose a size of at least 1."
    }
  }
}
