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

  /// All analyses.
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
}
