import Testing

@testable import Experiments

@Suite("Curves at places")
struct TrackTests {
  static let track = Track(
    iterations: [0, 1, 2, 4], times: [0, 0.5, 1, 2], values: [1, 3, 2, 6])

  @Test("values between places are interpolated, outside there are none")
  func values() {
    #expect(Self.track.value(at: 2, .iteration) == 2)
    #expect(Self.track.value(at: 3, .iteration) == 4)
    #expect(Self.track.value(at: 1.5, .time) == 4)
    #expect(Self.track.value(at: 5, .iteration) == nil)
    #expect(Self.track.value(at: -1, .iteration) == nil)
  }

  @Test("a level is passed where it is first reached, from above or from below")
  func passing() {
    #expect(Self.track.passing(of: 2, .iteration) == 0.5)
    #expect(Self.track.passing(of: 4, .iteration) == 3)
    #expect(Self.track.passing(of: 4, .time) == 1.5)
    #expect(Self.track.passing(of: 1, .iteration) == 0)
    #expect(Self.track.passing(of: 7, .iteration) == nil)
    let falling = Track(iterations: [0, 2], times: [0, 2], values: [4, 0])
    #expect(falling.passing(of: 1, .iteration) == 1.5)
  }

  @Test("a window keeps its ends")
  func window() {
    #expect(Self.track.part([1, 2], .iteration).values == [3, 2])
    #expect(Self.track.part([0.5, 2], .time).values == [3, 2, 6])
    #expect(Self.track.part([], .time) == Self.track)
  }

  @Test("means have the standard deviation of a sample about them")
  func means() throws {
    let tracks = [1.0, 2, 6].map { Track(iterations: [7], times: [7], values: [$0]) }
    let mean = try #require(Track.mean(of: tracks))
    #expect(mean.mean.values == [3] && mean.deviation == [Double(7).squareRoot()])
    #expect(Track.mean(of: []) == nil)
    #expect(Track.mean(of: [tracks[0], Self.track]) == nil)
  }

  @Test("the slope of a parabola is exact on any places, ends included")
  func slope() {
    let places = [0.0, 1, 1.5, 4, 10, 11]
    let track = Track(
      iterations: places, times: places, values: places.map { 3 * $0 * $0 - 2 * $0 + 7 })
    for (place, value) in zip(places, track.slope.values) {
      #expect(abs(value - (6 * place - 2)) < 1e-12 * 64)
    }
    for value in track.slope.slope.values { #expect(abs(value - 6) < 1e-12 * 64) }
    let short = Track(iterations: [0, 1], times: [0, 1], values: [1, 2]).slope
    for value in short.values { #expect(value.isNaN) }
  }
}
