import Foundation
import Testing

@Suite("Files that are damaged or were never a run")
struct DamagedFileTests {
  /// Numbers that are the same on every machine.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 31)) &* 0x9E37_79B9_7F4A_7C15
    }
  }

  /// `DYN_DAMAGES=1000 DYN_DAMAGE_SEED=7 swift test --filter DamagedFileTests` tries more, and others.
  @Test("cut short, overwritten or foreign: verbs that read end with a sentence, not a crash")
  func damage() throws {
    let environment = ProcessInfo.processInfo.environment
    let trials = environment["DYN_DAMAGES"].flatMap(Int.init) ?? 24
    let seed = environment["DYN_DAMAGE_SEED"].flatMap(UInt64.init) ?? 1
    let folder = try TemporaryFolder()
    let flags = ["-t", "90", "--record", "every:9", "--no-plot", "--quiet", "--out"]
    for name in ["run", "whole"] {
      try #require(Program.run(flags + [name], in: folder.path).status == 0)
    }
    let file = URL(fileURLWithPath: folder.path + "/run/run.h5")
    let whole = [UInt8](try Data(contentsOf: file))
    var generator = Generator(state: seed)
    var refused = 0
    let verbs = [
      ["inspect", "run"], ["export", "run", "--quantity", "loss"], ["theory", "run"],
      ["compare", "run"], ["compare", "whole", "run"], ["plot", "run", "--figure", "loss"],
      ["resume", "run", "-t", "120", "--no-plot"],
    ]
    for trial in 0..<trials {
      var bytes = whole
      switch trial % 4 {
      case 0: bytes.removeLast(Int.random(in: 1..<whole.count, using: &generator))
      case 1:
        for _ in 0..<10 {
          bytes[Int.random(in: 0..<whole.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
      case 2:
        let place = Int.random(in: 0..<whole.count - 8, using: &generator)
        bytes.replaceSubrange(place..<place + 8, with: [UInt8](repeating: 255, count: 8))
      default: bytes = Array("This is no run.\n".utf8)
      }
      // Two verbs for each damage, all of them in turn.
      for verb in [verbs[trial % verbs.count], verbs[(trial / 7 + 1) % verbs.count]] {
        try Data(bytes).write(to: file)
        let outcome = try Program.run(verb, in: folder.path)
        let told = "seed \(seed), trial \(trial), \(verb): \(outcome.errors)"
        // Values have no checksums: damage in them alone goes unnoticed, or makes a run diverge.
        #expect([0, 3, 4].contains(outcome.status), "\(told)")
        #expect(!outcome.errors.contains("Fatal error"), "\(told)")
        if outcome.status == 4 {
          refused += 1
          let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("warning:") }
          #expect((1...2).contains(lines.count), "\(told)")
          // Either file may be the one that does not fit the other.
          let names = ["run.h5", "checkpoint.h5"]
          #expect(names.contains { outcome.errors.contains($0) }, "\(told)")
        }
      }
    }
    #expect(refused > trials / 2)
  }

  @Test("a heap of texts whose objects claim to be larger than it ends in a sentence, not a hang")
  func heaps() throws {
    let folder = try TemporaryFolder()
    let flags = ["-t", "90", "--record", "every:9", "--no-plot", "--quiet", "--out", "run"]
    try #require(Program.run(flags, in: folder.path).status == 0)
    let file = URL(fileURLWithPath: folder.path + "/run/run.h5")
    let whole = try Data(contentsOf: file)
    // A heap is 16 bytes of header, then objects: index, count of references, 4 bytes, size, bytes.
    let signature = Data("GCOL".utf8)
    var heaps: [Int] = []
    while let found = whole.range(of: signature, in: (heaps.last.map { $0 + 4 } ?? 0)..<whole.count)
    {
      heaps.append(found.lowerBound)
    }
    #expect(heaps.count > 2)
    let verbs = [["resume", "run", "-t", "120", "--no-plot"], ["inspect", "run"]]
    var cases = heaps.flatMap { heap in
      [UInt64.max, UInt64(1) << 40].flatMap { size in verbs.map { (heap, size, $0) } }
    }
    // Without size the library walks on the spot, until the time is up.
    cases.append((heaps[0], 0, verbs[0]))
    for (heap, size, verb) in cases {
      var bytes = whole
      withUnsafeBytes(of: size.littleEndian) {
        bytes.replaceSubrange(heap + 24..<heap + 32, with: $0)
      }
      try bytes.write(to: file)
      let outcome = try Program.run(verb, in: folder.path)
      #expect([0, 4].contains(outcome.status), "heap \(heap), \(size), \(verb)")
    }
  }
}
