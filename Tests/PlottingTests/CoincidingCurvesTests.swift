import Testing

@testable import Plotting

@Suite struct CoincidingCurvesTests {
  private func figure(_ curves: [(String, [Double])]) -> Figure {
    let along = Column(name: "k", values: [1, 2])
    let axis = PlotAxis(label: "", range: 0...9)
    return Figure(
      name: "a", title: "",
      panels: [
        Panel(
          x: axis, y: axis,
          marks: curves.enumerated().map { place, curve in
            Curve(
              label: curve.0, along: along, y: Column(name: curve.0, values: curve.1),
              colour: .number(place))
          })
      ]
    ).namingCoincidingCurvesTogether
  }

  private func curves(_ figure: Figure) -> [Curve] { figure.panels[0].marks(of: Curve.self) }

  @Test("Neighbours that lie on one another share a name, the first on top in its colour")
  func together() {
    let drawn = curves(
      figure([
        ("mode 1", [5, 0]), ("mode 2", [5, 0]), ("mode 3", [5.001, 0]), ("mode 4", [2, 1]),
      ]))
    #expect(drawn.map(\.label) == ["", "", "mode 1–3", "mode 4"])
    #expect(drawn.map(\.colour) == [.number(2), .number(1), .number(0), .number(3)])
  }

  @Test("Curves that can be told apart, or have no name, stay as they are")
  func apart() {
    let drawn = curves(figure([("mode 1", [5, 1]), ("mode 2", [5, 1.01]), ("", [5, 1.01])]))
    #expect(drawn.map(\.label) == ["mode 1", "mode 2", ""])
  }

  @Test("Missing values coincide, and unlike names are both said")
  func names() {
    let drawn = curves(figure([("run", [.nan, 1]), ("network", [.infinity, 1])]))
    #expect(drawn.map(\.label) == ["", "run – network"])
  }
}
