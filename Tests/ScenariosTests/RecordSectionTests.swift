import Testing

@testable import Scenarios

/// base^exponent in digits of 2³², least first: whole numbers without rounding.
private func power(_ base: Int, _ exponent: Int) -> [UInt64] {
  var digits: [UInt64] = [1]
  for _ in 0..<exponent {
    var carry: UInt64 = 0
    for i in digits.indices {
      let product = digits[i] * UInt64(base) + carry
      digits[i] = product & 0xFFFF_FFFF
      carry = product >> 32
    }
    if carry > 0 { digits.append(carry) }
  }
  return digits
}

private func isAtMost(_ a: [UInt64], _ b: [UInt64]) -> Bool {
  a.count != b.count ? a.count < b.count : !b.reversed().lexicographicallyPrecedes(a.reversed())
}

@Suite("Recording schedules")
struct RecordSectionTests {
  @Test(
    "geom:N records {0, T} and the whole part of T^(i/(N−1)), exactly",
    arguments: [
      (1, 2), (2, 2), (7, 5), (10, 3), (100, 3), (1000, 4), (1000, 7), (4096, 13), (59_049, 11),
      (99_999, 12), (100_000, 11), (100_000, 6), (1_000_000, 7), (1_000_000, 25),
      (1_000_000_000, 10), (999_999_937, 40),
    ])
  func geometric(last: Int, count: Int) {
    let iterations = RecordingSchedule.geometric(count).iterations(through: last)
    var expected: Set<Int> = [0, last]
    for i in 0..<count {
      // The whole part k of the root is the only one with k^(N−1) ≤ T^i < (k+1)^(N−1).
      let target = power(last, i)
      var (low, high) = (1, last + 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if isAtMost(power(middle, count - 1), target) { low = middle } else { high = middle }
      }
      expected.insert(low)
    }
    #expect(iterations == expected.sorted())
  }

  @Test("powers of ten come out whole", arguments: 1...15)
  func powersOfTen(exponent: Int) {
    let tens = (0...exponent).map { k in (0..<k).reduce(1) { product, _ in product * 10 } }
    #expect(
      RecordingSchedule.geometric(exponent + 1).iterations(through: tens[exponent]) == [0] + tens)
  }

  @Test("the default on 100000 steps starts 0, 1, 2, 3 and ends at the last step")
  func byDefault() {
    let iterations = RecordSection().schedule.iterations(through: 100_000)
    #expect(iterations.prefix(4) == [0, 1, 2, 3])
    #expect(iterations.last == 100_000)
    #expect(iterations.count < 702 && iterations.count > 500)
    #expect(iterations == Array(Set(iterations)).sorted())
  }

  @Test(
    "every schedule of 0 steps is [0] and of 1 step [0, 1]",
    arguments: [RecordingSchedule.geometric(700), .every(3), .all, .none])
  func shortest(schedule: RecordingSchedule) {
    #expect(schedule.iterations(through: 0) == [0])
    #expect(schedule.iterations(through: 1) == [0, 1])
  }

  @Test("every:N keeps the last step, all and none are what they say")
  func others() {
    #expect(RecordingSchedule.every(3).iterations(through: 7) == [0, 3, 6, 7])
    #expect(RecordingSchedule.every(3).iterations(through: 6) == [0, 3, 6])
    #expect(RecordingSchedule.all.iterations(through: 3) == [0, 1, 2, 3])
    #expect(RecordingSchedule.none.iterations(through: 9) == [0, 9])
  }

  @Test(
    "words that are no schedule are refused",
    arguments: ["", "geom", "geom:", "geom:1", "geom:x", "geom:2:3", "every:0", "every:-1", "ALL"])
  func refused(word: String) {
    #expect(RecordingSchedule(json: .string(word)) == nil)
  }

  @Test("schedules write what they read", arguments: ["geom:2", "every:1", "all", "none"])
  func roundTrip(word: String) {
    #expect(RecordingSchedule(json: .string(word))?.json == .string(word))
  }
}
