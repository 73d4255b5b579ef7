import Foundation
import Testing

@testable import Plotting

@Suite struct VectorFieldTests {
  static let axis = PlotAxis(label: "", range: -1...3)
  static let logarithmic = PlotAxis(label: "", isLogarithmic: true, range: 0.01...100)

  @Test(
    "Arrows are centred on their points, point where the field does, and fit between the points")
  func geometry() {
    let field = VectorField.over(Self.axis, Self.axis, count: 6) { x, y in (y + 0.1, -x) }
    let (arrows, shape) = (field.arrows(x: Self.axis, y: Self.axis, shape: 0.5), 0.5)
    let spacing = 0.85 * (shape / Double(field.x.values.count)).squareRoot()
    for index in field.x.values.indices {
      #expect(abs(arrows.x[index] + arrows.dx[index] / 2 - field.x.values[index]) < 1e-14)
      #expect(abs(arrows.y[index] + arrows.dy[index] / 2 - field.y.values[index]) < 1e-14)
      // Equal axes: the direction on the page is that of the field, seen in units of the width.
      let cross =
        arrows.dx[index] * field.v.values[index] - arrows.dy[index] * field.u.values[index]
      #expect(abs(cross) < 1e-14)
      #expect(arrows.dx[index] * field.u.values[index] >= 0)
      let length = hypot(arrows.dx[index] / 4, shape * arrows.dy[index] / 4)
      #expect(abs(length - spacing) < 1e-14)
    }
  }

  @Test("Lengths follow the speed where they are asked to, the fastest being as long as the others")
  func speeds() {
    func column(_ values: [Double]) -> Column { Column(name: "a", values: values) }
    let field = VectorField(
      x: column([0, 1, 2]), y: column([0, 0, 0]), u: column([1, 2, 4]), v: column([0, 0, 0]),
      lengths: .speed)
    let arrows = field.arrows(x: Self.axis, y: Self.axis, shape: 1)
    #expect(abs(arrows.dx[2] / arrows.dx[0] - 4) < 1e-12)
    #expect(field.speeds == [1, 2, 4])
  }

  @Test("On logarithmic axes arrows point where the field does on the picture")
  func logarithmicAxes() {
    let field = VectorField.over(Self.logarithmic, Self.logarithmic, count: 4) { x, y in (x, 2 * y)
    }
    let arrows = field.arrows(x: Self.logarithmic, y: Self.logarithmic, shape: 1)
    for index in field.x.values.indices {
      let across = log((arrows.x[index] + arrows.dx[index]) / arrows.x[index])
      let up = log((arrows.y[index] + arrows.dy[index]) / arrows.y[index])
      #expect(abs(up / across - 2) < 1e-12)
    }
  }

  @Test("Where nothing moves or nothing is known there is no arrow")
  func none() {
    func column(_ values: [Double]) -> Column { Column(name: "a", values: values) }
    let field = VectorField(
      x: column([0, 1, 2]), y: column([0, 0, .nan]), u: column([0, .nan, 1]), v: column([0, 0, 0]))
    #expect(field.arrows(x: Self.axis, y: Self.axis, shape: 1).x.allSatisfy { $0.isNaN })
  }
}
