import Foundation
import Testing

@testable import Plotting

@Suite struct PaletteTests {
  /// Relative luminance of `#rrggbb` as in the Web Content Accessibility Guidelines.
  private func luminance(_ colour: String) throws -> Double {
    let number = try #require(Int(colour.dropFirst(), radix: 16))
    return zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
      let value = Double(number >> part.0 & 255) / 255
      return sum + part.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
  }

  @Test("Every colour of the palette is another and has a contrast of at least 2 to white")
  func contrast() throws {
    let colours = (0..<Colour.count).map { Colour.number($0).hexadecimal }
    #expect(Set(colours).count == 10)
    for colour in colours { #expect(try 1.05 / (luminance(colour) + 0.05) >= 2) }
  }

  @Test("Colours repeat when there are no more")
  func cycle() {
    #expect(Colour.number(Colour.count).hexadecimal == Colour.number(0).hexadecimal)
  }
}
