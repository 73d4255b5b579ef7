import Recording

/// The figures that runs have.
public enum Figures {
  /// A figure that can be asked for.
  private struct Entry: Sendable {
    let name: String
    let make: @Sendable (RunFile) throws -> Figure?
  }

  private static let entries = linear + dense + analysed + composed

  /// Names of the figures that a run of a linear network does not have before it is analysed.
  static var laterNames: [String] { (dense + analysed + composed).map(\.name) }

  private static let analysed = [
    Entry(name: "spectrum-activations", make: LayerSpectraFigures.activations),
    Entry(name: "spectrum-weights", make: LayerSpectraFigures.weights),
    Entry(name: "spectrum-densities", make: LayerSpectraFigures.densities),
    Entry(name: "spectrum-over-time", make: SpectraOverTimeFigure.figure),
    Entry(name: "clip", make: ClippingFigure.figure),
    Entry(name: "align-similarities", make: AlignmentFigures.similarities),
    Entry(name: "align-overlaps", make: AlignmentFigures.overlaps),
    Entry(name: "resample", make: ResamplingFigure.figure),
  ]

  private static let composed = [
    Entry(name: "representation-shares", make: RepresentationHistoryFigures.shares),
    Entry(name: "representation-mechanism", make: RepresentationHistoryFigures.mechanism),
    Entry(name: "representation-units", make: RepresentationHistoryFigures.units),
    Entry(name: "representation-ablation", make: RepresentationFigures.ablation),
    Entry(name: "representation-singular-values", make: RepresentationFigures.singularValues),
    Entry(name: "representation-weights", make: RepresentationFigures.weights),
    Entry(name: "representation-pairs", make: RepresentationFigures.pairs),
    Entry(name: "representation-functions", make: RepresentationFigures.functions),
    Entry(name: "representation-readout", make: RepresentationFigures.readoutBasis),
    Entry(name: "representation-losses", make: RepresentationFigures.losses),
  ]

  private static let dense = [
    Entry(name: LearningCurvesFigure.name, make: LearningCurvesFigure.figure),
    Entry(name: AccuracyFigure.name, make: AccuracyFigure.figure),
    Entry(name: SampleImagesFigure.name, make: SampleImagesFigure.figure),
    Entry(name: "readout-singular-values", make: ReadoutFigures.singularValues),
    Entry(name: "readout-histograms", make: ReadoutFigures.histograms),
    Entry(name: "pullback-capture", make: PullbackFigures.capture),
    Entry(name: "pullback-capture-error", make: PullbackFigures.captureAndError),
    Entry(name: "pullback-maps", make: PullbackFigures.maps),
    Entry(name: "pullback-similarity", make: PullbackFigures.similarity),
    Entry(name: "pullback-gradients", make: PullbackFigures.gradients),
    Entry(name: "activation-spectra", make: PullbackFigures.activations),
    Entry(name: "predictions", make: PullbackFigures.predictions),
    Entry(name: "samples", make: PullbackFigures.samples),
  ]

  private static let linear = [
    Entry(name: RiskFigure.name, make: RiskFigure.figure),
    Entry(name: LossFigure.name, make: LossFigure.figure),
    Entry(
      name: WeightErrorFigure.Reference.teacher.figureName,
      make: { try WeightErrorFigure.figure(of: $0, against: .teacher) }),
    Entry(
      name: WeightErrorFigure.Reference.fit.figureName,
      make: { try WeightErrorFigure.figure(of: $0, against: .fit) }),
    Entry(name: ModeStrengthsFigure.name, make: ModeStrengthsFigure.figure),
    Entry(name: ModeErrorsFigure.name, make: ModeErrorsFigure.figure),
    Entry(
      name: WeightPairsFigure.Space.synaptic.figureName,
      make: { try WeightPairsFigure.figure(of: $0, in: .synaptic) }),
    Entry(
      name: WeightPairsFigure.Space.original.figureName,
      make: { try WeightPairsFigure.figure(of: $0, in: .original) }),
  ]

  /// Names of all figures, in the order in which they are drawn.
  public static var names: [String] { entries.map(\.name) }

  /// Every figure that a run has something for, in order.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func all(of run: RunFile) throws -> [Figure] {
    try entries.compactMap { try $0.make(run)?.namingCoincidingCurvesTogether }
  }

  /// The figure of a name; nil if the run has nothing for it.
  ///
  /// - Throws: ``PlottingError/unknownFigure(_:known:)``, or `HDF5Error` when the run cannot be read.
  public static func figure(named name: String, of run: RunFile) throws -> Figure? {
    try uniform(name, of: run)?.namingCoincidingCurvesTogether
  }

  /// The figure whose curves have the same names whatever the run.
  static func uniform(_ name: String, of run: RunFile) throws -> Figure? {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw PlottingError.unknownFigure(name, known: names)
    }
    return try entry.make(run)
  }
}
