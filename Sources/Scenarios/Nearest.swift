/// The name that somebody probably meant, if one is near enough.
///
/// Near means an optimal-string-alignment distance of at most a third of the length (at least 1).
public func nearestName(to typed: String, in names: [String]) -> String? {
  let scored = names.map { ($0, editDistance(Array(typed.lowercased()), Array($0.lowercased()))) }
  guard let best = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
  return best.1 <= max(1, max(typed.count, best.0.count) / 3) ? best.0 : nil
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
