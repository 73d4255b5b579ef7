import Scenarios
import Testing

@testable import Experiments

@Suite("Memory that a run needs")
struct MemoryEstimateTests {
  @Test("the default fits anywhere; each size, made huge, is named with what it takes")
  func estimates() throws {
    try MemoryEstimate(Scenario()).check(available: 64e6)
    for key in ["data.samples", "data.test_samples", "data.dim", "network.hidden"] {
      var scenario = Scenario()
      try scenario.set(key, to: .number(1e9))
      let error = #expect(throws: ScenarioError.self) {
        try MemoryEstimate(scenario).check(available: 64e9)
      }
      // All samples of a large training set are tested on a hundred times as many.
      #expect(error?.key == (key == "data.samples" ? "data.test_samples" : key))
      #expect(error?.problem.contains("B of memory, the machine has 64 GB") == true)
    }
  }

  @Test("a hidden width of a million fits into a few gigabytes")
  func wide() throws {
    var scenario = Scenario()
    try scenario.set("network.hidden", to: .number(1e6))
    #expect(MemoryEstimate(scenario).bytes < 2e9)
  }

  @Test("the kernel of all samples is counted where it is recorded", arguments: [false, true])
  func kernel(isRecorded: Bool) throws {
    var scenario = Scenario()
    try scenario.set("network.kind", to: .string("dense"))
    try scenario.set("data.samples", to: .number(20_000))
    try scenario.set("record.jacobian", to: .boolean(isRecorded))
    // A square of 40 000 directions has 12.8 GB.
    #expect((MemoryEstimate(scenario).bytes > 60e9) == isRecorded)
  }

  @Test(
    "bytes in words",
    arguments: [
      (0, "0.0 B"), (999, "999 B"), (1000, "1.0 kB"), (1.54e9, "1.5 GB"), (9.99e12, "10 TB"),
    ])
  func words(bytes: Double, text: String) { #expect(MemoryEstimate.text(bytes) == text) }
}
