import Dynamics
import LearningProblems
import LinearAlgebra
import Recording
import Scenarios

/// Trains small runs of a sweep side by side in the lanes of the processor.
///
/// What is kept of each is bit by bit what ``MemberRun`` keeps of it.
struct MemberBatch {
  /// Runs that are taken at a time: enough to fill the lanes of both engines, few enough for several
  /// threads to end together.
  static let size = 32
  /// Steps of a run beyond which it wants a checkpoint, which a batch has none of.
  private static let mostSteps = 10_000_000
  /// Numbers in the samples and weights of a run, which are kept while it waits for others.
  private static let mostNumbers = 100_000

  /// A run that waits or is trained.
  struct Lane {
    let training: LinearTraining
    let descent: AnyLinearDescent

    /// A drawn run that may go side by side with others; nil if it may not.
    init?(_ training: MemberRun.Training) {
      guard case .linear(let training) = training,
        training.scenario.training.iterations <= mostSteps, training.laterMeasures.isEmpty,
        Self.numbers(in: training) <= mostNumbers
      else { return nil }
      self.training = training
      descent = training.descent()
      guard descent.goesSideBySide else { return nil }
    }

    private static func numbers(in training: LinearTraining) -> Int {
      let samples = training.samples
      return [samples.inputs, samples.targets, samples.testInputs, samples.testTargets]
        .reduce(0) { $0 + $1.elements.count }
        + training.network.weights.layers.reduce(0) { $0 + $1.elements.count }
    }

    /// Whether two runs take and record the same steps.
    func goes(with other: Lane) -> Bool {
      let (one, two) = (training.scenario, other.training.scenario)
      return one.training.iterations == two.training.iterations
        && one.record.schedule == two.record.schedule
        && training.engine.kind == other.training.engine.kind
        && one.training.order == two.training.order && one.training.decay == two.training.decay
        && one.training.weightDecay == two.training.weightDecay
    }
  }

  let keep: RunRecorder.Keep

  /// Trains.
  ///
  /// - Parameter lanes: runs of which all go with the first.
  /// - Returns: what is kept of each, nil for those that have to be trained alone because their
  ///   losses grew too large; nothing when interrupted.
  /// - Throws: as recording and theory do.
  func perform(_ lanes: [Lane], isInterrupted: () -> Bool) throws -> [RunRecord?] {
    guard var ensemble = AnyLinearDescent.sideBySide(lanes.map(\.descent)), let first = lanes.first
    else { return lanes.map { _ in nil } }
    let last = first.training.scenario.training.iterations
    let recorded = first.training.scenario.record.schedule.iterations(through: last)
    let looks = HalfLearning.looks(through: last)
    var states = try lanes.map { try State($0.training, keep: keep) }
    var (nextRecorded, nextLook) = (0, 0)
    while nextRecorded < recorded.count || nextLook < looks.count {
      let stop = min(
        nextRecorded < recorded.count ? recorded[nextRecorded] : .max,
        nextLook < looks.count ? looks[nextLook] : .max)
      if isInterrupted() { return [] }
      let before = ensemble
      ensemble.advance(to: stop, threads: 1)
      let isRecorded = nextRecorded < recorded.count && recorded[nextRecorded] == stop
      for run in states.indices where !ensemble.hasDiverged(run) {
        try states[run].see(ensemble, run, before: before, isRecorded: isRecorded)
      }
      if nextLook < looks.count, looks[nextLook] == stop { nextLook += 1 }
      guard isRecorded else { continue }
      nextRecorded += 1
      // Nothing will change any more, and what stands now has been recorded.
      if ensemble.isFrozen {
        ensemble.advance(to: last, threads: 1)
        for run in states.indices { states[run].rest(at: recorded[nextRecorded...]) }
        break
      }
    }
    ensemble.advance(to: last, threads: 1)
    return try states.indices.map { run in
      guard !ensemble.hasDiverged(run) else { return nil }
      var descent = ensemble.descent(ofRun: run)
      return try states[run].recorder.finished(
        .complete, lanes[run].training, descent: &descent, half: states[run].half)
    }
  }

  /// What is gathered of a run.
  private struct State {
    let training: LinearTraining
    let measures: LinearMeasures
    var recorder: RunRecorder
    var half: HalfLearning
    private var clock: TrainingClock
    private var synaptic: Matrix<Double>
    private var product: Matrix<Double>

    init(_ training: LinearTraining, keep: RunRecorder.Keep) throws {
      self.training = training
      measures = training.measures
      recorder = try RunRecorder(training, keep: keep)
      half = HalfLearning(singularValues: training.problem.modes.values)
      clock = TrainingClock(training.problem.rule)
      product = Matrix(
        rows: training.problem.correlations.outputs, columns: training.problem.correlations.inputs)
      synaptic = product
    }

    /// Looks at a run where it stands, and records it.
    mutating func see(
      _ ensemble: any DescentEnsemble, _ run: Int, before: any DescentEnsemble, isRecorded: Bool
    ) throws {
      ensemble.readProducts(ofRun: run, synaptic: &synaptic, product: &product)
      if half.wouldFind(in: synaptic) {
        let previous = before.iteration < ensemble.iteration ? before.descent(ofRun: run) : nil
        half = HalfLearning(
          singularValues: training.problem.modes.values, steps: half.steps, previous: previous)
        half.look(at: ensemble.descent(ofRun: run))
      }
      guard isRecorded else { return }
      if recorder.keepsRows {
        var descent = ensemble.descent(ofRun: run)
        let rule = training.problem.rule
        try recorder.record(
          LinearObservation(
            iteration: ensemble.iteration, time: clock.time(at: ensemble.iteration),
            rates: rule.rates(at: ensemble.iteration), loss: descent.loss(),
            reducedNetwork: descent.reducedNetwork, product: product, coordinates: synaptic,
            measures: measures))
      } else {
        recorder.record([measures.risk(of: product)], at: ensemble.iteration)
      }
    }

    /// Records a run that does not change any more.
    mutating func rest(at iterations: ArraySlice<Int>) {
      recorder.repeatRow(at: iterations, times: iterations.map { clock.time(at: $0) })
    }
  }
}
