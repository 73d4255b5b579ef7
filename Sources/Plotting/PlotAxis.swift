import Foundation

/// An axis of a panel: its label, its scale and the range that it shows.
public struct PlotAxis: Equatable, Sendable {
  /// Label; any text.
  public var label: String
  /// Whether the axis is logarithmic.
  public var isLogarithmic: Bool
  /// The range shown, of positive width; above zero on a logarithmic axis.
  public var range: ClosedRange<Double>
  /// Names of the whole numbers 1, 2, … on the axis, in place of numbers; empty for numbers.
  public var names: [String] = []
  /// Whether values fall along the axis, as rows of a matrix do from top to bottom.
  public var isReversed = false

  /// An axis over a given range.
  public init(label: String, isLogarithmic: Bool = false, range: ClosedRange<Double>) {
    precondition(
      range.lowerBound < range.upperBound && (!isLogarithmic || range.lowerBound > 0),
      "an axis cannot show \(range)")
    self.label = label
    self.isLogarithmic = isLogarithmic
    self.range = range
  }

  /// An axis of categories at the whole numbers 1, 2, ….
  public static func categories(_ names: [String], label: String = "") -> PlotAxis {
    var axis = PlotAxis(label: label, range: 0.4...max(Double(names.count), 1) + 0.6)
    axis.names = names
    return axis
  }

  /// Distance of the marks of a linear axis, a round number that leaves room for their labels.
  ///
  /// - Parameter count: about how many parts the axis has.
  func step(parts count: Int = 5) -> Double {
    let parts = Double(max(count, 1))
    let rough = range.upperBound / parts - range.lowerBound / parts
    let decade = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 2.5, 5].first { $0 * decade >= rough * 0.999 } ?? 10
    return factor * decade
  }

  /// Decades that a logarithmic axis spans.
  var decades: Double { log10(range.upperBound) - log10(range.lowerBound) }

  /// The values of marks at round numbers, about as many as there is room for.
  func marks(atMost count: Int) -> [Double] {
    guard isLogarithmic else {
      // A single mark would show no scale.
      return (count...count + 4).lazy.map { linearMarks(step: step(parts: $0)) }
        .first { $0.count > 1 } ?? []
    }
    let exponents =
      Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
    let factors = decades < 1 ? [1.0, 2, 3, 5, 7] : decades < 2 ? [1.0, 2, 5] : [1.0]
    let stride = max(1, Int((decades / Double(max(count, 1))).rounded(.up)))
    return exponents.filter { $0.isMultiple(of: stride) }.flatMap { exponent in
      factors.map { $0 * pow(10, Double(exponent)) }
    }.filter(range.contains)
  }

  private func linearMarks(step: Double) -> [Double] {
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    // A step too small for its own digits would make marks without end.
    guard first <= last, last - first < 1000 else { return [] }
    // Dividing by a whole number keeps marks such as 0.6 short.
    let inverse = (1 / step).rounded()
    let isFraction = step < 1 && abs(inverse * step - 1) < 1e-12
    return stride(from: first, through: last, by: 1).map {
      isFraction ? $0 / inverse : $0 * step
    }
  }

  /// The labels of the marks, as they are written.
  func labels(atMost count: Int) -> [String] {
    guard names.isEmpty else { return names }
    return marks(atMost: count).map { mark in
      usesPowers
        ? "10" + String(Int(log10(mark).rounded()))
        : String(format: "%g", abs(mark) < 1e-300 ? 0 : mark)
    }
  }

  /// Whether marks are labelled as powers of ten.
  var usesPowers: Bool { isLogarithmic && decades >= 2 }

  /// The fraction of the way along the axis at which a value is.
  func place(of value: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    return isLogarithmic
      ? log(value / low) / log(high / low) : (value / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// The value at a fraction of the way along the axis.
  func value(at place: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    return isLogarithmic ? low * pow(high / low, place) : low * (1 - place) + high * place
  }

  /// How fast the place of a value changes when the value changes at a rate.
  func rate(of rate: Double, at value: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    return isLogarithmic ? rate / value / log(high / low) : rate / 2 / (high / 2 - low / 2)
  }

  /// Whether a value has a place on the axis.
  func shows(_ value: Double) -> Bool { value.isFinite && (!isLogarithmic || value > 0) }

  /// An axis of iterations, logarithmic where they span more than a decade.
  ///
  /// Iteration 0 has no place on a logarithmic axis, which begins at the next recorded iteration.
  public static func iterations(_ iterations: [Double]) -> PlotAxis {
    running(iterations, label: "iteration")
  }

  /// An axis of what runs along curves, logarithmic where it spans more than a decade, without margins.
  public static func running(_ values: [Double], label: String) -> PlotAxis {
    let iterations = values.filter(\.isFinite)
    let positive = iterations.filter { $0 > 0 }
    if iterations.allSatisfy({ $0 >= 0 }), let first = positive.min(), let last = positive.max(),
      last >= 20 * first
    {
      return PlotAxis(label: label, isLogarithmic: true, range: first...last)
    }
    let (low, high) = (iterations.min() ?? 0, iterations.max() ?? 0)
    return PlotAxis(label: label, range: high > low ? low...high : low - 1...low + 1)
  }

  /// An axis that holds all values, logarithmic where none is negative and they span a
  /// factor of thirty.
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
    if smallest >= 0, least > 0, largest / least >= 30 {
      let margin = pow(largest / least, 0.04)
      let (low, high) = (least / margin, largest * margin)
      if low > 0, high.isFinite, low < high {
        return PlotAxis(label: label, isLogarithmic: true, range: low...high)
      }
    }
    return linear(from: smallest, through: largest, label: label)
  }

  /// An axis on which bars stand: from zero, or on a logarithmic one from below the smallest value.
  public static func standing(_ values: [Double], label: String, isLogarithmic: Bool = false)
    -> PlotAxis
  {
    let finite = values.filter(\.isFinite)
    guard isLogarithmic else {
      return linear(
        from: min(0, finite.min() ?? 0), through: max(0, finite.max() ?? 1), label: label)
    }
    let positive = finite.filter { $0 > 0 }
    let (low, high) = (positive.min() ?? 1, positive.max() ?? 1)
    return PlotAxis(
      label: label, isLogarithmic: true,
      range: max(low / 3, .leastNormalMagnitude)...min(high * 3, .greatestFiniteMagnitude))
  }

  /// A linear axis with a margin around the given values, from zero where they come near it.
  public static func linear(from smallest: Double, through largest: Double, label: String)
    -> PlotAxis
  {
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
