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
  /// Names of all curves that there are, with those in lists by the list alone.
  private let known: [String]

  init(member: SweepMember, digest: String?, tracks: [String: Track], known: [String]) {
    (self.member, self.digest, self.tracks, self.known) = (member, digest, tracks, known)
  }

  /// The curve of a name that was asked for.
  ///
  /// - Throws: `ScenarioError` if it is none of them, or the run has no such curve.
  public func track(_ name: String) throws -> Track {
    let curve = try CurveName(name)
    guard let track = tracks[curve.original] else {
      throw ScenarioError.noCurve(curve, among: known)
    }
    return (0..<curve.slopes).reduce(track) { track, _ in track.slope }
  }

  /// The values of all curves of a list that was asked for, at one place of each.
  ///
  /// - Throws: `ScenarioError` if the run has no such list, or nothing is there.
  public func list(_ name: String, at place: Place) throws -> [Double] {
    let list = try CurveName(name)
    guard list.isList else {
      throw ScenarioError(
        key: "figures", problem: "\(name) is a single curve",
        remedy: "put a star in the place that runs, as in layer_share[*,1]")
    }
    var values: [Double] = []
    while tracks[list.curve(values.count).original] != nil {
      guard let value = try track(list.curve(values.count).text).value(at: place) else {
        throw ScenarioError(
          key: "figures", problem: "\(name) has no value at \(place.json.compactText)",
          remedy: "choose a place inside the curve")
      }
      values.append(value)
    }
    guard !values.isEmpty else { throw ScenarioError.noCurve(list, among: known) }
    return values
  }

  /// Trains a run, or evaluates its formula, and reads the named curves.
  ///
  /// - Parameters:
  ///   - names: of the curves.
  ///   - folder: where the run file and its summary are kept; it must not exist.
  /// - Throws: `ScenarioError`; as training and theory do.
  public static func run(
    _ member: SweepMember, curves names: Set<String>, in folder: String,
    reading: @escaping MatrixReader
  ) throws -> MemberCurves {
    guard member.scenario.formula.isNone else {
      let curves = try FormulaCurves(member.scenario, reading: reading)
      return MemberCurves(
        member: member, digest: nil,
        tracks: curves.tracks(try names.map { try CurveName($0) }), known: curves.names)
    }
    let choice = try TheoryChoice(member.scenario.theory)
    try MemoryEstimate(member.scenario).check()
    if let training = try NetworkRun.Prepared(member.scenario, reading: reading) {
      let place = try RunFolder(at: folder, replacing: false)
      var options = Run.Options()
      options.checkpointInterval = nil
      var summary = try training.perform(
        into: place, options: options, progress: { _ in }, isInterrupted: { false })
      try summary.write(to: place.summaryFile)
      place.removeIfEmpty()
      try analyse(place.runFile, for: names, reading)
      return try MemberCurves(member, of: RunFile(path: place.runFile), curves: names)
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
    try analyse(place.runFile, for: names, reading)
    return try MemberCurves(member, of: RunFile(path: place.runFile), curves: names)
  }

  /// What an analysis found: curves where it has steps as its first axis, or where the place of a list is
  /// left out, along its last axis; otherwise single points.
  private static func tracks(
    _ name: CurveName, _ found: AnalysisRecord.Entry, of record: AnalysisRecord,
    _ iterations: [Int], _ times: [Double]
  ) -> [String: Track] {
    var tracks: [String: Track] = [:]
    guard found.axes.first == .step, let steps = record.entry(AnalysisRecord.stepsName)?.values
    else {
      for curve in name.curves(in: found.shape) {
        tracks[curve.name] = Track(
          iterations: [Double(record.iteration)], times: [times.last ?? 0],
          values: [found.values[curve.index]])
      }
      if tracks.isEmpty, let width = found.shape.last, !name.isList,
        let row = name.curves(in: Array(found.shape.dropLast())).first?.index
      {
        let places = (0..<width).map { Double($0 + 1) }
        tracks[name.text] = Track(
          iterations: places, times: places,
          values: Array(found.values[row * width..<(row + 1) * width]))
      }
      return tracks
    }
    let known = Dictionary(
      zip(iterations.map(Double.init), times), uniquingKeysWith: { first, _ in first })
    let width = found.values.count / max(steps.count, 1)
    for curve in name.curves(in: Array(found.shape.dropFirst())) {
      tracks[curve.name] = Track(
        iterations: steps, times: steps.map { known[$0] ?? .nan },
        values: steps.indices.map { found.values[$0 * width + curve.index] })
    }
    return tracks
  }

  /// Adds to a run file what the analyses find that curves are asked of.
  private static func analyse(
    _ path: String, for names: Set<String>, _ reading: @escaping MatrixReader
  ) throws {
    let wanted = Set(try names.compactMap { try CurveName($0).analysis })
    guard !wanted.isEmpty else { return }
    for name in wanted.sorted() { try DissectionCatalogue.analyse(path, name, reading) }
  }

  /// Reads the named curves of a run file.
  ///
  /// - Throws: `ScenarioError` for what names no curve; `HDF5Error` or `RecordingError`.
  public init(_ member: SweepMember, of run: RunFile, curves: Set<String>) throws {
    let names = try curves.map { try CurveName($0) }
    let overlays = try run.overlays()
    let iterations = try run.iterations()
    let hasTime = try run.quantities().contains { $0.name == "time" }
    let times = try run.series(hasTime ? "time" : "epoch").values
    var tracks: [String: Track] = [:]
    var series: [String: Series] = [:]
    let analyses = try Set(names.compactMap(\.analysis)).sorted().compactMap(run.analysis)
    let recorded = try run.quantities().map(\.name)
    for name in names {
      // What this run lacks another may have: the lack is an error where the curve is used.
      if let analysis = name.analysis {
        guard let record = analyses.first(where: { $0.name == analysis }),
          let found = record.entry(name.quantity)
        else { continue }
        tracks.merge(Self.tracks(name, found, of: record, iterations, times)) { $1 }
      } else if let theory = name.theory {
        tracks.merge(Self.tracks(name, of: theory, among: overlays)) { $1 }
      } else if recorded.contains(name.quantity) {
        let read = try series[name.quantity] ?? run.series(name.quantity)
        series[name.quantity] = read
        for curve in name.curves(in: read.shape) {
          tracks[curve.name] = Track(
            iterations: iterations.map(Double.init), times: times,
            values: read.column(curve.index))
        }
      }
    }
    let known =
      recorded + Self.names(overlays)
      + analyses.flatMap { record in record.entries.map { "analysis.\(record.name).\($0.name)" } }
    self.init(member: member, digest: try run.digest(), tracks: tracks, known: known)
  }
}

extension MemberCurves {
  /// A curve that a theory predicts; nil if none of the overlays does.
  private static func tracks(_ name: CurveName, of theory: String, among overlays: [Overlay])
    -> [String: Track]
  {
    guard
      let overlay = overlays.first(where: { $0.id.replacing("-", with: "_") == theory }),
      let found = overlay.curve(name.quantity)
    else { return [:] }
    let width = found.shape.reduce(1, *)
    return name.curves(in: found.shape).reduce(into: [:]) { tracks, curve in
      tracks[curve.name] = Track(
        iterations: overlay.iterations.map(Double.init), times: overlay.times,
        values: stride(from: curve.index, to: found.values.count, by: width).map {
          found.values[$0]
        })
    }
  }

  /// Names of all curves that theories predict.
  private static func names(_ overlays: [Overlay]) -> [String] {
    overlays.flatMap { overlay in
      let id = overlay.id.replacing("-", with: "_")
      return overlay.curves.map { "theory.\(id).\($0.quantity)" }
    }
  }

  /// The named curves of every run of a sweep that has any.
  ///
  /// The file has those that were recorded. Theories are evaluated anew, where the run was recorded;
  /// for what analyses find, the runs are trained again, as the file has no networks.
  ///
  /// - Throws: `ScenarioError` for what names no curve; `HDF5Error` or `RecordingError`; as drawing,
  ///   theory and analyses do.
  public static func all(
    of file: SweepFile, curves: Set<String>, threads: Int, reading: @escaping MatrixReader
  ) throws -> [MemberCurves] {
    let names = try curves.map { try CurveName($0) }
    let iterations = try file.iterations()
    let recorded = try file.names()
    guard let clock = ["time", "epoch"].first(where: recorded.contains),
      case let times = try file.values(clock).values
    else {
      throw ScenarioError(
        problem: "The sweep keeps no curves", remedy: "run it with --keep full to draw them")
    }
    /// The recorded rows of each run: what it did not record is no point of its curves.
    let rows = (0..<file.grid.count).map { run in
      iterations.indices.filter { times[run * iterations.count + $0].isFinite }
    }
    var tracks = [[String: Track]](repeating: [:], count: file.grid.count)
    for name in names where name.isRecorded && recorded.contains(name.quantity) {
      let (values, shape) = try file.values(name.quantity)
      guard shape.first == iterations.count else { continue }
      let row = Array(shape.dropFirst())
      let width = row.reduce(1, *)
      for run in tracks.indices {
        let start = run * iterations.count
        for curve in name.curves(in: row) {
          tracks[run][curve.name] = Track(
            iterations: rows[run].map { Double(iterations[$0]) },
            times: rows[run].map { times[start + $0] },
            values: rows[run].map { values[(start + $0) * width + curve.index] })
        }
      }
    }
    let grid = file.grid
    let own = tracks
    let found: [MemberCurves?] = try concurrently(grid.count, threads: threads) { run in
      guard !rows[run].isEmpty else { return nil }
      let member = try grid.member(run)
      var (tracks, known) = (own[run], recorded)
      if names.contains(where: { $0.theory != nil }), case .linear = member.scenario.network {
        let problem = try LinearTraining(member.scenario, reading: reading).problem
        let overlays = try TheoryReport.Prepared(
          TheoryChoice(member.scenario.theory), of: problem,
          recorded: rows[run].map { iterations[$0] }, scenario: member.scenario
        ).overlays
        known += Self.names(overlays)
        for name in names {
          guard let theory = name.theory else { continue }
          tracks.merge(Self.tracks(name, of: theory, among: overlays)) { $1 }
        }
      }
      let analysed = Set(names.filter { $0.analysis != nil }.map(\.text))
      if !analysed.isEmpty {
        let place = FileManager.default.temporaryDirectory.path + "/dyn-member-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let again = try Self.run(member, curves: analysed, in: place, reading: reading)
        tracks.merge(again.tracks) { first, _ in first }
        known += again.known.filter { $0.hasPrefix("analysis.") }
      }
      return MemberCurves(member: member, digest: nil, tracks: tracks, known: known)
    }
    return found.compactMap(\.self)
  }
}
