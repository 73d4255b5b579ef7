import LinearAlgebra
import Testing

@testable import Analysis

@Suite("Task-gradient capture")
struct TaskCaptureTests {
  @Test("shares are weighted by the norms; the wrong task counts for the larger share only")
  func capture() {
    let capture = TaskCapture(norms: [3, 1], variances: Matrix([[3.0, 1], [1, 4]]), task: 0)
    #expect(abs(capture.own - (3 * 0.75 + 0.2) / 4) < 1e-15)
    #expect(abs(capture.largest - (3 * 0.75 + 0.8) / 4) < 1e-15)
  }

  @Test("maps without length or without variance are left out")
  func nothing() {
    let capture = TaskCapture(
      norms: [0, 2, 1], variances: Matrix([[1.0, 9], [0, 0], [1, 0]]), task: 1)
    #expect(capture.own == 0 && capture.largest == 1)
    #expect(TaskCapture(norms: [0], variances: Matrix([[1.0, 1]]), task: 0).own.isNaN)
  }
}
