import LearningProblems
import LinearAlgebra
import Recording

/// Trajectories of pairs of entries of the network's map, in the modes' or the data's basis.
///
/// The entries are those that move most, at most four, so that there are at most six pairs. A star
/// marks the start. Arrows are directions of the input space: the eigenvectors of the metric G in
/// the basis of the modes, the right singular vectors of the fit in that of the data. A panel of
/// the entries of inputs j and j′ shows the components (v_j, v_j′) of the two vectors with the
/// largest ones there, and none where j = j′. Only the direction of an arrow has a meaning: each is
/// as long as the panel has room for, its sign chosen to that end.
public enum WeightPairsFigure {
  /// The basis of the map.
  public enum Space: String, CaseIterable, Sendable {
    /// The basis of the modes, W̄ = Uᵀ·W·V.
    case synaptic
    /// The basis of the data.
    case original

    /// Name of the figure.
    public var figureName: String { "weight-pairs-\(rawValue)" }
  }

  /// The figure of a run; nil if the run did not record the map, or the map is a single number.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read, `LinearAlgebraError` if the metric has no
  ///   eigenvectors as it is not finite.
  public static func figure(of run: RunFile, in space: Space) throws -> Figure? {
    guard let product = try run.recorded("product"), product.series.width > 1 else { return nil }
    let iterations = try run.iterationColumn()
    let trajectory = try Trajectory(product, in: space, modes: run.problem.modes)
    let chosen = trajectory.movements.indicesOfLargest(4)
    let vectors = try directions(of: run.problem.modes, in: space)

    let scale = trajectory.scale
    var panels: [Panel] = []
    for (place, first) in chosen.enumerated() {
      for second in chosen[(place + 1)...] {
        let (x, y) = (trajectory.column(first), trajectory.column(second))
        let bounds = PairBounds(x.values, y.values, scale: scale)
        let inputs = (product.position(of: first)[1], product.position(of: second)[1])
        let start = [iterations, x, y].map { $0.rows(0..<1) }
        let arrows: [any Mark] =
          inputs.0 == inputs.1 ? [] : vectors.arrows(from: inputs.0, to: inputs.1, within: bounds)
        panels.append(
          Panel(
            x: PlotAxis(label: x.symbol, range: bounds.x),
            y: PlotAxis(label: y.symbol, range: bounds.y),
            marks: arrows + [
              Curve(along: iterations, x: x, y: y, colour: .number(1)),
              Curve(along: start[0], x: start[1], y: start[2], style: .start, colour: .number(3)),
            ]))
      }
    }
    let basis = space == .synaptic ? "modes" : "data"
    let arrows = space == .synaptic ? "eigenvectors g of G" : "columns v of V"
    return Figure(
      name: space.figureName,
      title: run.title("Map W in the basis of the \(basis), ★ start, arrows: \(arrows)"),
      panels: panels, columns: min(3, panels.count))
  }

  private static func directions(of modes: Modes, in space: Space) throws -> Directions {
    switch space {
    case .original: Directions(letter: "v", vectors: modes.right)
    case .synaptic:
      Directions(letter: "g", vectors: try modes.metric.symmetricEigen().vectors)
    }
  }
}

/// The entries of the network's map over a run.
private struct Trajectory {
  /// One list per entry, row-major, over the recorded iterations.
  let entries: [[Double]]
  private let product: RecordedQuantity
  private let space: WeightPairsFigure.Space

  init(_ product: RecordedQuantity, in space: WeightPairsFigure.Space, modes: Modes) {
    self.product = product
    self.space = space
    let series = product.series
    var entries = Array(repeating: [Double](), count: series.width)
    for row in 0..<series.rows {
      var map = series.row(row)
      if space == .synaptic {
        map =
          modes.coordinates(
            of: Matrix(rows: series.shape[0], columns: series.shape[1], elements: map)
          ).elements
      }
      for (index, value) in map.enumerated() { entries[index].append(value) }
    }
    self.entries = entries
  }

  /// How far each entry moves; 0 where it is never finite.
  var movements: [Double] {
    entries.map { values in
      let finite = values.filter(\.isFinite)
      return (finite.max() ?? 0) - (finite.min() ?? 0)
    }
  }

  /// The largest finite magnitude of all entries.
  var scale: Double {
    entries.reduce(0) { $1.lazy.filter(\.isFinite).reduce($0) { max($0, abs($1)) } }
  }

  func column(_ index: Int) -> Column {
    let place = product.position(of: index)
    let isSynaptic = space == .synaptic
    return Column(
      name: "\(isSynaptic ? "synaptic_product" : "product")[\(place[0] + 1),\(place[1] + 1)]",
      symbol: (isSynaptic ? "W̄" : "W") + subscripts(place), units: product.quantity.units,
      longName: "entry of the map in the \(isSynaptic ? "basis of the modes" : "original space")",
      values: entries[index])
  }
}

/// The box of a panel that holds a trajectory and the origin.
struct PairBounds: Equatable {
  /// Range of the horizontal axis.
  let x: ClosedRange<Double>
  /// Range of the vertical axis.
  let y: ClosedRange<Double>

  /// The box round finite points, with a margin.
  ///
  /// - Parameter scale: the largest magnitude of any entry; what is below its rounding is flat, and
  ///   a flat side is as wide as the other.
  init(_ horizontal: [Double], _ vertical: [Double], scale: Double) {
    func extent(_ values: [Double]) -> (low: Double, high: Double) {
      let finite = values.filter(\.isFinite)
      return (min(0, finite.min() ?? 0), max(0, finite.max() ?? 0))
    }
    var (h, v) = (extent(horizontal), extent(vertical))
    let flat = 1e-12 * max(scale, h.high - h.low, v.high - v.low)
    func width(_ side: (low: Double, high: Double)) -> Double { side.high - side.low }
    switch (width(h) <= flat, width(v) <= flat) {
    case (true, true): (h, v) = ((-0.5, 0.5), (-0.5, 0.5))
    case (true, false): h = (-width(v) / 2, width(v) / 2)
    case (false, true): v = (-width(h) / 2, width(h) / 2)
    case (false, false): break
    }
    func range(_ side: (low: Double, high: Double)) -> ClosedRange<Double> {
      let margin = 0.2 * width(side)
      let (low, high) = (side.low - margin, side.high + margin)
      return low.isFinite && high.isFinite && low < high ? low...high : -1...1
    }
    (x, y) = (range(h), range(v))
  }
}

/// Directions of the input space.
struct Directions {
  /// Letter of their names.
  let letter: String
  /// The vectors in columns, shape [input, direction].
  let vectors: Matrix<Double>

  /// The two vectors with the largest components on two inputs, as arrows that fill a box.
  func arrows(from first: Int, to second: Int, within bounds: PairBounds) -> [Arrow] {
    func component(_ input: Int, _ index: Int) -> Double {
      let value = vectors[input, index]
      return abs(value) < 1e-12 ? 0 : value
    }
    let sizes = (0..<vectors.columns).map { index in
      let (x, y) = (component(first, index), component(second, index))
      return x * x + y * y
    }
    return sizes.indicesOfLargest(2).filter { sizes[$0] > 0 }.compactMap { index in
      let (x, y) = (component(first, index), component(second, index))
      func room(_ sign: Double) -> Double {
        func room(_ component: Double, _ range: ClosedRange<Double>) -> Double {
          component > 0
            ? range.upperBound / component
            : component < 0 ? range.lowerBound / component : .infinity
        }
        return min(room(sign * x, bounds.x), room(sign * y, bounds.y))
      }
      let (forward, backward) = (room(1), room(-1))
      // The margin leaves room for the name at the tip.
      let length = 0.7 * (forward >= backward ? forward : -backward)
      guard length.isFinite else { return nil }
      return Arrow(x: length * x, y: length * y, label: letter + subscripts([index]))
    }
  }
}
