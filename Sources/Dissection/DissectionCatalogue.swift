import Datasets
import Recording

/// The analyses of a run.
public enum DissectionCatalogue {
  /// An analysis that can be asked for.
  public struct Analysis: Sendable {
    /// Name, as on the command line and in the run file.
    public let name: String
    /// Number of new networks that it compares with unless told otherwise.
    public let draws: Int
    /// Dissects a run, given the number of new networks and the network whose details are kept.
    public let findings:
      @Sendable (_ run: DissectedRun, _ draws: Int, _ network: Int) throws -> Findings
  }

  /// Names of all analyses of runs.
  public static var names: [String] {
    all.map(\.name) + [Representations.name, RepresentationHistory.name]
  }

  /// Analyses of dense and linear networks.
  public static let all = [
    Analysis(name: Readout.name, draws: 2000) { run, draws, _ in
      try Readout.findings(of: run, draws: draws)
    },
    Analysis(name: Pullback.name, draws: 100) { run, draws, network in
      try Pullback.findings(of: run, draws: draws, detailed: network)
    },
  ]

  /// The analysis of a name.
  public static func analysis(_ name: String) -> Analysis? { all.first { $0.name == name } }

  /// Analyses a run with the usual number of new networks, and adds what it finds to its file.
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
      record = try analysis.findings(DissectedRun(run, reading: reading), analysis.draws, 1).record
    }
    try run.close()
    try RunFile.add(record, to: path)
  }
}
