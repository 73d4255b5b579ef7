import Foundation
import Testing

@testable import Dynamics

/// Counts; diverges where it is told to.
private struct Counter: Trainable {
  var iteration = 0
  var divergesAt = Int.max
  var blocks: [Int] = []

  mutating func advance(to last: Int) -> Bool {
    blocks.append(last - iteration)
    iteration = min(last, divergesAt)
    return iteration == divergesAt
  }
}

@Suite("The training loop")
struct TrainingTests {
  @Test("observers see exactly their iterations, the start and the end included")
  func observers() throws {
    var counter = Counter()
    var seen: [[Int]] = [[], []]
    let observers = [[0, 3, 7, 10], [0, 5, 10, 20]].enumerated().map { index, iterations in
      Observer<Counter>(at: iterations) { seen[index].append($0.iteration) }
    }
    #expect(try train(&counter, through: 10, observers: observers) == .complete)
    #expect(seen == [[0, 3, 7, 10], [0, 5, 10]])
    #expect(counter.blocks == [1, 2, 2, 2, 3])
  }

  @Test("a continued training shows only what is still to come")
  func continued() throws {
    var counter = Counter(iteration: 4)
    var seen: [Int] = []
    let observer = Observer<Counter>(at: [0, 3, 4, 7]) { seen.append($0.iteration) }
    _ = try train(&counter, through: 7, observers: [observer])
    #expect(seen == [4, 7])
  }

  @Test("divergence stops it and is shown to whoever wants to see it")
  func divergence() throws {
    var counter = Counter(divergesAt: 5)
    var (seen, ignorant): ([Int], [Int]) = ([], [])
    let reason = try train(
      &counter, through: 10,
      observers: [
        Observer<Counter>(at: [0, 10], seesDivergence: true) { seen.append($0.iteration) },
        Observer<Counter>(at: [0, 10]) { ignorant.append($0.iteration) },
      ])
    #expect(reason == .diverged(iteration: 5))
    #expect(seen == [0, 5])
    #expect(ignorant == [0])
  }

  @Test("an interruption is asked for between blocks of bounded length")
  func interruption() throws {
    var counter = Counter()
    var asked = 0
    let reason = try train(&counter, through: 1000, observers: [], largestBlock: 10) {
      asked += 1
      return asked > 3
    }
    // Blocks of 1, 2, 4 and so on until they are large or slow.
    #expect(reason == .interrupted(iteration: 7))
    var (longest, before) = (0, 0)
    _ = try train(
      &counter, through: 1000, observers: [], largestBlock: 10,
      betweenBlocks: {
        longest = max(longest, $0.iteration - before)
        before = $0.iteration
      })
    #expect(longest == 10)
  }

  @Test("where steps are slow, an interruption is asked for after a few")
  func slowSteps() throws {
    struct Slow: Trainable {
      var iteration = 0
      mutating func advance(to last: Int) -> Bool {
        while iteration < last {
          usleep(6000)
          iteration += 1
        }
        return false
      }
    }
    var slow = Slow()
    var (longest, before) = (0, 0)
    _ = try train(
      &slow, through: 60, observers: [],
      betweenBlocks: {
        longest = max(longest, $0.iteration - before)
        before = $0.iteration
      })
    // Five steps take more than the time after which blocks are doubled.
    #expect((2...8).contains(longest))
  }

  @Test("an error of an observer leaves the subject where it was observed")
  func errors() throws {
    struct Stop: Error {}
    var counter = Counter()
    #expect(throws: Stop.self) {
      try train(
        &counter, through: 10, observers: [Observer<Counter>(at: [4]) { _ in throw Stop() }])
    }
    #expect(counter.iteration == 4)
  }
}

@Suite("Half-learning steps")
struct HalfLearningTests {
  @Test("the step is the same whether every step is looked at or only a few")
  func exact() throws {
    let training = try LinearTraining(coupledScenario())
    let values = training.problem.modes.values
    func steps(_ looks: [Int]) -> [Int?] {
      var descent = training.descent()
      var finder = HalfLearning(singularValues: values)
      for look in looks {
        _ = descent.advance(to: look)
        finder.look(at: descent)
      }
      return finder.steps
    }
    let every = steps(Array(0...1000))
    #expect(every == steps([0, 13, 200, 201, 1000]))
    #expect(every.compactMap(\.self).count >= 3)

    var descent = training.descent()
    for (mode, step) in every.enumerated() {
      guard let step, step > descent.iteration else { continue }
      var before = training.descent()
      _ = before.advance(to: step - 1)
      #expect(before.network.synapticProduct[mode, mode] < values[mode] / 2)
      _ = before.advance(to: step)
      #expect(before.network.synapticProduct[mode, mode] >= values[mode] / 2)
      descent = training.descent()
    }
  }
}
