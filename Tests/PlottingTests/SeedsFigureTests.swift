import Testing

@testable import Plotting

@Suite struct SeedsFigureTests {
  private func group(_ seeds: [[Double]]) -> SeedsFigure.Group {
    SeedsFigure.Group(
      label: "a", along: Column(name: "t", values: [1, 2]),
      quantity: Column(name: "risk", values: []),
      seeds: seeds)
  }

  @Test("The mean and the deviation are those over the seeds that have a value")
  func statistics() {
    let (mean, deviation) = group([[1, 5], [3, .nan], [5, 7]]).statistics()
    #expect(mean == [3, 6] && deviation == [2, 2.0.squareRoot()])
  }

  @Test("One seed has no deviation, and none has no mean")
  func few() {
    let one = group([[1, .nan]]).statistics()
    #expect(one.mean[0] == 1 && one.mean[1].isNaN && one.deviation == [0, 0])
    #expect(group([]).statistics().mean.allSatisfy { $0.isNaN })
  }

  @Test("Bands lie behind, then seeds, means, and theory in black dashes on top")
  func order() {
    var first = group([[1, 2], [2, 3]])
    first.theory = [1.5, 2.5]
    let panel = SeedsFigure.panel([first], showsSeeds: true)
    #expect(panel.marks[0] is Band)
    #expect(panel.marks(of: Curve.self).map(\.style) == [.faint, .faint, .empirical, .theory])
    #expect(panel.marks(of: Curve.self).last?.label == "theory")
  }
}
