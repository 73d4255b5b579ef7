import Testing

@testable import RandomStreams

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct TorchBlockNormalsTests {
  @Test("The last sixteen numbers of an uneven count come from sixteen words of their own")
  func lastBlock() {
    for count in [17, 31, 33, 47] {
      var stream = TorchStream(seed: 12)
      let numbers = stream.normals(count: count)
      var later = TorchStream(seed: 12)
      for _ in 0..<count { _ = later.uniformFloat() }
      #expect(Array(numbers.suffix(16)) == later.normals(count: 16))
      #expect(later == stream)
    }
  }

  @Test("The first block of a longer draw is the shorter draw, where the last does not cover it")
  func firstBlock() {
    var short = TorchStream(seed: 0)
    var long = short
    #expect(Array(long.normals(count: 32).prefix(8)) != short.normals(count: 8))
    short = TorchStream(seed: 0)
    long = short
    let block = short.normals(count: 16)
    #expect(Array(long.normals(count: 32).prefix(16)) == block)
    long = TorchStream(seed: 0)
    #expect(Array(long.normals(count: 17).prefix(2)).map { block.contains($0) } == [true, false])
  }

  @Test("The logarithm is within two units in the last place over the uniform numbers")
  func logarithmAccuracy() {
    // Every 64th of the arguments 1 − k·2⁻²⁴ that occur, and the ends.
    for k in Array(stride(from: 0, to: 1 << 24, by: 64)) + [1, 2, 3, 1 << 24 - 1] {
      let x = 1 - Float(k) * 0x1p-24
      let exact = log(Double(x))
      let error = abs(Double(cephesLogarithm(x)) - exact)
      if error > 2 * Double(Float(exact).ulp) { Issue.record("log(\(x)) is off by \(error)") }
    }
    #expect(cephesLogarithm(1) == 0)
  }

  @Test("Sine and cosine are within 1.2·10⁻⁷ over the whole turn")
  func sineAndCosineAccuracy() {
    let turn = Float(2 * Double.pi)
    for k in stride(from: 0, to: 1 << 24, by: 64) {
      let angle = turn * (Float(k) * 0x1p-24)
      let (sine, cosine) = cephesSineAndCosine(angle)
      let error = max(
        abs(Double(sine) - sin(Double(angle))), abs(Double(cosine) - cos(Double(angle))))
      if error > 1.2e-7 { Issue.record("at the angle \(angle) off by \(error)") }
    }
    #expect(cephesSineAndCosine(0) == (0, 1))
  }
}
