import LinearAlgebra

/// Finds the step at which each mode of a descent is half learned.
///
/// A mode is half learned at the first step at which its strength is at least half of that of the
/// fit. The finder looks at observations only; when a mode has crossed since the last one, it
/// repeats the steps in between, so that the answer is exact however sparse observations are.
public struct HalfLearning: Sendable {
  /// The step of each mode with a singular value above 0; nil while it is not reached.
  public private(set) var steps: [Int?]
  private let halves: [Double]
  /// The descent as it was looked at last; nil before, and once nothing is left to find.
  public private(set) var previous: AnyLinearDescent?

  /// A finder for modes with the given singular values of the fit, shape [mode].
  public init(singularValues: [Double]) {
    halves = singularValues.map { $0 / 2 }
    steps = singularValues.map { _ in nil }
  }

  /// A finder that goes on where another one stopped, from its ``steps`` and ``previous``.
  public init(singularValues: [Double], steps: [Int?], previous: AnyLinearDescent?) {
    precondition(
      steps.count == singularValues.count,
      "\(steps.count) steps for \(singularValues.count) modes")
    halves = singularValues.map { $0 / 2 }
    self.steps = steps
    self.previous = previous
  }

  /// Looks at a descent, which must have moved on since the last look.
  ///
  /// - Complexity: O(steps since the last look) when a mode has crossed, otherwise O(1) steps.
  public mutating func look(at descent: AnyLinearDescent) {
    guard !isComplete else {
      previous = nil
      return
    }
    let crossed = crossedModes(descent)
    // A step away nothing lies in between.
    if !crossed.isEmpty, var replay = previous, replay.iteration + 1 < descent.iteration {
      while replay.iteration < descent.iteration, !replay.advance(to: replay.iteration + 1) {
        for mode in crossedModes(replay) where crossed.contains(mode) {
          steps[mode] = replay.iteration
        }
      }
    }
    for mode in crossedModes(descent) { steps[mode] = descent.iteration }
    previous = descent
  }

  /// Whether a look at a map of the given coordinates in the modes would find anything.
  public func wouldFind(in coordinates: Matrix<Double>) -> Bool {
    halves.indices.contains {
      steps[$0] == nil && halves[$0] > 0 && coordinates[$0, $0] >= halves[$0]
    }
  }

  private var isComplete: Bool {
    halves.indices.allSatisfy { steps[$0] != nil || !(halves[$0] > 0) }
  }

  private func crossedModes(_ descent: AnyLinearDescent) -> [Int] {
    let coordinates = descent.synapticProduct
    return halves.indices.filter {
      steps[$0] == nil && halves[$0] > 0 && coordinates[$0, $0] >= halves[$0]
    }
  }
}
