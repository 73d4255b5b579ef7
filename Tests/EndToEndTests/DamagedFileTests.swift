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

  @Test("cut short, overwritten or foreign: verbs that read end with a sentence, not a crash")
  func damage() throws {
    let folder = try TemporaryFolder()
    try #require(
      Program.run(
        ["-t", "90", "--record", "every:9", "--no-plot", "--quiet", "--out", "run"],
        in: folder.path
      ).status == 0)
    let file = URL(fileURLWithPath: folder.path + "/run/run.h5")
    let whole = [UInt8](try Data(contentsOf: file))
    var generator = Generator(state: 1)
    var refused = 0
    for trial in 0..<24 {
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
      try Data(bytes).write(to: file)
      for verb in [["inspect"], ["export", "--quantity", "loss"]] {
        let outcome = try Program.run([verb[0], "run"] + verb.dropFirst(), in: folder.path)
        // Values have no checksums: damage in them alone goes unnoticed.
        #expect([0, 4].contains(outcome.status), "trial \(trial): \(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count <= 1, "\(outcome.errors)")
        if outcome.status == 4 {
          refused += 1
          #expect(outcome.errors.contains("run.h5"), "\(outcome.errors)")
        }
      }
    }
    #expect(refused > 12)
  }
}
