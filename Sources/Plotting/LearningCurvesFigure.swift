import Recording

/// Training and validation losses of dense networks over the training.
public enum LearningCurvesFigure {
  /// Name of the figure.
  public static let name = "learning-curves"

  /// The figure of a run; nil if the run did not record both losses.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let training = try run.recorded("train_loss"),
      let valid = try run.recorded("valid_loss")
    else { return nil }
    let iterations = try run.iterationColumn()
    func curve(_ loss: RecordedQuantity, _ label: String, _ style: Curve.Style, _ colour: Colour)
      -> Curve
    {
      Curve(
        label: label, along: iterations, y: middle(loss, 0.5, "median"), style: style,
        colour: colour)
    }
    let (low, high) = (middle(training, 0.1, "tenth"), middle(training, 0.9, "nine tenths"))
    let curves = [
      curve(training, "training", .empirical, .number(0)),
      curve(valid, "validation", .contrast, .ink),
    ]
    let band: [any Mark] =
      training.series.width > 1
      ? [
        Band(
          label: "80 % of networks", along: iterations, low: low, high: high,
          colour: .number(0))
      ] : []
    return Figure(
      name: name, title: run.title("Losses on training and validation samples"),
      panels: [
        Panel(
          x: .iterations(iterations.values),
          y: .fitting(
            (curves.map(\.y) + (band.isEmpty ? [] : [low, high])).flatMap(\.values),
            label: "loss" + (band.isEmpty ? "" : ", median of the networks")),
          marks: band + curves, legend: .right)
      ])
  }

  /// The value that so many of the networks stay below, at every iteration.
  private static func middle(_ loss: RecordedQuantity, _ share: Double, _ word: String) -> Column {
    loss.column(
      name: "\(loss.quantity.name)_\(word.map { $0 == " " ? "_" : String($0) }.joined())",
      longName: "\(loss.quantity.longName), \(word) of the networks",
      values: (0..<loss.series.rows).map { row in
        let sorted = loss.series.row(row).filter(\.isFinite).sorted()
        guard let last = sorted.indices.last else { return .nan }
        let place = share * Double(last)
        let (below, above) = (sorted[Int(place)], sorted[min(Int(place) + 1, last)])
        return below + (place - place.rounded(.down)) * (above - below)
      })
  }
}
