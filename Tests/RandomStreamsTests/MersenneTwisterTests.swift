import RandomStreams
import Testing

@Suite struct MersenneTwisterTests {
  @Test("Seeding by words gives CPython's words, which seeds its generator that way")
  func wordsOfCPython() throws {
    // The magnitude of the seed as words, lowest first.
    let seedWords: [String: [UInt32]] = [
      "0": [0], "12": [12], "-12": [12], "1099511627781": [5, 256],
      "1267650600228229401496703205379": [3, 0, 0, 16],
    ]
    let entries = try JSON.reference("numpy_legacy").value("cpython_random").list
    #expect(entries.count == seedWords.count)
    for entry in entries {
      let seed = try #require(try entry.value("seed").text)
      let words = try #require(seedWords[seed])
      try compare(
        entry, except: ["seed"],
        with: [
          "u32": {
            var generator = try MersenneTwister(words: words)
            return .words((0..<8).map { _ in generator.nextWord() })
          },
          "random": {
            var stream = try NumPyStream(words: words)
            return .bits((0..<4).map { _ in stream.uniform() })
          },
        ], "CPython seed \(seed)")
    }
  }

  @Test("The 10000th word of the authors' default seed is the one the C++ standard demands")
  func tenThousandthWord() {
    var generator = MersenneTwister(seed: 5489)
    for _ in 1..<10_000 { _ = generator.nextWord() }
    #expect(generator.nextWord() == 4_123_659_995)
  }

  @Test("A double word is the next two words, the first in the upper half")
  func doubleWord() {
    var words = MersenneTwister(seed: 12)
    var doubles = words
    let upper = UInt64(words.nextWord())
    let lower = UInt64(words.nextWord())
    #expect(doubles.nextDoubleWord() == upper << 32 + lower)
    #expect(doubles == words)
  }

  @Test("A restored state continues the words", arguments: [0, 1, 623, 624, 625, 1000])
  func restoring(after count: Int) throws {
    var generator = MersenneTwister(seed: 12)
    for _ in 0..<count { _ = generator.nextWord() }
    var restored = try MersenneTwister(state: generator.state, position: generator.position)
    #expect(restored == generator)
    for _ in 0..<1300 { #expect(restored.nextWord() == generator.nextWord()) }
  }

  @Test("What is no state is refused with the offending value")
  func refusedStates() throws {
    let state = MersenneTwister(seed: 12).state
    #expect(throws: RandomStreamError.noSeedWords) { try MersenneTwister(words: []) }
    #expect(throws: RandomStreamError.stateCount(623)) {
      try MersenneTwister(state: Array(state.dropLast()), position: 0)
    }
    for position in [-1, 625] {
      #expect(throws: RandomStreamError.positionOutOfRange(position)) {
        try MersenneTwister(state: state, position: position)
      }
    }
    var vanishing = [UInt32](repeating: 0, count: MersenneTwister.stateCount)
    vanishing[0] = 0x7fff_ffff  // the recurrence never looks at these bits
    #expect(throws: RandomStreamError.vanishingState) {
      try MersenneTwister(state: vanishing, position: 624)
    }
    vanishing[0] = 0x8000_0000
    #expect(throws: Never.self) { try MersenneTwister(state: vanishing, position: 624) }
  }
}
