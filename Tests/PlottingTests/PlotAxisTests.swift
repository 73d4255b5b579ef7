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

  @Test("Values over two decades are logarithmic unless one is negative")
  func decades() {
    #expect(PlotAxis.fitting([1, 100], label: "").isLogarithmic)
    #expect(!PlotAxis.fitting([1, 99], label: "").isLogarithmic)
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
}
