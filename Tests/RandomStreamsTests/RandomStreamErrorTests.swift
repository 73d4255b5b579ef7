import RandomStreams
import Testing

@Suite struct RandomStreamErrorTests {
  @Test(
    "A message holds the offending value and what would be right",
    arguments: [
      (.seedOutOfRange(-7), ["-7", "4294967295"]), (.stateCount(5), ["5", "624"]),
      (.positionOutOfRange(700), ["700", "624"]), (.sizeNotPositive(0), ["0", "at least 1"]),
      (.noSeedWords, ["at least one"]), (.vanishingState, ["zeros", "seed"]),
    ] as [(RandomStreamError, [String])])
  func messages(error: RandomStreamError, parts: [String]) {
    for part in parts { #expect(error.description.contains(part)) }
  }
}
