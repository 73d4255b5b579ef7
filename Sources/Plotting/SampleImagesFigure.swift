import Recording

/// Examples of the images that networks learn from, a row for each class.
public enum SampleImagesFigure {
  /// Name of the figure.
  public static let name = "sample-images"

  /// The figure of a run; nil if its rows are no images.
  ///
  /// - Throws: `HDF5Error` or `RecordingError` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let image = run.scenario.data.image, let (inputs, classes) = try run.examples(),
      inputs.columns == image.channels * image.height * image.width, let last = classes.max()
    else { return nil }
    let pixels = image.height * image.width
    let rows = (0...last).map { number in classes.indices.filter { classes[$0] == number } }
    let most = rows.map(\.count).max() ?? 0
    // A column and a row of nothing stand between images.
    func places(_ count: Int, _ size: Int) -> [Double] {
      (0..<count * (size + 1) - 1).map { Double($0 + 1) / Double(size + 1) + 0.5 }
    }
    let across = Column(
      name: "column", longName: "example", values: places(most, image.width))
    let down = Column(name: "row", longName: "class", values: places(last + 1, image.height))
    let values = down.values.indices.flatMap { y in
      across.values.indices.map { x -> Double in
        let (row, column) = (y % (image.height + 1), x % (image.width + 1))
        let (number, place) = (y / (image.height + 1), x / (image.width + 1))
        guard row < image.height, column < image.width, place < rows[number].count else {
          return .nan
        }
        let pixel = row * image.width + column
        return (0..<image.channels).reduce(0) {
          $0 + inputs[rows[number][place], $1 * pixels + pixel]
        } / Double(image.channels)
      }
    }
    let grid = Grid(
      x: across, y: down,
      values: Column(name: "value", longName: "input", values: values))
    var x = PlotAxis.categories((1...max(most, 1)).map(String.init), label: "example")
    var y = PlotAxis.categories((0...last).map(String.init), label: "class")
    (x.range, y.range, y.isReversed) = (0.5...Double(most) + 0.5, 0.5...Double(last) + 1.5, true)
    return Figure(
      name: name, title: run.title("Examples of the training samples"),
      panels: [
        Panel(
          x: x, y: y, marks: [HeatMap(grid)],
          colours: .fitting(
            values, label: "input", palette: .grey, isLogarithmic: false))
      ], size: Figure.Size(width: 900, height: 1300))
  }
}
