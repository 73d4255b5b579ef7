import Datasets
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
      overlays: summary.theory?.overlays ?? [], names: names.map { try CurveName($0) })
  }

  private init(
    member: SweepMember, reading run: RunFile, digest: String?, overlays: [Overlay],
    names: [CurveName]
  ) throws {
    let iterations = try run.iterations()
    let times = try run.series("time").values
    var tracks: [String: Track] = [:]
    var series: [String: Series] = [:]
    for name in names {
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
