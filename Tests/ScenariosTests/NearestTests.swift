import Testing

@testable import Scenarios

@Suite("The nearest name")
struct NearestTests {
  static let names = ["kappa", "samples", "sigmas", "seed", "dim", "test_samples"]

  @Test(
    "one slip of the fingers finds the name",
    arguments: [
      ("kapa", "kappa"), ("kappaa", "kappa"), ("kapap", "kappa"), ("KAPPA", "kappa"),
      ("sample", "samples"), ("smaples", "samples"), ("sigma", "sigmas"), ("sede", "seed"),
      ("din", "dim"), ("testsamples", "test_samples"),
    ])
  func finds(typed: String, meant: String) {
    #expect(nearestName(to: typed, in: Self.names) == meant)
  }

  @Test("nothing near finds nothing", arguments: ["", "x", "temperature", "kxxxa", "di__"])
  func findsNothing(typed: String) {
    #expect(nearestName(to: typed, in: Self.names) == nil)
  }

  @Test("of two equally near names the first by alphabet wins, and no names find nothing")
  func ties() {
    #expect(nearestName(to: "bat", in: ["cat", "bad"]) == "bad")
    #expect(nearestName(to: "a", in: []) == nil)
  }
}
