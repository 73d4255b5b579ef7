/// A finite group by its composition table; element 0 is the identity.
public struct FiniteGroup: Equatable, Sendable {
  /// Which group.
  public let family: GroupFamily
  /// Number of elements.
  public let order: Int
  /// Index of every product xy, shape [x, y].
  public let table: [Int32]
  /// Index of every inverse.
  public let inverses: [Int]
  /// A name of every element.
  public let labels: [String]
  /// 1 for even and −1 for odd permutations; for dihedral groups −1 for reflections; otherwise 1.
  public let signs: [Int]
  /// Permutations in one-line form, for groups of permutations; otherwise empty.
  let permutations: [[Int]]

  /// The group of a family.
  ///
  /// - Parameter available: bytes of memory that its tables may take.
  /// - Throws: ``GroupError/tooLarge(name:order:bytes:available:)``.
  /// - Complexity: O(order²).
  public init(_ family: GroupFamily, available: Double) throws {
    guard family.bytes <= available else {
      throw GroupError.tooLarge(
        name: family.name, order: Double(family.order), bytes: family.bytes, available: available)
    }
    switch family {
    case .symmetric(let n):
      self.init(permutations: Permutations.all(of: n), family)
    case .alternating(let n):
      self.init(permutations: Permutations.all(of: n).filter { Permutations.sign($0) > 0 }, family)
    case .cyclic(let n):
      self.init(family, labels: (0..<n).map(String.init), signs: Array(repeating: 1, count: n)) {
        ($0 + $1) % n
      }
    case .dihedral(let n):
      // r^k, then r^k s; s r = r⁻¹ s.
      let labels = ["", "s"].flatMap { s in
        (0..<n).map { k in k == 0 ? (s.isEmpty ? "e" : s) : (k == 1 ? "r" : "r^\(k)") + s }
      }
      self.init(family, labels: labels, signs: (0..<2 * n).map { $0 < n ? 1 : -1 }) { x, y in
        let (k, l) = (x % n, y % n)
        return (x < n ? k + l : k - l + n) % n + (((x < n) == (y < n)) ? 0 : n)
      }
    }
  }

  /// The group of a name such as `S5`.
  ///
  /// - Throws: ``GroupError``.
  public init(name: String, available: Double) throws {
    guard let family = GroupFamily(name: name) else { throw GroupError.unknown(name) }
    try self.init(family, available: available)
  }

  private init(permutations: [[Int]], _ family: GroupFamily) {
    let places = Dictionary(
      uniqueKeysWithValues: permutations.enumerated().map { (Permutations.key($1), $0) })
    self.init(
      family, labels: permutations.map(Permutations.label),
      signs: permutations.map(Permutations.sign), permutations: permutations
    ) { x, y in
      places[Permutations.key(Permutations.composed(permutations[x], permutations[y]))] ?? 0
    }
  }

  private init(
    _ family: GroupFamily, labels: [String], signs: [Int], permutations: [[Int]] = [],
    product: (Int, Int) -> Int
  ) {
    let order = labels.count
    var table = [Int32](repeating: 0, count: order * order)
    var inverses = [Int](repeating: 0, count: order)
    for x in 0..<order {
      for y in 0..<order {
        let z = product(x, y)
        table[x * order + y] = Int32(z)
        if z == 0 { inverses[x] = y }
      }
    }
    (self.family, self.order, self.table, self.inverses) = (family, order, table, inverses)
    (self.labels, self.signs, self.permutations) = (labels, signs, permutations)
  }

  /// Name, such as `S5`.
  public var name: String { family.name }

  /// Index of the product of two elements.
  @inlinable
  public func product(_ x: Int, _ y: Int) -> Int { Int(table[x * order + y]) }

  /// Whether there are odd elements.
  public var hasOddElements: Bool { signs.contains(-1) }

  /// The least k ≥ 1 whose k-th power of an element is the identity.
  public func order(of element: Int) -> Int {
    var (power, count) = (element, 1)
    while power != 0 { (power, count) = (product(power, element), count + 1) }
    return count
  }

  /// The classes of elements that are conjugate to each other, each ascending, by first element.
  public var conjugacyClasses: [[Int]] {
    var classes: [[Int]] = []
    var isSeen = Array(repeating: false, count: order)
    for element in 0..<order where !isSeen[element] {
      var members: Set<Int> = []
      for g in 0..<order { members.insert(product(product(g, element), inverses[g])) }
      for member in members { isSeen[member] = true }
      classes.append(members.sorted())
    }
    return classes
  }

  /// For a group of permutations of n things: the elements that leave a thing where it is.
  ///
  /// Empty for other groups.
  public func stabiliser(of thing: Int) -> [Int] {
    permutations.indices.filter { permutations[$0][thing] == thing }
  }

  /// Number of permuted things; 0 for groups of another kind.
  public var things: Int { permutations.first?.count ?? 0 }

  /// Where an element sends a thing.
  public func image(of thing: Int, under element: Int) -> Int { permutations[element][thing] }
}
