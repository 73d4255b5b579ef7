import Foundation
import Testing

@testable import Plotting

@Suite struct PlotAxisTests {
  @Test("Iterations over more than a decade are logarithmic from the first after the start")
  func iterations() {
    let long = PlotAxis.iterations([0, 1, 10, 100])
    #expect(long.isLogarithmic && long.range == 1...100)
    let short = PlotAxis.iterations([0, 1, 10])
    #expect(!short.isLogarithmic && short.range == 0...10)
    #expect(PlotAxis.iterations([0]).range == -1...1)
    #expect(PlotAxis.iterations([]).range == -1...1)
  }

  @Test("Values over a factor of thirty are logarithmic unless one is negative")
  func decades() {
    #expect(PlotAxis.fitting([1, 30], label: "").isLogarithmic)
    #expect(!PlotAxis.fitting([1, 29], label: "").isLogarithmic)
    #expect(!PlotAxis.fitting([-1, 1, 100], label: "").isLogarithmic)
  }

  @Test("Zeros and rounding do not stretch a logarithmic axis")
  func rounding() {
    let axis = PlotAxis.fitting([0, 1e-60, 1e-3, 1, .nan], label: "")
    #expect(axis.isLogarithmic)
    #expect(axis.range.lowerBound < 1e-3 && axis.range.lowerBound > 1e-4)
    #expect(axis.range.upperBound > 1 && axis.range.upperBound < 10)
  }

  @Test(
    "Any values at all make an axis that shows every finite one",
    arguments: [
      [], [.nan], [0], [5], [-5], [3, 3], [1e300, -1e300], [.infinity, 2], [1e308, -1e308],
      [.leastNonzeroMagnitude, 0], [1, 1 + 1e-15], [-1, -2], [0, 1], [1e-200, 1e200],
      [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
    ])
  func ranges(_ values: [Double]) {
    let axis = PlotAxis.fitting(values, label: "")
    #expect(axis.range.lowerBound < axis.range.upperBound)
    let floor = (values.filter(\.isFinite).max() ?? 0) * 1e-30
    for value in values where axis.shows(value) && (!axis.isLogarithmic || value > floor) {
      #expect(axis.range.contains(value))
    }
  }

  @Test("What is flat is shown flat and in the middle, at its own scale")
  func flat() {
    #expect(PlotAxis.fitting([0.01], label: "").range == 0.005...0.015)
    #expect(PlotAxis.fitting([0, 0], label: "").range == 0...1)
  }

  @Test("Marks are at round numbers, between two and eleven of them")
  func marks() {
    for width in [0.1, 0.7, 1, 1.3, 3, 9.99, 1234] {
      let axis = PlotAxis(label: "", range: 0...width)
      #expect((2...11).contains(Int(width / axis.step()) + 1), "\(width): \(axis.step())")
    }
    #expect(PlotAxis(label: "", range: 0...1).step() == 0.2)
  }

  @Test("There are as many marks as there is room for, and at least two")
  func placed() {
    #expect(PlotAxis(label: "", range: -0.02...0.02).marks(atMost: 2).count >= 2)
    #expect(
      PlotAxis(label: "", range: 0...1).labels(atMost: 5) == ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    let decades = PlotAxis(label: "", isLogarithmic: true, range: 1e-6...1e6)
    #expect(decades.marks(atMost: 4).map { log10($0).rounded() } == [-6, -3, 0, 3, 6])
    #expect(decades.labels(atMost: 2) == ["10-6", "100", "106"])
    let short = PlotAxis(label: "", isLogarithmic: true, range: 1.5...60)
    #expect(short.marks(atMost: 9) == [2, 5, 10, 20, 50])
    #expect(short.labels(atMost: 9) == ["2", "5", "10", "20", "50"])
  }

  @Test("A place is a fraction of the axis, and the value there is back to rounding")
  func places() {
    for axis in [
      PlotAxis(label: "", range: -3...5),
      PlotAxis(label: "", isLogarithmic: true, range: 0.1...1e4),
    ] {
      for place in [0, 0.25, 0.5, 1] {
        #expect(abs(axis.place(of: axis.value(at: place)) - place) < 1e-14)
      }
      // The place changes as fast as a difference over a small step says, to first order in it.
      let (value, step) = (axis.value(at: 0.5), 1e-7)
      let difference = (axis.place(of: value + step) - axis.place(of: value)) / step
      #expect(abs(axis.rate(of: 1, at: value) - difference) < 1e-6)
    }
  }

  @Test("Axes of cells end at the edges of the cells, axes of categories beyond the bars")
  func cells() {
    let linear = PlotAxis.cells(Column(name: "a", values: [1, 2, 4]))
    #expect(!linear.isLogarithmic && linear.range == 0.5...5)
    let geometric = PlotAxis.cells(Column(name: "a", values: [0, 1, 4, 64]))
    #expect(geometric.isLogarithmic && abs(geometric.range.lowerBound - 0.5) < 1e-15)
    #expect(PlotAxis.categories(["a", "b"]).range == 0.4...2.6)
    #expect(PlotAxis.categories([]).range == 0.4...1.6)
  }
}
