extension Figure {
  /// The figure in which curves that lie on one another share an entry of the legend, such as
  /// `mode 1–5`, and the colour of the first of them is on top.
  var namingCoincidingCurvesTogether: Figure {
    var figure = self
    for index in panels.indices { figure.panels[index].nameCoincidingCurvesTogether() }
    return figure
  }
}

extension Panel {
  fileprivate mutating func nameCoincidingCurvesTogether() {
    var place = marks.startIndex
    while place < marks.endIndex {
      let end = endOfCurvesCoinciding(withThatAt: place)
      if end > place + 1, var first = marks[place] as? Curve, let last = marks[end - 1] as? Curve {
        first.label = Self.span(first.label, last.label)
        let others = marks[place + 1..<end].reversed().map { mark -> any Mark in
          guard var curve = mark as? Curve else { return mark }
          curve.label = ""
          return curve
        }
        marks.replaceSubrange(place..<end, with: others + [first])
      }
      place = end
    }
  }

  /// Where the marks end that are named solid curves on top of the one at a place.
  private func endOfCurvesCoinciding(withThatAt place: Int) -> Int {
    guard let first = marks[place] as? Curve, first.style == .empirical, !first.label.isEmpty else {
      return place + 1
    }
    return marks[(place + 1)...].firstIndex { mark in
      guard let curve = mark as? Curve, curve.style == .empirical, !curve.label.isEmpty else {
        return true
      }
      return !curve.coincides(with: first)
    } ?? marks.endIndex
  }

  /// Two labels as one; words that both begin with are said once.
  private static func span(_ first: String, _ last: String) -> String {
    let (left, right) = (first.split(separator: " "), last.split(separator: " "))
    guard left.count == right.count, left.count > 1, left.dropLast() == right.dropLast() else {
      return "\(first) – \(last)"
    }
    return "\(first)–\(right[right.count - 1])"
  }
}

extension Curve {
  /// Whether the other curve is the same to the eye: at every point within a thousandth of itself, or
  /// within rounding, a billionth of its largest value.
  fileprivate func coincides(with other: Curve) -> Bool {
    func agree(_ left: Column, _ right: Column) -> Bool {
      let rounding = 1e-9 * left.values.lazy.filter(\.isFinite).reduce(0) { max($0, abs($1)) }
      return left.values.count == right.values.count
        && zip(left.values, right.values).allSatisfy { left, right in
          left == right || abs(left - right) <= max(rounding, 1e-3 * max(abs(left), abs(right)))
            || (!left.isFinite && !right.isFinite)
        }
    }
    return side == other.side && agree(x, other.x) && agree(y, other.y)
  }
}
