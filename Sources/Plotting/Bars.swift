import Foundation

/// Boxes that stand on the horizontal axis: bars of categories, or a histogram.
public struct Bars: Mark, Equatable {
  /// Words in the legend; empty for none.
  public var label: String
  /// Left edges.
  public var left: Column
  /// Right edges.
  public var right: Column
  /// Heights; a bar of a missing height is left out.
  public var height: Column
  /// Lower and upper ends of an error bar on each.
  public var errors: Errors?
  /// Colour.
  public var colour: Colour
  /// The vertical axis that they are measured on.
  public var side: Side

  /// Ends of error bars.
  public struct Errors: Equatable, Sendable {
    /// Lower ends.
    public var low: Column
    /// Upper ends.
    public var high: Column

    /// Error bars between two ends.
    public init(low: Column, high: Column) {
      self.low = low
      self.high = high
    }
  }

  /// Bars between left and right edges, one per row.
  public init(
    label: String = "", left: Column, right: Column, height: Column, errors: Errors? = nil,
    colour: Colour, side: Side = .left
  ) {
    let counts = [right, height, errors?.low, errors?.high].compactMap { $0?.values.count }
    precondition(
      counts.allSatisfy { $0 == left.values.count },
      "\(counts) edges and heights of \(left.values.count) bars")
    self.label = label
    self.left = left
    self.right = right
    self.height = height
    self.errors = errors
    self.colour = colour
    self.side = side
  }

  /// Bars of one group of several that stand side by side at the whole numbers 1, 2, ….
  ///
  /// - Parameters:
  ///   - heights: one per category.
  ///   - deviation: half the length of the error bars; `nil` for none.
  ///   - group: number of this group, from 0.
  ///   - groups: how many groups share a category.
  public static func grouped(
    label: String = "", heights: Column, deviation: [Double]? = nil, group: Int = 0,
    of groups: Int = 1, colour: Colour, side: Side = .left
  ) -> Bars {
    let width = 0.8 / Double(groups)
    let edges = heights.values.indices.map { Double($0) + 0.6 + width * Double(group) }
    let errors = deviation.map { deviation in
      func end(_ sign: Double, _ word: String) -> Column {
        Column(
          name: "\(heights.name)_\(word)", symbol: heights.symbol, units: heights.units,
          longName: "\(heights.longName), \(word) end of its error bar",
          values: zip(heights.values, deviation).map { $0 + sign * $1 })
      }
      return Errors(low: end(-1, "low"), high: end(1, "high"))
    }
    return Bars(
      label: label, left: Column(name: "left", longName: "left edge", values: edges),
      right: Column(name: "right", longName: "right edge", values: edges.map { $0 + width }),
      height: heights, errors: errors, colour: colour, side: side)
  }

  /// A histogram: how many values lie between neighbouring edges, the last edge included.
  ///
  /// - Parameters:
  ///   - values: the values; those not finite or outside the edges are not counted.
  ///   - edges: ascending; fewer than two make no bars.
  ///   - isDensity: whether heights are divided by the count of all finite values and the widths.
  public static func histogram(
    label: String = "", of values: [Double], edges: [Double], isDensity: Bool = false,
    colour: Colour, side: Side = .left
  ) -> Bars {
    var counts = Array(repeating: 0.0, count: max(edges.count - 1, 0))
    let finite = values.filter(\.isFinite)
    for value in finite {
      guard let above = edges.firstIndex(where: { $0 > value }) else {
        if value == edges.last, !counts.isEmpty { counts[counts.count - 1] += 1 }
        continue
      }
      if above > 0 { counts[above - 1] += 1 }
    }
    if isDensity {
      for index in counts.indices {
        counts[index] /= Double(finite.count) * (edges[index + 1] - edges[index])
      }
    }
    let name = isDensity ? "density" : "count"
    return Bars(
      label: label,
      left: Column(name: "left", longName: "left edge", values: Array(edges.dropLast())),
      right: Column(name: "right", longName: "right edge", values: Array(edges.dropFirst())),
      height: Column(name: name, longName: name, values: counts), colour: colour, side: side)
  }

  /// Edges of equal bins that hold all finite values, equal in the logarithm on request.
  ///
  /// There are about as many as the square root of the count, between 5 and 40; values that are all
  /// equal have bins about them.
  public static func edges(of values: [Double], isLogarithmic: Bool = false) -> [Double] {
    let known = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    guard let low = known.min(), let high = known.max() else { return [] }
    let bins = min(40, max(5, Int(Double(known.count).squareRoot().rounded(.up))))
    if isLogarithmic {
      let (from, to) = low < high ? (log(low), log(high)) : (log(low) - 0.5, log(low) + 0.5)
      let inner = (1..<bins).map { exp(from + (to - from) * Double($0) / Double(bins)) }
      return low < high ? [low] + inner + [high] : [exp(from)] + inner + [exp(to)]
    }
    let margin = low < high ? 0 : max(abs(low) / 2, .leastNormalMagnitude)
    let (from, to) = (low - margin, high + margin)
    return (0...bins).map {
      $0 == bins ? to : from + (to / Double(bins) - from / Double(bins)) * Double($0)
    }
  }

  /// Draws the bars and then their error bars.
  public func draw(on sheet: inout Sheet) {
    let vertical = sheet.vertical(side)
    guard height.values.contains(where: vertical.shows) else { return }
    let columns = sheet.table.place([left, right, height])
    let (l, r) = ("$\(columns[0])", "$\(columns[1])")
    sheet.plot(
      columns.block, using: "((\(l)+\(r))/2):\(columns[2]):(\(r)-\(l))",
      with: "boxes fillstyle transparent solid 0.65 border linewidth \(sheet.width(1)) "
        + "linecolor rgb '\(colour.hexadecimal)'",
      side: side, label: label)
    guard let errors else { return }
    let ends = sheet.table.place([left, right, height, errors.low, errors.high])
    let low = sheet.heights(ends[3], on: side)
    sheet.plot(
      ends.block, using: "((\(l)+\(r))/2):\(low):(0):($\(ends[4])-\(low))",
      with: "vectors heads size graph 0.006,90 linewidth \(sheet.width(1.6)) "
        + "linecolor rgb '\(Colour.ink.hexadecimal)'",
      side: side)
  }
}
