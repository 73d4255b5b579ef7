import Foundation
import Testing

@testable import Plotting

@Suite struct ColourScaleTests {
  /// A colour in Oklab, where equal distances look equal.
  ///
  /// - Source: B. Ottosson, "A perceptual color space for image processing", 2020.
  private func oklab(_ colour: String) throws -> [Double] {
    let number = try #require(Int(colour.dropFirst(), radix: 16))
    let linear = [16, 8, 0].map { shift -> Double in
      let value = Double(number >> shift & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    func mix(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
      rows.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let cones = mix(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], linear
    ).map(cbrt)
    return mix(
      [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
      ], cones)
  }

  private func distance(_ first: String, _ second: String) throws -> Double {
    zip(try oklab(first), try oklab(second)).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot()
  }

  @Test("Steps of a palette look equally large", arguments: ColourScale.Palette.allCases)
  func uniform(_ palette: ColourScale.Palette) throws {
    let stops = palette.stops
    let steps = try zip(stops, stops.dropFirst()).map { try distance($0, $1) }
    let mean = steps.reduce(0, +) / Double(steps.count)
    // Viridis was made uniform in another space, CAM02-UCS; in Oklab its steps keep within 40 %.
    for step in steps { #expect(abs(step / mean - 1) < 0.4) }
  }

  @Test("Lightness rises along a sequential palette, and falls from the middle of a diverging one")
  func lightness() throws {
    let sequential = try ColourScale.Palette.sequential.stops.map { try oklab($0)[0] }
    #expect(zip(sequential, sequential.dropFirst()).allSatisfy { $0 < $1 })
    let diverging = try ColourScale.Palette.diverging.stops.map { try oklab($0)[0] }
    #expect(zip(diverging[...5], diverging[1...5]).allSatisfy { $0 < $1 })
    #expect(zip(diverging[5...], diverging[6...]).allSatisfy { $0 > $1 })
    // Opposite ends weigh the same: their lightness differs by less than a step of either side.
    for (left, right) in zip(diverging, diverging.reversed()) { #expect(abs(left - right) < 0.08) }
  }

  @Test("Colours are those of the stops at their places, mixed between, and kept beyond the ends")
  func colours() {
    let palette = ColourScale.Palette.sequential
    #expect(palette.colour(at: 0) == "#440154" && palette.colour(at: 1) == "#fde725")
    #expect(palette.colour(at: 0.5) == "#21918c")
    #expect(palette.colour(at: -3) == "#440154" && palette.colour(at: 7) == "#fde725")
    #expect(palette.colour(at: 0.05) == "#461365")
    let scale = ColourScale(label: "", isLogarithmic: true, range: 1...100)
    #expect(scale.colour(of: 10) == palette.colour(at: 0.5))
    for value in [0, -1, .nan, .infinity] {
      #expect(scale.colour(of: value) == Colour.missing.hexadecimal)
    }
  }

  @Test("A diverging scale has its centre in the middle")
  func centre() {
    #expect(ColourScale.fitting([-1, 3], label: "", palette: .diverging).range == -3...3)
    #expect(ColourScale.fitting([1, 3], label: "", palette: .diverging, centre: 2).range == 1...3)
    #expect(ColourScale.fitting([], label: "", palette: .diverging).range == -1...1)
  }

  @Test(
    "Any values at all make a scale",
    arguments: [
      [], [.nan], [0], [5, 5], [-1, -1], [.infinity, 2], [1e308, -1e308], [1e-300, 1e300],
      [0, 1e-320],
    ])
  func ranges(_ values: [Double]) {
    for palette in ColourScale.Palette.allCases {
      for isLogarithmic in [nil, true, false] {
        let scale = ColourScale.fitting(
          values, label: "", palette: palette, isLogarithmic: isLogarithmic)
        #expect(scale.range.lowerBound < scale.range.upperBound)
      }
    }
  }

  @Test("Zeros do not stretch a logarithmic scale")
  func logarithmic() {
    #expect(ColourScale.fitting([0, 1, 1000], label: "").range == 1...1000)
    #expect(ColourScale.fitting([0, 1, 1000], label: "").isLogarithmic)
  }
}
