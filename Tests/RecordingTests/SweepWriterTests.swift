import Testing

@testable import Recording

@Suite("Blocks of runs in the file of a sweep")
struct SweepWriterTests {
  /// The numbers of the runs of a box, row-major.
  private func runs(of box: RunBox, in shape: [Int]) -> [Int] {
    var runs = [0]
    for (axis, size) in shape.enumerated() {
      let places = box.start[axis]..<box.start[axis] + box.shape[axis]
      runs = runs.flatMap { run in places.map { run * size + $0 } }
    }
    return runs
  }

  @Test("boxes are the range, in order", arguments: [[], [7], [3, 4], [2, 3, 5], [1, 6, 1, 2]])
  func ranges(_ shape: [Int]) {
    let count = shape.reduce(1, *)
    for first in 0..<count {
      for last in first...count {
        let found = boxes(of: first..<last, in: shape)
        #expect(found.flatMap { runs(of: $0, in: shape) } == Array(first..<last))
        #expect(found.count <= max(1, 2 * shape.count))
      }
    }
  }
}
