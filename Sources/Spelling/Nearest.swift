/// The candidate that `word` was most probably meant to be, or `nil` when none is near.
///
/// Near means an edit distance of at most a third of the word's length (at least 1, at most 3), or
/// that the word begins the candidate, or the other way round. Case does not count. Of equally
/// near candidates the first wins; a mere beginning comes after every small edit.
///
/// - Complexity: O(candidates × length²).
public func nearest(to word: String, in candidates: [String]) -> String? {
  let target = word.lowercased()
  guard !target.isEmpty else { return nil }
  let tolerance = min(3, max(1, target.count / 3))
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(target, candidate.lowercased())
    if distance <= tolerance, distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  if let best { return best.candidate }
  guard target.count >= 3 else { return nil }
  return candidates.first { candidate in
    let candidate = candidate.lowercased()
    return candidate.hasPrefix(target) || (candidate.count >= 3 && target.hasPrefix(candidate))
  }
}

/// The Damerau–Levenshtein distance: insertions, deletions, substitutions and swaps of neighbours.
///
/// The unrestricted form, in which letters may be inserted between two swapped ones; it is a
/// metric.
///
/// - Complexity: O(m × n) for words of m and n characters.
/// - Source: Lowrance & Wagner 1975, An Extension of the String-to-String Correction Problem.
public func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  let far = a.count + b.count
  // d[i + 1][j + 1] is the distance of the first i letters of a from the first j of b; row and
  // column 0 hold a value no path would choose.
  var d = [[Int]](repeating: [Int](repeating: far, count: b.count + 2), count: a.count + 2)
  for i in 0...a.count { d[i + 1][1] = i }
  for j in 0...b.count { d[1][j + 1] = j }
  var lastRow: [Character: Int] = [:]  // where a letter of b last occurred in a, counted from 1
  for i in 0..<a.count {
    var lastColumn = 0  // where a[i] last occurred in b, counted from 1
    for j in 0..<b.count {
      let k = lastRow[b[j]] ?? 0
      let l = lastColumn
      let isSame = a[i] == b[j]
      if isSame { lastColumn = j + 1 }
      d[i + 2][j + 2] = min(
        d[i + 1][j + 1] + (isSame ? 0 : 1),
        d[i + 2][j + 1] + 1,
        d[i + 1][j + 2] + 1,
        d[k][l] + (i - k) + 1 + (j - l))
    }
    lastRow[a[i]] = i + 1
  }
  return d[a.count + 1][b.count + 1]
}
