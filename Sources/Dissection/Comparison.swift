import Analysis
import LinearAlgebra
import Recording

/// Numbers of trained networks beside those of new ones.
public struct Comparison: Equatable, Sendable {
  /// Name in the run file.
  public let name: String
  /// What it is called in a table, one for each number.
  public let labels: [String]
  /// Meaning in words.
  public let longName: String
  /// Axes of the numbers of one network.
  public let axes: [Axis]
  /// Sizes of these axes.
  public let shape: [Int]
  /// Axis of the networks.
  public let over: Axis
  /// The numbers, one list for each trained network.
  public let trained: [[Double]]
  /// The numbers of new networks; empty if there is nothing to compare with.
  public let fresh: [[Double]]

  /// Numbers with their meaning.
  public init(
    _ name: String, _ longName: String, labels: [String], axes: [Axis] = [], shape: [Int] = [],
    over: Axis = .net, trained: [[Double]], fresh: [[Double]] = []
  ) {
    self.name = name
    self.longName = longName
    self.labels = labels
    self.axes = axes
    self.shape = shape
    self.over = over
    self.trained = trained
    self.fresh = fresh
  }

  /// Spread and test of one number.
  public struct Row: Equatable, Sendable {
    /// What it is called.
    public let label: String
    /// Spread over the trained networks.
    public let trained: Spread
    /// Spread over the new networks, if there are any.
    public let fresh: Spread?
    /// The test of both, if there are new networks.
    public let test: TwoSampleTest?
  }

  /// One row for each number.
  public var rows: [Row] {
    labels.indices.map { column in
      let values = trained.map { $0[column] }.filter { !$0.isNaN }
      let null = fresh.map { $0[column] }.filter { !$0.isNaN }
      return Row(
        label: labels[column], trained: Spread(values), fresh: fresh.isEmpty ? nil : Spread(null),
        test: fresh.isEmpty ? nil : TwoSampleTest(values, null))
    }
  }

  /// The arrays that the run file keeps: all numbers, their means, deviations, extremes and tests.
  public var entries: [AnalysisRecord.Entry] {
    var entries = [
      AnalysisRecord.Entry(
        name, longName, axes: [over] + axes, shape: [trained.count] + shape,
        values: trained.flatMap(\.self))
    ]
    let rows = rows
    func add(_ suffix: String, _ words: String, _ values: [Double], prefix: String = "") {
      entries.append(
        AnalysisRecord.Entry(
          prefix + name + suffix, longName + words, axes: axes, shape: shape, values: values))
    }
    add("_mean", ", mean", rows.map(\.trained.mean))
    add("_deviation", ", standard deviation", rows.map(\.trained.deviation))
    add("_median", ", median", rows.map(\.trained.median))
    add("_least", ", least", rows.map(\.trained.least))
    add("_largest", ", largest", rows.map(\.trained.largest))
    guard !fresh.isEmpty else { return entries }
    entries.append(
      AnalysisRecord.Entry(
        "null_" + name, longName + ", new networks", axes: [.draw] + axes,
        shape: [fresh.count] + shape, values: fresh.flatMap(\.self)))
    add("_mean", ", mean of new networks", rows.map { $0.fresh?.mean ?? .nan }, prefix: "null_")
    add(
      "_deviation", ", standard deviation of new networks",
      rows.map { $0.fresh?.deviation ?? .nan }, prefix: "null_")
    add(
      "_difference", ", difference of means over its standard error",
      rows.map { $0.test?.difference ?? .nan })
    add(
      "_distance", ", distance of the distributions", rows.map { $0.test?.distance ?? .nan })
    add(
      "_probability", ", probability of that distance by chance",
      rows.map { $0.test?.probability ?? .nan })
    return entries
  }
}

/// What a dissection of a run found: comparisons for a table, and arrays for the run file.
public struct Findings: Equatable, Sendable {
  /// Name of the analysis.
  public let name: String
  /// The iteration whose weights were analysed.
  public let iteration: Int
  /// What the numbers of a comparison are called, first those that are compared with the others.
  public var headings = ["trained", "new"]
  /// What was compared, in order.
  public var comparisons: [Comparison]
  /// Exact answers and whatever else is worth a sentence.
  public var notes: [String]
  /// Arrays besides those of the comparisons.
  public var arrays: [AnalysisRecord.Entry]

  /// What the run file keeps.
  public var record: AnalysisRecord {
    AnalysisRecord(
      name: name, iteration: iteration, entries: comparisons.flatMap(\.entries) + arrays)
  }
}
