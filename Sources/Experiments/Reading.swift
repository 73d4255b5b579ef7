import Analysis
import Foundation
import Scenarios

/// A number that is read off one curve of one run, or of the mean of several.
struct Reading {
  /// How much.
  let value: Double
  /// Where; NaN for what has no place.
  let place: Double
  /// Standard deviation of the averaged curves there; 0 for a single one.
  let deviation: Double
  /// The run, or the first of those averaged.
  let member: SweepMember

  /// The value of an axis of the sweep there, as a number.
  func coordinate(_ axis: String) -> Double { member.coordinate(axis)?.number ?? .nan }

  /// What an expectation reads off the runs: for every curve the runs in their order.
  ///
  /// - Throws: `ScenarioError` for a curve that was not read, or when no run is selected.
  static func readings(_ expectation: Expectation, runs: [MemberCurves]) throws -> [Reading] {
    let claim = expectation.claim
    let chosen = runs.filter { claim.selection.contains($0.member) }
    guard !chosen.isEmpty else { throw nothing(claim) }
    return try claim.curves.flatMap { name in
      try groups(chosen, averaging: claim.averages).flatMap { group in
        let (track, spread) = try mean(name, of: group)
        let member = group[0].member
        let places = track.places(claim.abscissa)
        return try read(expectation, track, member: member, runs: runs).map { number in
          let index = places.firstIndex { $0 >= number.place }
          return Reading(
            value: number.value, place: number.place,
            deviation: index.flatMap { spread.isEmpty ? nil : spread[$0] } ?? 0, member: member)
        }
      }
    }
  }

  /// Runs that count as one: each by itself, or all seeds of a combination.
  static func groups(_ runs: [MemberCurves], averaging: Bool) -> [[MemberCurves]] {
    guard averaging else { return runs.map { [$0] } }
    var groups: [[MemberCurves]] = []
    for run in runs {
      let key = run.member.coordinates.filter { $0.name != "seed" }
      let same = groups.firstIndex {
        $0[0].member.coordinates.filter { $0.name != "seed" } == key
      }
      if let same { groups[same].append(run) } else { groups.append([run]) }
    }
    return groups
  }

  /// The mean curve of some runs, and the standard deviation about it, empty for a single run.
  static func mean(_ name: String, of group: [MemberCurves]) throws -> (Track, [Double]) {
    let tracks = try group.map { try $0.track(name) }
    guard group.count > 1 else { return (tracks[0], []) }
    guard let mean = Track.mean(of: tracks) else {
      throw ScenarioError(
        problem: "The curves \(name) of \(group.count) seeds have different places",
        remedy: "record all of them at the same steps")
    }
    return (mean.mean, mean.deviation)
  }

  /// The error for a selection without runs.
  static func nothing(_ claim: Claim) -> ScenarioError {
    ScenarioError(
      key: "expected", problem: "No run is at \(claim.selection.json.compactText)",
      remedy: "select values that the axes of the sweep have")
  }

  private static func read(
    _ expectation: Expectation, _ track: Track, member: SweepMember, runs: [MemberCurves]
  ) throws -> [(value: Double, place: Double)] {
    let claim = expectation.claim
    let abscissa = claim.abscissa
    let places = track.places(abscissa)
    func ends(_ window: [Double], _ better: (Double, Double) -> Bool) -> (Double, Double) {
      let part = track.part(window, abscissa)
      let finite = part.values.indices.filter { part.values[$0].isFinite }
      guard let best = finite.min(by: { better(part.values[$0], part.values[$1]) }) else {
        return (.nan, .nan)
      }
      return (part.values[best], part.places(abscissa)[best])
    }
    switch expectation {
    case .value(let measure):
      switch measure.place {
      case .start: return [(track.values.first ?? .nan, places.first ?? .nan)]
      case .end: return [(track.values.last ?? .nan, places.last ?? .nan)]
      case .at(let place): return [(track.value(at: place, abscissa) ?? .nan, place)]
      }
    case .minimum(let measure), .maximum(let measure):
      var isMinimum = false
      if case .minimum = expectation { isMinimum = true }
      let turns = extrema(of: track.values, prominence: measure.prominence)
        .filter { $0.isMinimum == isMinimum }
      guard turns.count >= measure.number else { return [(.nan, .nan)] }
      let turn = turns[measure.number - 1]
      return [(turn.value, places[turn.index])]
    case .least(let measure): return [ends(measure.window, <)]
    case .largest(let measure): return [ends(measure.window, >)]
    case .plateau(let measure): return [ends(measure.window, <), ends(measure.window, >)]
    case .minima(let measure), .maxima(let measure):
      var isMinimum = false
      if case .minima = expectation { isMinimum = true }
      let count = extrema(of: track.values, prominence: measure.prominence)
        .count { $0.isMinimum == isMinimum }
      return [(Double(count), .nan)]
    case .passing(let measure):
      let level = measure.level ?? measure.fraction * (track.values.last ?? .nan)
      let place = track.passing(of: level, abscissa) ?? .nan
      return [(place, place)]
    case .slope(let measure):
      let part = track.part(measure.window, abscissa)
      let x = part.places(abscissa)
      let slope =
        switch measure.scale {
        case .linear: leastSquaresSlope(x, part.values)
        case .powers: leastSquaresSlope(x.map { log($0) }, part.values.map { log($0) })
        case .exponential: leastSquaresSlope(x, part.values.map { log($0) })
        }
      return [(slope, .nan)]
    case .gap(let measure):
      return [try gap(measure, from: track, of: member, runs: runs)]
    case .doubleDescent: return []
    }
  }

  /// The largest difference from another curve, at the places of that one.
  private static func gap(
    _ measure: GapMeasure, from track: Track, of member: SweepMember, runs: [MemberCurves]
  ) throws -> (value: Double, place: Double) {
    let abscissa = measure.claim.abscissa
    let own = member.coordinates
    let partner = runs.first { run in
      measure.otherRun.contains(run.member)
        && own.allSatisfy { coordinate in
          measure.otherRun.values.contains { $0.name == coordinate.name }
            || run.member.coordinate(coordinate.name) == coordinate
        }
    }
    guard let partner else { throw nothing(measure.claim) }
    let name = measure.other.isEmpty ? measure.claim.curves[0] : measure.other
    let other = try partner.track(name).part(measure.window, abscissa)
    let scale = measure.isRelative ? other.values.reduce(0) { max($0, abs($1)) } : 1
    var worst = (value: 0.0, place: Double.nan)
    var compared = 0
    for (place, wanted) in zip(other.places(abscissa), other.values) {
      guard let value = track.value(at: place, abscissa) else { continue }
      compared += 1
      let gap = abs(value - wanted) / scale
      if !(gap <= worst.value) { worst = (gap, place) }
    }
    return compared > 0 ? worst : (.nan, .nan)
  }
}
