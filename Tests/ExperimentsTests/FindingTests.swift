import Foundation
import Scenarios
import Testing

@testable import Experiments

@Suite("Expectations beside what runs show")
struct FindingTests {
  /// Runs of a sweep over one number x, with curves made from it.
  static func runs(
    _ values: [Double], seeds: Int = 1, _ curve: (Double, Double, Int) -> Double
  ) throws -> [MemberCurves] {
    var scenario = Scenario()
    var axis = SweepAxis()
    axis.name = "x"
    axis.keys = ["data.kappa"]
    axis.values = try #require(AxisValues(json: .array(values.map(JSON.number))))
    scenario.sweep.axes = [axis]
    if seeds > 1 { scenario.sweep.seeds = AxisValues(json: .string("1..\(seeds)")) }
    let places = (0...400).map { Double($0) / 4 }
    return try scenario.members().map { member in
      let x = member.coordinate("x")?.number ?? 0
      let seed = Int(member.coordinate("seed")?.number ?? 0)
      let track = Track(
        iterations: places, times: places.map { $0 / 10 },
        values: places.map { curve(x, $0, seed) })
      let half = Track(
        iterations: places, times: track.times, values: track.values.map { $0 / 2 })
      return MemberCurves(
        member: member, digest: nil, tracks: ["risk": track, "loss": half], known: [])
    }
  }

  static func finding(_ text: String, _ runs: [MemberCurves]) throws -> Finding {
    var expectation = Expectation.byDefault
    try expectation.apply(JSON.read(Array(text.utf8), name: "e"), path: "expected[1]")
    return try Finding(expectation, runs: runs)
  }

  /// Whether an expectation holds, and does not once one of its numbers is another.
  static func holds(
    _ text: String, _ runs: [MemberCurves], butNot change: (String, String)
  ) throws -> Bool {
    let other = text.replacingOccurrences(of: change.0, with: change.1)
    #expect(other != text, "\(change.0) is not in \(text)")
    return try finding(text, runs).holds && !finding(other, runs).holds
  }

  /// 2 + cos(2πt/40): minima at 20, 60, maxima at 40, 80.
  static func wave() throws -> [MemberCurves] {
    try runs([1]) { _, t, _ in 2 + cos(2 * .pi * t / 40) }
  }

  @Test("turns have a number, a value and a place")
  func turns() throws {
    let wave = try Self.wave()
    #expect(
      try Self.holds(
        "{\"kind\": \"minimum\", \"number\": 2, \"equals\": 1, \"tolerance\": 1e-9, \"position\": 60}",
        wave, butNot: ("60", "59")))
    #expect(
      try Self.holds(
        "{\"kind\": \"maximum\", \"equals\": 3, \"position\": 4, \"over\": \"time\"}", wave,
        butNot: ("3", "3.1")))
    // The third minimum is at the end, which is no turn.
    #expect(
      !(try Self.finding("{\"kind\": \"minimum\", \"number\": 3, \"equals\": 1}", wave).holds))
    #expect(try Self.holds("{\"kind\": \"minima\", \"equals\": 2}", wave, butNot: ("2", "1")))
    #expect(try Self.holds("{\"kind\": \"maxima\", \"equals\": 2}", wave, butNot: ("2", "3")))
  }

  @Test("values, extremes and plateaus of a part")
  func values() throws {
    let wave = try Self.wave()
    #expect(
      try Self.holds(
        "{\"kind\": \"value\", \"at\": 10, \"equals\": 2, \"tolerance\": 1e-9}", wave,
        butNot: ("10", "12")))
    #expect(
      try Self.holds(
        "{\"kind\": \"value\", \"at\": \"start\", \"equals\": 3}", wave, butNot: ("start", "end")))
    #expect(
      try Self.holds(
        "{\"kind\": \"least\", \"window\": [70, 80], \"at_least\": 1.9}", wave,
        butNot: ("70", "60")))
    #expect(
      try Self.holds("{\"kind\": \"largest\", \"at_most\": 3.1}", wave, butNot: ("3.1", "2.9")))
    #expect(
      try Self.holds(
        "{\"kind\": \"plateau\", \"window\": [18, 22], \"equals\": 1, \"tolerance\": 0.1}", wave,
        butNot: ("18", "8")))
  }

  @Test("slopes, levels and gaps")
  func shapes() throws {
    let powers = try Self.runs([1]) { _, t, _ in 3 * pow(t + 1e-300, 1.5) }
    #expect(
      try Self.holds(
        "{\"kind\": \"slope\", \"scale\": \"powers\", \"window\": [1, 100], \"equals\": 1.5, "
          + "\"tolerance\": 1e-9}", powers, butNot: ("1.5", "1.4")))
    let decay = try Self.runs([1]) { _, t, _ in exp(-0.3 * t) }
    #expect(
      try Self.holds(
        "{\"kind\": \"slope\", \"scale\": \"exponential\", \"equals\": -0.3, \"tolerance\": 1e-9}",
        decay, butNot: ("-0.3", "-0.2")))
    #expect(
      try Self.holds(
        "{\"kind\": \"passing\", \"level\": 0.5, \"equals\": 2.3105, \"tolerance\": 0.01}", decay,
        butNot: ("2.3105", "2.5")))
    #expect(
      try Self.holds(
        "{\"kind\": \"gap\", \"against\": \"loss\", \"at_most\": 0.5}", decay,
        butNot: ("0.5", "0.49")))
    #expect(
      try Self.holds(
        "{\"kind\": \"gap\", \"against\": \"loss\", \"relative\": true, \"at_most\": 1}", decay,
        butNot: ("1}", "0.9}")))
  }

  @Test("runs are selected, ordered, compared and fitted along an axis")
  func sweeps() throws {
    let runs = try Self.runs([1, 2, 4]) { x, t, _ in x * x * (1 + t) }
    #expect(
      try Self.holds(
        "{\"for\": {\"x\": 2}, \"at\": 0, \"equals\": 4}", runs, butNot: ("2}", "4}")))
    #expect(try Self.holds("{\"order\": \"rising\"}", runs, butNot: ("rising", "falling")))
    #expect(
      try Self.holds("{\"ratio\": 4, \"tolerance\": 1e-9}", runs, butNot: ("4", "3")))
    #expect(
      try Self.holds(
        "{\"exponent\": 2, \"along\": \"x\", \"tolerance\": 1e-9}", runs, butNot: ("2", "3")))
    #expect(
      try Self.holds(
        "{\"kind\": \"gap\", \"for\": {\"x\": 1}, \"against_for\": {\"x\": 2}, \"at_most\": 303}",
        runs, butNot: ("303", "302")))
    #expect(
      try Self.holds(
        "{\"kind\": \"largest\", \"reads\": \"position\", \"at_least\": 100}", runs,
        butNot: ("100", "101")))
    #expect(throws: ScenarioError.self) {
      try Self.finding("{\"for\": {\"x\": 3}, \"equals\": 1}", runs)
    }
    #expect(throws: ScenarioError.self) {
      try Self.finding("{\"of\": \"lost\", \"equals\": 1}", runs)
    }
  }

  @Test("draws are judged by their standard deviation, or by that of their mean curve")
  func draws() throws {
    // Draws −1, 0, 1 about 5: mean 5, deviation 1.
    let runs = try Self.runs([1], seeds: 3) { _, _, seed in 5 + Double(seed - 2) }
    #expect(
      try Self.holds(
        "{\"equals\": 7.9, \"deviations\": 3}", runs, butNot: ("7.9", "8.1")))
    #expect(
      try Self.holds(
        "{\"equals\": 7.9, \"deviations\": 3, \"average\": true}", runs, butNot: ("7.9", "8.1")))
    #expect(try Self.holds("{\"equals\": 5, \"average\": true}", runs, butNot: ("5", "6")))
    #expect(!(try Self.finding("{\"equals\": 5}", runs).holds))
  }

  @Test("ranges of double descent are right to a step of the axis")
  func ranges() throws {
    // Falls, rises and falls again for x = 3, 4, 5 only.
    let runs = try Self.runs([1, 2, 3, 4, 5, 6]) { x, t, _ in
      (3...5).contains(x) ? cos(2 * .pi * t / 60) - t / 50 : -t
    }
    let text =
      "{\"kind\": \"double-descent\", \"along\": \"x\", \"steps\": 0, \"ranges\": [[3, 5]]}"
    #expect(try Self.holds(text, runs, butNot: ("[3, 5]", "[2, 5]")))
    #expect(try Self.holds(text, runs, butNot: ("[3, 5]", "[3, 6]")))
    #expect(try Self.holds(text, runs, butNot: ("[[3, 5]]", "[]")))
    #expect(
      try Self.finding(
        text.replacingOccurrences(of: "\"steps\": 0", with: "\"steps\": 1")
          .replacingOccurrences(of: "[3, 5]", with: "[2, 6]"), runs
      ).holds)
  }

  @Test("numbers that are missing hold nothing")
  func missing() throws {
    let runs = try Self.runs([1]) { _, _, _ in .nan }
    for claim in ["\"equals\": 1, \"tolerance\": 1e9", "\"at_least\": -1e9", "\"at_most\": 1e9"] {
      #expect(!(try Self.finding("{\(claim)}", runs).holds), "\(claim)")
    }
  }
}
