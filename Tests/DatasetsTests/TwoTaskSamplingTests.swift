import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Two-task data")
struct TwoTaskSamplingTests {
  private func draw(_ data: TwoTaskData, seed: Int = 4) throws -> LabelledSamples {
    var numPy = try NumPyStream(seed: seed)
    var torch = TorchStream(seed: seed)
    return try data.draw(numPy: &numPy, torch: &torch)
  }

  @Test("targets are the products of their task's inputs, for any number of tasks")
  func products() throws {
    var data = TwoTaskData()
    (data.samples, data.testSamples, data.tasks) = (300, 100, 3)
    let samples = try draw(data)
    #expect(samples.inputs.rows == 300 && samples.inputs.columns == 6)
    #expect(samples.validTargets.rows == 100 && samples.validTargets.columns == 3)
    for row in 0..<300 {
      for task in 0..<3 {
        let product = samples.inputs[row, 2 * task] * samples.inputs[row, 2 * task + 1]
        // Two roundings of single precision.
        #expect(abs(product - samples.targets[row, task]) <= 2e-7 * product)
      }
    }
  }

  @Test("without exchange the second factor is at least ε; with it half of them are exchanged")
  func exchange() throws {
    var data = TwoTaskData()
    data.epsilon = 0.9
    data.isSwapped = false
    let kept = try draw(data)
    #expect(kept.inputs.column(1).allSatisfy { $0 > 0.8999 && $0 < 1.0001 })
    data.isSwapped = true
    let exchanged = try draw(data).inputs.column(1).count { $0 < 0.8999 || $0 > 1.0001 }
    // A first factor falls out of [0.9, 1] nine times in ten; half of 8000 rows are exchanged.
    #expect(abs(Double(exchanged) - 0.5 * 8000 * 0.9) < 5 * 45)
  }

  @Test("grids vary in one task, the probe in all alike")
  func grids() {
    let data = TwoTaskData()
    let grid = data.grid(task: 1, side: 3)
    #expect(grid.rows == 9)
    #expect(grid.row(0) == [0.5, 0.5, 0, 0] && grid.row(1) == [0.5, 0.5, 0, 0.5])
    #expect(grid.row(8) == [0.5, 0.5, 1, 1])
    let probe = data.probe()
    #expect(probe.rows == 25 && probe.row(7) == [0.25, 0.5, 0.25, 0.5])
  }

  @Test("a value that is no number is refused with its place")
  func notFinite() throws {
    var inputs = Matrix<Double>(rows: 4, columns: 2, repeating: 1)
    let targets = Matrix<Double>(rows: 4, columns: 1)
    inputs[2, 1] = .nan
    let error = #expect(throws: ScenarioError.self) {
      try LabelledSamples(
        inputs: inputs, targets: targets, validInputs: inputs, validTargets: targets)
    }
    #expect(
      error?.description
        == "The training inputs have the value nan in row 3, column 2: give data of finite numbers."
    )
  }
}
