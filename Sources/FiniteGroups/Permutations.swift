/// Permutations of 0 ..< n in one-line form: the k-th entry is where k goes.
///
/// Composition is that of functions, (ab)(k) = a(b(k)).
enum Permutations {
  /// All permutations, in lexicographic order: the identity first.
  static func all(of n: Int) -> [[Int]] {
    var (current, all) = (Array(0..<n), [Array(0..<n)])
    // The next one: raise the last entry that has a larger one behind it, turn the rest around.
    while let pivot = current.indices.dropLast().last(where: { current[$0] < current[$0 + 1] }) {
      let place = current.indices.last { current[$0] > current[pivot] } ?? pivot
      current.swapAt(pivot, place)
      current[(pivot + 1)...].reverse()
      all.append(current)
    }
    return all
  }

  /// The product of two permutations.
  static func composed(_ a: [Int], _ b: [Int]) -> [Int] { b.map { a[$0] } }

  /// A number that tells permutations of n < 16 things apart.
  static func key(_ permutation: [Int]) -> UInt64 {
    permutation.reduce(0) { $0 << 5 | UInt64($1) }
  }

  /// Places i of exchanges of i and i + 1 whose product is the permutation, first factor first.
  static func word(_ permutation: [Int]) -> [Int] {
    var (rest, word) = (permutation, [Int]())
    var isSorted = false
    while !isSorted {
      isSorted = true
      for i in 0..<max(0, rest.count - 1) where rest[i] > rest[i + 1] {
        rest.swapAt(i, i + 1)
        word.append(i)
        isSorted = false
      }
    }
    return word.reversed()
  }

  /// 1 for an even permutation, −1 for an odd one.
  static func sign(_ permutation: [Int]) -> Int {
    (permutation.count - cycles(permutation).count) % 2 == 0 ? 1 : -1
  }

  /// The cycles, each from its least entry, fixed points among them.
  static func cycles(_ permutation: [Int]) -> [[Int]] {
    var isSeen = Array(repeating: false, count: permutation.count)
    var cycles: [[Int]] = []
    for start in permutation.indices where !isSeen[start] {
      var (cycle, k) = ([Int](), start)
      while !isSeen[k] {
        isSeen[k] = true
        cycle.append(k)
        k = permutation[k]
      }
      cycles.append(cycle)
    }
    return cycles
  }

  /// The cycles of more than one entry, counted from 1, such as `(1 2)(3 4)`; `e` if there are none.
  static func label(_ permutation: [Int]) -> String {
    let cycles = cycles(permutation).filter { $0.count > 1 }
    guard !cycles.isEmpty else { return "e" }
    return cycles.map { "(" + $0.map { "\($0 + 1)" }.joined(separator: " ") + ")" }.joined()
  }
}
