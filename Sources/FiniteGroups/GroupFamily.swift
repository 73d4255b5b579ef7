/// A group by its family and number, as its name says: S5, A5, C12, D6.
public enum GroupFamily: Equatable, Hashable, Sendable {
  /// All permutations of n things, n!.
  case symmetric(Int)
  /// The even permutations of n things, n!/2.
  case alternating(Int)
  /// Rotations by n-th parts of a turn: addition modulo n.
  case cyclic(Int)
  /// Rotations and reflections of a polygon with n corners, 2n.
  case dihedral(Int)

  /// The largest number of permuted things whose count of permutations is known to be a number.
  private static let mostThings = 20

  /// The family of a name; nil if there is none.
  public init?(name: String) {
    guard let letter = name.first, let number = Int(name.dropFirst()), "\(letter)\(number)" == name
    else { return nil }
    switch letter {
    case "S" where (1...Self.mostThings).contains(number): self = .symmetric(number)
    case "A" where (2...Self.mostThings).contains(number): self = .alternating(number)
    case "C" where (1...1_000_000_000).contains(number): self = .cyclic(number)
    case "D" where (1...1_000_000_000).contains(number): self = .dihedral(number)
    default: return nil
    }
  }

  /// Letter and number.
  public var name: String {
    switch self {
    case .symmetric(let n): "S\(n)"
    case .alternating(let n): "A\(n)"
    case .cyclic(let n): "C\(n)"
    case .dihedral(let n): "D\(n)"
    }
  }

  /// Number of elements.
  public var order: Int {
    func factorial(_ n: Int) -> Int { n < 2 ? 1 : (2...n).reduce(1, *) }
    switch self {
    case .symmetric(let n): return factorial(n)
    case .alternating(let n): return factorial(n) / 2
    case .cyclic(let n): return n
    case .dihedral(let n): return 2 * n
    }
  }

  /// Bytes of the composition table and of the Fourier matrix, with one copy to work on.
  public var bytes: Double { Double(order) * Double(order) * (4 + 2 * 8) }
}
