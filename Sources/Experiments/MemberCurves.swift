import Datasets
import Dissection
import Dynamics
import Foundation
import Recording
import Scenarios

/// Some curves of one run of a scenario.
public struct MemberCurves: Sendable {
  /// The run.
  public let member: SweepMember
  /// Digest of its run file; nil where nothing was trained.
  public let digest: String?
  private let tracks: [String: Track]

  init(member: SweepMember, digest: String?, tracks: [String: Track]) {
    (self.member, self.digest, self.tracks) = (member, digest, tracks)
  }

  /// The curve of a name that was asked for.
  ///
  /// - Throws: `ScenarioError` if it is none of them.
  public func track(_ name: String) throws -> Track {
    guard let track = tracks[name] else {
      throw ScenarioError.noCurve(try CurveName(name), among: tracks.keys.sorted())
    }
    return track
  }

  /// Trains a run, or evaluates its formula, and reads the named curves.
  ///
  /// - Parameters:
  ///   - names: of the curves.
  ///   - folder: where the run file and its summary are kept; it must not exist.
  /// - Throws: `ScenarioError` with the curve that is not there; as training and theory do.
  public static func run(
    _ member: SweepMember, curves names: Set<String>, in folder: String,
    reading: @escaping MatrixReader
  ) throws -> MemberCurves {
    guard member.scenario.formula.isNone else {
      let curves = try FormulaCurves(member.scenario, reading: reading)
      return MemberCurves(
        member: member, digest: nil,
        tracks: try curves.tracks(names.map { try CurveName($0) }))
    }
    let choice = try TheoryChoice(member.scenario.theory)
    try MemoryEstimate(member.scenario).check()
    let curves = try names.map { try CurveName($0) }
    if case .dense = member.scenario.network {
      let training = try DenseTraining(member.scenario, reading: reading)
      let place = try RunFolder(at: folder, replacing: false)
      var options = Run.Options()
      options.checkpointInterval = nil
      var summary = try DenseRun.perform(
        training, into: place, options: options, progress: { _ in }, isInterrupted: { false })
      try summary.write(to: place.summaryFile)
      place.removeIfEmpty()
      return try MemberCurves(
        member: member, reading: RunFile(path: place.runFile), digest: summary.digest,
        overlays: [], names: curves, findings: findings(curves, of: place.runFile, reading))
    }
    let training = try LinearTraining(member.scenario, reading: reading)
    let place = try RunFolder(at: folder, replacing: false)
    var options = Run.Options()
    options.checkpointInterval = nil
    var summary = try Run.perform(
      training, into: place, stepSize: StepSizeBound(problem: training.problem), options: options,
      theory: choice, progress: { _ in }, isInterrupted: { false })
    try summary.write(to: place.summaryFile)
    place.removeIfEmpty()
    return try MemberCurves(
      member: member, reading: RunFile(path: place.runFile), digest: summary.digest,
      overlays: summary.theory?.overlays ?? [], names: curves,
      findings: findings(curves, of: place.runFile, reading))
  }

  /// What the analyses found that curves are asked of.
  private static func findings(
    _ names: [CurveName], of path: String, _ reading: @escaping MatrixReader
  ) throws -> [AnalysisRecord] {
    let wanted = Set(names.compactMap(\.analysis))
    guard !wanted.isEmpty else { return [] }
    let run = try DissectedRun(RunFile(path: path), reading: reading)
    return try wanted.sorted().map { name in
      guard let analysis = DissectionCatalogue.analysis(name) else {
        throw DissectionError.unknown(name, known: DissectionCatalogue.all.map(\.name))
      }
      return try analysis.findings(run, analysis.draws, 1).record
    }
  }

  private init(
    member: SweepMember, reading run: RunFile, digest: String?, overlays: [Overlay],
    names: [CurveName], findings: [AnalysisRecord]
  ) throws {
    let iterations = try run.iterations()
    let hasTime = try run.quantities().contains { $0.name == "time" }
    let times = try run.series(hasTime ? "time" : "epoch").values
    var tracks: [String: Track] = [:]
    var series: [String: Series] = [:]
    for name in names {
      if let analysis = findings.first(where: { $0.name == name.analysis }) {
        guard let found = analysis.entry(name.quantity), let index = name.index(in: found.shape)
        else {
          throw ScenarioError.noCurve(
            name, among: analysis.entries.map { "analysis.\(analysis.name).\($0.name)" })
        }
        tracks[name.text] = Track(
          iterations: [Double(analysis.iteration)], times: [times.last ?? 0],
          values: [found.values[index]])
        continue
      }
      if let theory = name.theory {
        guard
          let overlay = overlays.first(where: { $0.id.replacing("-", with: "_") == theory }),
          let curve = overlay.curve(name.quantity), let index = name.index(in: curve.shape)
        else {
          throw ScenarioError.noCurve(
            name, among: overlays.flatMap { o in o.curves.map { "theory.\(o.id).\($0.quantity)" } })
        }
        let width = curve.shape.reduce(1, *)
        tracks[name.text] = Track(
          iterations: overlay.iterations.map(Double.init), times: overlay.times,
          values: stride(from: index, to: curve.values.count, by: width).map { curve.values[$0] })
        continue
      }
      let recorded = try run.quantities().map(\.name)
      guard recorded.contains(name.quantity) else {
        throw ScenarioError.noCurve(name, among: recorded)
      }
      let read = try series[name.quantity] ?? run.series(name.quantity)
      series[name.quantity] = read
      guard let index = name.index(in: read.shape) else {
        throw ScenarioError.noCurve(name, among: recorded)
      }
      tracks[name.text] = Track(
        iterations: iterations.map(Double.init), times: times, values: read.column(index))
    }
    self.init(member: member, digest: digest, tracks: tracks)
  }
}
