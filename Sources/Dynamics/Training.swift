/// Something that training moves step by step.
public protocol Trainable {
  /// Number of steps taken.
  var iteration: Int { get }
  /// Takes steps until the given iteration; returns true if it diverged before.
  mutating func advance(to iteration: Int) -> Bool
  /// Whether it is known that no step will change it again.
  var isFrozen: Bool { get }
}

extension Trainable {
  /// Not known.
  public var isFrozen: Bool { false }
}

/// Why a training stopped.
public enum StopReason: Equatable, Sendable {
  /// All steps were taken.
  case complete
  /// The loss stopped being finite, or exploded, at this iteration.
  case diverged(iteration: Int)
  /// Somebody asked for it, after this many steps.
  case interrupted(iteration: Int)
}

/// What watches a training: a function that is called at chosen iterations.
public struct Observer<Subject: Trainable> {
  /// The iterations, ascending.
  let iterations: [Int]
  /// Whether it also sees the iteration at which a training diverges.
  let seesDivergence: Bool
  let observe: (inout Subject) throws -> Void
  let observeRest: ((ArraySlice<Int>) throws -> Void)?

  /// An observer that is called at each of the ascending `iterations` that the training reaches.
  ///
  /// - Parameters:
  ///   - observeRest: called, where given, with many iterations at once in place of `observe` at
  ///     each of them, when nothing has changed since the last observation and nothing will.
  public init(
    at iterations: [Int], seesDivergence: Bool = false,
    observeRest: ((ArraySlice<Int>) throws -> Void)? = nil,
    observe: @escaping (inout Subject) throws -> Void
  ) {
    self.iterations = iterations
    self.seesDivergence = seesDivergence
    self.observeRest = observeRest
    self.observe = observe
  }
}

/// Trains until the last iteration, calling the observers on the way.
///
/// Knows no file and no terminal. Observers see the start, too; several at one iteration are
/// called in their order. Between observations `betweenBlocks` is called and `isInterrupted` asked
/// at least every `largestBlock` steps, and about every tenth of a second where steps are slow, both
/// with the subject between two steps. Where blocks end changes no bit of what the subject does.
///
/// - Throws: whatever an observer or `betweenBlocks` throws; the subject then stands where it was
///   observed.
@specialized(where Subject == AnyLinearDescent)
public func train<Subject: Trainable>(
  _ subject: inout Subject, through last: Int, observers: [Observer<Subject>],
  largestBlock: Int = 1000, isInterrupted: () -> Bool = { false },
  betweenBlocks: (inout Subject) throws -> Void = { _ in }
) throws -> StopReason {
  var next = observers.map { $0.iterations.partition(before: subject.iteration) }
  var hasSeenRest = observers.map { _ in false }
  var block = BlockSize(largest: largestBlock)
  while true {
    for index in observers.indices
    where next[index] < observers[index].iterations.count
      && observers[index].iterations[next[index]] == subject.iteration
    {
      let rests = subject.isFrozen
      try observers[index].observe(&subject)
      hasSeenRest[index] = rests
      next[index] += 1
    }
    guard subject.iteration < last else { return .complete }
    try betweenBlocks(&subject)
    if isInterrupted() { return .interrupted(iteration: subject.iteration) }
    var stop = min(last, subject.iteration + block.steps)
    for index in observers.indices where hasSeenRest[index] {
      guard let observeRest = observers[index].observeRest else { continue }
      let end = observers[index].iterations.partition(before: stop + 1)
      if end > next[index] { try observeRest(observers[index].iterations[next[index]..<end]) }
      next[index] = end
    }
    for index in observers.indices where next[index] < observers[index].iterations.count {
      stop = min(stop, observers[index].iterations[next[index]])
    }
    let isFull = stop == subject.iteration + block.steps
    let isDiverged = block.timing(isFull) { subject.advance(to: stop) }
    if isDiverged {
      for observer in observers where observer.seesDivergence { try observer.observe(&subject) }
      return .diverged(iteration: subject.iteration)
    }
  }
}

/// How many steps to take before somebody may ask to stop: few while steps are slow.
private struct BlockSize {
  let largest: Int
  private(set) var steps = 1

  init(largest: Int) { self.largest = largest }

  /// Takes a block of steps, and adapts the size of the next to the time that a full one took.
  mutating func timing<Result>(_ isFull: Bool, _ body: () -> Result) -> Result {
    guard isFull, !isSettled else { return body() }
    let start = ContinuousClock.now
    let result = body()
    let duration = ContinuousClock.now - start
    if duration > .milliseconds(100) {
      steps = max(1, steps / 2)
    } else if duration < .milliseconds(25) {
      isSettled = steps == largest
      steps = min(largest, 2 * steps)
    }
    return result
  }

  /// Whether the largest block is short enough, so that time need not be looked at any more.
  private var isSettled = false
}

extension [Int] {
  /// Index of the first entry of this ascending list that is not below `bound`.
  fileprivate func partition(before bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
