import LinearAlgebra
import Recording
import Scenarios
import Testing

@testable import Plotting

@Suite struct WeightPairsFigureTests {
  @Test("A box holds the points and the origin")
  func box() {
    let box = PairBounds([1, 2, .nan], [-3, -1, .infinity], scale: 3)
    for x in [0.0, 1, 2] { #expect(box.x.contains(x)) }
    for y in [-3.0, -1, 0] { #expect(box.y.contains(y)) }
  }

  @Test("A side that is flat to rounding is as wide as the other")
  func flat() {
    let box = PairBounds([0, 1e-18], [0, 2], scale: 2)
    #expect(abs((box.x.upperBound - box.x.lowerBound) - 2.8) < 1e-12)
    #expect(PairBounds([0], [0], scale: 0).x == PairBounds([.nan], [.nan], scale: 1).y)
  }

  @Test("Arrows keep the direction of their vector, stay in the box and are the largest two")
  func arrows() throws {
    let vectors = Matrix(rows: 3, columns: 3, elements: [0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1.0])
    let box = PairBounds([0, 1], [0, 0.01], scale: 1)
    let arrows = Directions(letter: "v", vectors: vectors).arrows(from: 0, to: 1, within: box)
    #expect(arrows.map(\.label) == ["v₁", "v₂"])
    for (arrow, vector) in zip(arrows, [(0.6, -0.8), (0.8, 0.6)]) {
      #expect(box.x.contains(arrow.x) && box.y.contains(arrow.y))
      #expect(abs(arrow.x * vector.1 - arrow.y * vector.0) < 1e-15)
      #expect(arrow.x != 0)
    }
    #expect(
      Directions(letter: "v", vectors: vectors).arrows(from: 1, to: 2, within: box).map(\.label)
        == ["v₁", "v₃"])
  }

  @Test("Four entries make six pairs in the order of the entries, with a star where they start")
  func pairs() throws {
    try withRun({ $0.training.iterations = 50 }) { run in
      let product = try run.series("product")
      let figure = try #require(try WeightPairsFigure.figure(of: run, in: .original))
      let names = figure.panels.map { [$0.x.label, $0.y.label] }
      #expect(
        names == [
          ["W₁₁", "W₁₂"], ["W₁₁", "W₂₁"], ["W₁₁", "W₂₂"], ["W₁₂", "W₂₁"], ["W₁₂", "W₂₂"],
          ["W₂₁", "W₂₂"],
        ])
      #expect(figure.panels.map { $0.marks(of: Arrow.self).count } == [2, 0, 2, 2, 0, 2])
      let curves = figure.panels[2].marks(of: Curve.self)
      #expect(curves[0].x.values == product.column(0))
      #expect(curves[0].y.values == product.column(3))
      #expect(curves[1].x.values == [product.row(0)[0]])
      #expect(curves[1].style == .start)
    }
  }

  @Test("In the basis of the modes the diagonal entries are the mode strengths")
  func synaptic() throws {
    try withRun({ $0.training.iterations = 50 }) { run in
      let strengths = try run.series("mode_strength")
      let figure = try #require(try WeightPairsFigure.figure(of: run, in: .synaptic))
      let curve = figure.panels[2].marks(of: Curve.self)[0]
      // Two products with orthogonal matrices: a few roundings of numbers below 1.
      for row in 0..<strengths.rows {
        #expect(abs(curve.x.values[row] - strengths.row(row)[0]) < 1e-14)
        #expect(abs(curve.y.values[row] - strengths.row(row)[1]) < 1e-14)
      }
    }
  }
}
