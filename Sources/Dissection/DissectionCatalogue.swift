import Datasets
import Recording

/// The analyses of a run.
public enum DissectionCatalogue {
  /// An analysis that can be asked for.
  public struct Analysis: Sendable {
    /// Name, as on the command line and in the run file.
    public let name: String
    /// Number of new networks that it compares with unless told otherwise; nil if with none.
    public let draws: Int?
    /// What else can be chosen.
    public let choices: Set<Choice>
    private let body: @Sendable (_ run: DissectedRun, _ options: Options) throws -> Findings

    init(
      _ name: String, draws: Int?, choices: Set<Choice> = [],
      _ body: @escaping @Sendable (_ run: DissectedRun, _ options: Options) throws -> Findings
    ) {
      (self.name, self.draws, self.choices, self.body) = (name, draws, choices, body)
    }

    /// Dissects a run.
    ///
    /// - Throws: ``DissectionError``, as drawing does, or `LinearAlgebraError`.
    public func findings(_ run: DissectedRun, _ options: Options = Options()) throws -> Findings {
      try body(run, options)
    }
  }

  /// What can be chosen of an analysis.
  public enum Choice: Sendable {
    /// The network of which details are kept.
    case network
    /// The ranks that are kept.
    case ranks
    /// A second run.
    case other
  }

  /// How an analysis is made.
  public struct Options: Sendable {
    /// Number of new networks to compare with; nil for as many as is usual.
    public var draws: Int?
    /// The network of which details are kept, from 1.
    public var network = 1
    /// The ranks that are kept; empty for about 24 of each layer.
    public var ranks: [Int] = []
    /// A second run; nil for none.
    public var other: DissectedRun?

    /// The usual way.
    public init() {}
  }

  /// All analyses of dense and linear networks.
  public static let all = [
    Analysis(Readout.name, draws: 2000) { run, options in
      try Readout.findings(of: run, draws: options.draws ?? 2000)
    },
    Analysis(Pullback.name, draws: 100, choices: [.network]) { run, options in
      try Pullback.findings(of: run, draws: options.draws ?? 100, detailed: options.network)
    },
    Analysis(Spectrum.name, draws: 4) { run, options in
      try Spectrum.findings(of: run, draws: options.draws ?? 4)
    },
    Analysis(Clip.name, draws: nil, choices: [.ranks]) { run, options in
      try Clip.findings(of: run, ranks: options.ranks)
    },
    Analysis(Align.name, draws: 2, choices: [.other]) { run, options in
      try Align.findings(of: run, with: options.other, draws: options.draws ?? 2)
    },
    Analysis(Resample.name, draws: 4, choices: [.network]) { run, options in
      try Resample.findings(of: run, draws: options.draws ?? 4, network: options.network)
    },
  ]

  /// The analysis of a name.
  public static func analysis(_ name: String) -> Analysis? { all.first { $0.name == name } }

  /// Names of all analyses of runs.
  public static var names: [String] {
    all.map(\.name) + [Representations.name, RepresentationHistory.name]
  }

  /// Analyses a run in the usual way, and adds what it finds to its file.
  ///
  /// - Throws: ``DissectionError/unknown(_:known:)``; as reading and analysing do.
  public static func analyse(
    _ path: String, _ name: String, _ reading: @escaping MatrixReader
  ) throws {
    let run = try RunFile(path: path)
    let record: AnalysisRecord
    switch name {
    case Representations.name:
      record = try Representations.findings(
        of: ComposedRun(run), draws: Representations.draws
      ).record
    case RepresentationHistory.name:
      record = RepresentationHistory.record(of: try ComposedRun(run, at: .all))
    default:
      guard let analysis = analysis(name) else {
        throw DissectionError.unknown(name, known: names)
      }
      record = try analysis.findings(DissectedRun(run, reading: reading)).record
    }
    try run.close()
    try RunFile.add(record, to: path)
  }
}
