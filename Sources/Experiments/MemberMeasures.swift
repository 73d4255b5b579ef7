import Dynamics
import Recording
import Scenarios

/// The numbers that a sweep keeps of a run, from what was recorded of it.
struct MemberMeasures {
  let iterations: [Int]
  /// Risks of each network, shape [network][iteration].
  let risks: [[Double]]

  init(_ recorder: RunRecorder, networks: Int) {
    iterations = recorder.iterations
    let all = recorder.risks
    risks =
      networks == 1
      ? [all]
      : (0..<networks).map { net in
        stride(from: net, to: all.count, by: networks).map { all[$0] }
      }
  }

  /// The values of the measures of linear networks, for so many modes.
  func values(
    of end: LinearObservation, half: [Int?], predicted: [Int?], modes: Int
  ) -> [Double] {
    func steps(_ list: [Int?]) -> [Double] {
      (0..<modes).map { $0 < list.count ? list[$0].map(Double.init) ?? .nan : .nan }
    }
    return [Double(end.iteration), end.loss, end.risk] + leasts + steps(half) + steps(predicted)
  }

  /// The values of the measures of networks that train on rows.
  func values(of end: NetworkObservation, hasClasses: Bool) -> [Double] {
    [Double(end.iteration)] + end.trainingLosses + end.validationLosses
      + (hasClasses ? end.trainingAccuracies + end.validationAccuracies : []) + leasts
  }

  /// Least risk, its step, the step of the peak, its prominence; each of all networks.
  private var leasts: [Double] {
    let least = risks.map { risks in
      risks.indices.lazy.filter { risks[$0].isFinite }.min { risks[$0] < risks[$1] }
    }
    let peaks = risks.map(Self.peak)
    return zip(risks, least).map { risks, place in place.map { risks[$0] } ?? .nan }
      + least.map { $0.map { Double(iterations[$0]) } ?? .nan }
      + peaks.map { $0.map { Double(iterations[$0.index]) } ?? .nan }
      + peaks.map { $0?.prominence ?? 0 }
  }

  /// The most prominent peak inside a curve, between two minima or a minimum and the end.
  static func peak(of values: [Double]) -> (index: Int, prominence: Double)? {
    let turns = extrema(of: values)
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
    var found: (index: Int, prominence: Double)?
    for (number, turn) in turns.enumerated() where !turn.isMinimum {
      let before = number > 0 ? turns[number - 1].value : values.first { $0.isFinite } ?? .nan
      let after =
        number + 1 < turns.count ? turns[number + 1].value : finite.last ?? .nan
      let prominence = min(turn.value - before, turn.value - after) / (high - low)
      if prominence > found?.prominence ?? 0 { found = (turn.index, prominence) }
    }
    return found
  }
}
