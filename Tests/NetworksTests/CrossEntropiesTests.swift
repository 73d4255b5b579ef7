import Foundation
import LinearAlgebra
import Testing

@testable import Networks

@Suite("Cross-entropies")
struct CrossEntropiesTests {
  static let logits = Matrix<Double>([
    [1, 2, 3, -1, 0.5], [0, 0, 0, 0, 0], [40, -40, 3, 2, 1], [-800, 0, -3, 5, 5],
  ])

  /// −log softmax by the definition, and whether the first largest logit is the label's.
  private func plain(_ row: [Double], _ label: Int) -> (Double, Bool) {
    let top = row.max() ?? 0
    return (
      log(row.reduce(0) { $0 + exp($1 - top) }) + top - row[label], row.firstIndex(of: top) == label
    )
  }

  @Test("they are those of the definition, ties and distant logits included")
  func definition() {
    for label in 0..<5 {
      let labels = [Int32](repeating: Int32(label), count: 4)
      let found = CrossEntropies(Self.logits, labels: labels)
      for row in 0..<4 {
        let (loss, isCorrect) = plain(Self.logits.row(row), label)
        // Each exponential is right to two units of the last place.
        #expect(abs(found.losses[row] - loss) <= 1e-14 * max(1, loss))
        #expect(found.isCorrect[row] == isCorrect)
      }
    }
  }

  @Test("the loss of a nearly certain class keeps its digits")
  func certain() {
    let found = CrossEntropies(Matrix<Double>([[50, 0, 0]]), labels: [0])
    #expect(abs(found.losses[0] / (2 * exp(-50)) - 1) < 1e-14)
  }

  @Test("a part that rows share is taken off")
  func part() {
    let part = Matrix<Double>([[1, 0, 0, 0, 2], [0, 3, 0, -1, 0]])
    let places: [Int32] = [1, 0, 0, 1]
    let labels: [Int32] = [0, 1, 2, 3]
    let less = Matrix<Double>(rows: 4, columns: 5) { row, column in
      Self.logits[row, column] - part[Int(places[row]), column]
    }
    let found = CrossEntropies(Self.logits, less: part, at: places, labels: labels)
    #expect(found == CrossEntropies(less, labels: labels))
    #expect(found.mean == found.losses.reduce(0, +) / 4)
  }

  @Test("probabilities sum to 1")
  func probabilities() {
    let found = CrossEntropies.probabilities(of: Self.logits)
    for row in 0..<4 {
      #expect(abs(found.row(row).reduce(0, +) - 1) < 1e-15 * 5)
      let top = Self.logits.row(row).max() ?? 0
      let total = Self.logits.row(row).reduce(0) { $0 + exp($1 - top) }
      for column in 0..<5 {
        #expect(abs(found[row, column] - exp(Self.logits[row, column] - top) / total) < 1e-15)
      }
    }
  }
}
