import FiniteGroups
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Pairs of a group")
struct GroupSamplingTests {
  @Test("training and validation pairs are all pairs, told apart by the seed")
  func split() throws {
    var data = GroupData()
    data.group = .symmetric(4)
    data.fraction = 0.8
    var one = try NumPyStream(seed: 5)
    var other = try NumPyStream(seed: 6)
    let pairs = try data.draw(numPy: &one)
    #expect(pairs.training.count == 460 && pairs.valid.count == 116)
    #expect((pairs.training + pairs.valid).sorted() == Array(0..<576))
    #expect(pairs.training == pairs.training.sorted())
    let others = try data.draw(numPy: &other)
    #expect(others.training != pairs.training)
    var again = try NumPyStream(seed: 5)
    let permutation = again.permutation(count: 576)
    #expect(permutation[..<460].sorted() == pairs.training)
  }

  @Test("rows of dense networks are one-hot")
  func rows() throws {
    var data = GroupData()
    data.group = .cyclic(5)
    var stream = try NumPyStream(seed: 1)
    let rows = try data.drawRows(numPy: &stream)
    #expect(rows.inputs.columns == 10 && rows.targets.columns == 5)
    for row in 0..<rows.inputs.rows {
      let ones = rows.inputs.row(row).indices.filter { rows.inputs[row, $0] == 1 }
      #expect(ones.count == 2)
      #expect(rows.targets[row, (ones[0] + ones[1] - 5) % 5] == 1)
      #expect(rows.targets.row(row).reduce(0, +) == 1)
    }
  }

  @Test("too large a group says how much memory it needs")
  func memory() throws {
    var data = GroupData()
    data.group = .symmetric(8)
    var stream = try NumPyStream(seed: 1)
    #expect(throws: GroupError.self) { try data.draw(numPy: &stream, available: 1e9) }
  }
}
