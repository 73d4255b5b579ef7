import Foundation

/// Arrows at points of a plane, such as the direction in which gradient descent moves from each.
///
/// The arrows point where the field points on the picture, whatever the scales of the axes. They are
/// centred on their points.
public struct VectorField: Mark, Equatable {
  /// Horizontal coordinates of the points.
  public var x: Column
  /// Vertical coordinates of the points.
  public var y: Column
  /// Horizontal components of the field.
  public var u: Column
  /// Vertical components of the field.
  public var v: Column
  /// How long arrows are.
  public var lengths: Lengths
  /// Colour of the arrows; `nil` to colour them by their speed on the panel's scale.
  public var colour: Colour?

  /// How the length of arrows depends on the speed.
  public enum Lengths: Sendable {
    /// All as long as the points are apart.
    case equal
    /// In proportion to the speed, the fastest as long as the points are apart.
    case speed
  }

  /// A field at points, all columns of equal counts.
  public init(
    x: Column, y: Column, u: Column, v: Column, lengths: Lengths = .equal, colour: Colour? = .grey
  ) {
    precondition(
      [y, u, v].allSatisfy { $0.values.count == x.values.count },
      "coordinates and components of \(x.values.count) points have other counts")
    self.x = x
    self.y = y
    self.u = u
    self.v = v
    self.lengths = lengths
    self.colour = colour
  }

  /// A field given by a function, at points of a regular net over two axes.
  ///
  /// - Parameters:
  ///   - count: points along the horizontal axis; along the vertical as many as keep them evenly
  ///     apart on a panel of the usual shape.
  ///   - x: meaning of the horizontal coordinate.
  ///   - y: meaning of the vertical coordinate.
  ///   - field: the two components at a point.
  public static func over(
    _ horizontal: PlotAxis, _ vertical: PlotAxis, count: Int = 20, lengths: Lengths = .equal,
    colour: Colour? = .grey, field: (Double, Double) -> (Double, Double)
  ) -> VectorField {
    func places(_ axis: PlotAxis, _ count: Int) -> [Double] {
      (0..<count).map { axis.value(at: (Double($0) + 0.5) / Double(count)) }
    }
    let (across, up) = (places(horizontal, count), places(vertical, max(1, count * 2 / 3)))
    let points = up.flatMap { second in across.map { ($0, second) } }
    let vectors = points.map { field($0.0, $0.1) }
    func column(_ name: String, _ words: String, _ values: [Double]) -> Column {
      Column(name: name, longName: words, values: values)
    }
    return VectorField(
      x: column("x", horizontal.label, points.map(\.0)),
      y: column("y", vertical.label, points.map(\.1)),
      u: column("u", "rate of \(horizontal.label)", vectors.map(\.0)),
      v: column("v", "rate of \(vertical.label)", vectors.map(\.1)), lengths: lengths,
      colour: colour)
  }

  /// The speed at every point.
  public var speeds: [Double] { zip(u.values, v.values).map { hypot($0, $1) } }

  /// The speeds, where they colour the arrows.
  public var coloured: Column? {
    colour == nil ? Column(name: "speed", longName: "speed", values: speeds) : nil
  }

  /// The arrows as they are drawn: where they begin and how far they reach.
  ///
  /// - Parameter shape: height of the panel over its width.
  func arrows(x horizontal: PlotAxis, y vertical: PlotAxis, shape: Double)
    -> Arrows
  {
    // Rates of the place on the panel, in units of its width.
    let rates = x.values.indices.map { index -> (Double, Double) in
      guard horizontal.shows(x.values[index]), vertical.shows(y.values[index]) else {
        return (.nan, .nan)
      }
      return (
        horizontal.rate(of: u.values[index], at: x.values[index]),
        shape * vertical.rate(of: v.values[index], at: y.values[index])
      )
    }
    let sizes = rates.map { hypot($0.0, $0.1) }
    let fastest = sizes.lazy.filter(\.isFinite).max() ?? 0
    let spacing = 0.85 * (shape / Double(max(1, x.values.count))).squareRoot()
    var arrows = Arrows()
    for (index, (rate, size)) in zip(rates, sizes).enumerated() {
      let unit = lengths == .equal ? size : fastest
      guard size.isFinite, size > 0, unit > 0 else {
        arrows.append(x: .nan, y: .nan, dx: .nan, dy: .nan)
        continue
      }
      let (across, up) = (spacing * rate.0 / unit, spacing * rate.1 / unit / shape)
      let (left, bottom) = (
        horizontal.place(of: x.values[index]) - across / 2,
        vertical.place(of: y.values[index]) - up / 2
      )
      let (startX, startY) = (horizontal.value(at: left), vertical.value(at: bottom))
      arrows.append(
        x: startX, y: startY, dx: horizontal.value(at: left + across) - startX,
        dy: vertical.value(at: bottom + up) - startY)
    }
    return arrows
  }

  /// Where arrows begin and how far they reach, in the units of the axes.
  struct Arrows {
    var (x, y, dx, dy): ([Double], [Double], [Double], [Double]) = ([], [], [], [])

    mutating func append(x: Double, y: Double, dx: Double, dy: Double) {
      self.x.append(x)
      self.y.append(y)
      self.dx.append(dx)
      self.dy.append(dy)
    }
  }

  /// Draws the arrows.
  public func draw(on sheet: inout Sheet) {
    let arrows = arrows(x: sheet.panel.x, y: sheet.panel.y, shape: sheet.shape)
    guard arrows.x.contains(where: \.isFinite) else { return }
    func column(_ name: String, _ words: String, _ values: [Double]) -> Column {
      Column(name: name, longName: words, values: values)
    }
    let columns = sheet.table.place([
      x, y, u, v, column("speed", "speed", speeds),
      column("arrow_x", "where the arrow begins", arrows.x),
      column("arrow_y", "where the arrow begins", arrows.y),
      column("arrow_dx", "reach of the arrow", arrows.dx),
      column("arrow_dy", "reach of the arrow", arrows.dy),
    ])
    let places = (5...8).map { "\(columns[$0])" }.joined(separator: ":")
    let head = "vectors head filled size graph 0.008,20 linewidth \(sheet.width(1.1))"
    if let colour {
      sheet.plot(
        columns.block, using: places, with: "\(head) linecolor rgb '\(colour.hexadecimal)'")
    } else {
      sheet.plot(
        columns.block, using: "\(places):\(columns[4])", with: "\(head) linecolor palette")
    }
  }
}
