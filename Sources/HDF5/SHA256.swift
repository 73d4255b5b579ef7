import DynKernels

/// The hash function SHA-256 over bytes that come in pieces.
///
/// - Source: NIST, FIPS 180-4, Secure Hash Standard, sections 4.1.2, 4.2.2, 5.3.3 and 6.2.
public struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block of 64 yet.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// A hash of no bytes yet.
  public init() { pending.reserveCapacity(128) }

  /// Takes further bytes in.
  ///
  /// - Complexity: O(bytes).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let head = rest.prefix(64 - pending.count)
      pending.append(contentsOf: head)
      rest = rest.dropFirst(head.count)
      guard pending.count == 64 else { return }
      let block = pending
      block.withUnsafeBytes { compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    rest = rest.dropFirst(compressByInstructions(UnsafeRawBufferPointer(rebasing: rest)))
    while rest.count >= 64 {
      compress(UnsafeRawBufferPointer(rebasing: rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    pending.append(contentsOf: rest)
  }

  /// Takes further bytes in.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The hash of all bytes so far, 64 hexadecimal digits; more may follow after.
  public var hexadecimal: String {
    var copy = self
    // A one bit, zeros up to 8 bytes short of a block, and the length in bits.
    let zeros = (119 - Int(length % 64)) % 64
    let bits = length &* 8
    copy.update(
      [0x80] + [UInt8](repeating: 0, count: zeros)
        + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    return (0..<8).map { index in
      let digits = String(copy.state[index], radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Takes in all whole blocks if the processor has instructions for it; returns their bytes.
  private mutating func compressByInstructions(_ bytes: UnsafeRawBufferPointer) -> Int {
    let blocks = bytes.count / 64
    guard blocks > 0, let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return 0 }
    var words = (0..<8).map { state[$0] }
    guard dyn_sha256(&words, SHA256.constants, start, Int64(blocks)) != 0 else { return 0 }
    for i in 0..<8 { state[i] = words[i] }
    return 64 * blocks
  }

  private mutating func compress(_ block: UnsafeRawBufferPointer) {
    func turn(_ x: UInt32, _ by: UInt32) -> UInt32 { x &>> by | x &<< (32 &- by) }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
      for t in 0..<16 {
        w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 &* t, as: UInt32.self))
      }
      for t in 16..<64 {
        let s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] &>> 3)
        let s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] &>> 10)
        w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      SHA256.constants.withUnsafeBufferPointer { k in
        for t in 0..<64 {
          let sum1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
          let t1 = h &+ sum1 &+ ((e & f) ^ (~e & g)) &+ k[t] &+ w[t]
          let sum0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
          let t2 = sum0 &+ ((a & b) ^ (a & c) ^ (b & c))
          (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
        }
      }
      state = state &+ [a, b, c, d, e, f, g, h]
    }
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes, section 4.2.2.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      // The largest whole root with root³ ≤ prime·2⁹⁶, bit by bit; its low half is the fraction.
      var root: UInt64 = 0
      for bit in (0..<36).reversed() {
        let larger = UInt128(root | 1 << UInt64(bit))
        if larger * larger * larger <= UInt128(prime) << 96 { root = UInt64(larger) }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }()
}
