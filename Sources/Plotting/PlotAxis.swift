import Foundation

/// An axis of a panel: its label, its scale and the range that it shows.
public struct PlotAxis: Equatable, Sendable {
  /// Label; any text.
  public var label: String
  /// Whether the axis is logarithmic.
  public var isLogarithmic: Bool
  /// The range shown, of positive width; above zero on a logarithmic axis.
  public var range: ClosedRange<Double>

  /// An axis over a given range.
  public init(label: String, isLogarithmic: Bool = false, range: ClosedRange<Double>) {
    precondition(
      range.lowerBound < range.upperBound && (!isLogarithmic || range.lowerBound > 0),
      "an axis cannot show \(range)")
    self.label = label
    self.isLogarithmic = isLogarithmic
    self.range = range
  }

  /// Whether there are marks between the decades of a logarithmic axis, which are few enough.
  var hasMinorMarks: Bool {
    isLogarithmic && log10(range.upperBound) - log10(range.lowerBound) < 9
  }

  /// Distance of the marks of a linear axis, a round number that leaves room for their labels.
  var step: Double {
    let rough = range.upperBound / 5 - range.lowerBound / 5
    let decade = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 2.5, 5].first { $0 * decade >= rough * 0.999 } ?? 10
    return factor * decade
  }

  /// Whether a value has a place on the axis.
  func shows(_ value: Double) -> Bool { value.isFinite && (!isLogarithmic || value > 0) }

  /// An axis of iterations, logarithmic where they span more than a decade.
  ///
  /// Iteration 0 has no place on a logarithmic axis, which begins at the next recorded iteration.
  public static func iterations(_ iterations: [Double]) -> PlotAxis {
    let positive = iterations.filter { $0 > 0 }
    if let first = positive.min(), let last = positive.max(), last >= 20 * first {
      return PlotAxis(label: "iteration", isLogarithmic: true, range: first...last)
    }
    let (low, high) = (iterations.min() ?? 0, iterations.max() ?? 0)
    return PlotAxis(label: "iteration", range: high > low ? low...high : low - 1...low + 1)
  }

  /// An axis that holds all values, logarithmic where none is negative and they span decades.
  ///
  /// On a logarithmic axis zeros are left out, and so is what is below rounding: squares smaller
  /// than the square of the unit roundoff times the largest.
  public static func fitting(_ values: [Double], label: String) -> PlotAxis {
    let finite = values.filter(\.isFinite)
    guard let largest = finite.max(), let smallest = finite.min() else {
      return PlotAxis(label: label, range: 0...1)
    }
    let floor = largest * .ulpOfOne * .ulpOfOne
    let least = finite.lazy.filter { $0 > floor }.min() ?? largest
    if smallest >= 0, least > 0, largest / least >= 100 {
      let margin = pow(largest / least, 0.04)
      let (low, high) = (least / margin, largest * margin)
      if low > 0, high.isFinite, low < high {
        return PlotAxis(label: label, isLogarithmic: true, range: low...high)
      }
    }
    return linear(from: smallest, through: largest, label: label)
  }

  /// A linear axis with a margin around the given values, from zero where they come near it.
  static func linear(from smallest: Double, through largest: Double, label: String) -> PlotAxis {
    var (low, high) = (smallest, largest)
    if low > 0 && low < 0.3 * high { low = 0 }
    if high < 0 && high > 0.3 * low { high = 0 }
    let (width, size) = (high / 2 - low / 2, max(abs(low), abs(high)))
    // What is flat to rounding is shown flat.
    let margin = width > 1e-9 * size ? 0.1 * width : size > 0 ? size / 2 : 1
    let bounds = (low == 0 ? 0 : low - margin, high == 0 && low < 0 ? 0 : high + margin)
    guard bounds.0.isFinite, bounds.1.isFinite, bounds.0 < bounds.1 else {
      return PlotAxis(label: label, range: low...max(high, low.nextUp))
    }
    return PlotAxis(label: label, range: bounds.0...bounds.1)
  }
}
