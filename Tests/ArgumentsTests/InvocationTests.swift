import Testing

@testable import Arguments

@Suite struct InvocationTests {
  @Test("an absent flag has no values and its switch stands as by default")
  func absence() throws {
    let invocation = try sample.parse([])
    #expect(invocation.values(of: "loaves").isEmpty)
    #expect(!invocation.isGiven("loaves"))
    #expect(invocation.isOn("steam") && !invocation.isOn("turbo"))
    #expect(invocation.setting(of: "steam") == nil)
  }

  @Test("a switch that was given is told from one that stands by default")
  func settings() throws {
    let invocation = try sample.parse(["--no-turbo", "--steam"])
    #expect(invocation.setting(of: "turbo") == false)
    #expect(invocation.setting(of: "steam") == true)
    #expect(invocation.isGiven("turbo"))
  }

  @Test("a question about a flag the grammar lacks is a programmer's mistake")
  func unknownName() async {
    await #expect(processExitsWith: .failure) {
      _ = try sample.parse([]).isGiven("loafs")
    }
  }

  @Test("help leaves nothing else to look at")
  func helpIsBare() throws {
    let invocation = try sample.parse(["-n", "2", "-h"])
    #expect(invocation.occurrences.isEmpty && invocation.operands.isEmpty)
  }
}
