import Testing

/// The SHA-256 digest in hexadecimal (FIPS 180-4), to compare long vectors.
func sha256(_ bytes: [UInt8]) -> String {
  let primes = (2...311).filter { n in !(2..<n).contains { n.isMultiple(of: $0) } }
  // 32 bits of the fractional part of a root, found by halving in exact integers.
  func fraction(_ prime: Int, power: Int) -> UInt32 {
    var low: UInt128 = 0
    var high = UInt128(prime) << 32
    while high - low > 1 {
      let middle = (low + high) / 2
      let reached =
        power == 2
        ? middle * middle > UInt128(prime) << 64
        : middle * middle * middle > UInt128(prime) << 96
      if reached { high = middle } else { low = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }
  let constants = primes.map { fraction($0, power: 3) }
  var hash = primes.prefix(8).map { fraction($0, power: 2) }

  var message = bytes + [0x80]
  message += [UInt8](repeating: 0, count: (120 - message.count % 64) % 64)
  let length = UInt64(bytes.count) * 8
  message += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> $0) }

  func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
  var schedule = [UInt32](repeating: 0, count: 64)
  for block in stride(from: 0, to: message.count, by: 64) {
    for t in 0..<16 {
      schedule[t] = message[block + 4 * t..<block + 4 * t + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for t in 16..<64 {
      let early = schedule[t - 15]
      let late = schedule[t - 2]
      schedule[t] =
        schedule[t - 16] &+ schedule[t - 7]
        &+ (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3)
        &+ (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10)
    }
    var v = hash
    for t in 0..<64 {
      let choice = v[4] & v[5] ^ ~v[4] & v[6]
      let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
      let first =
        v[7] &+ (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) &+ choice
        &+ constants[t] &+ schedule[t]
      let second = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) &+ majority
      v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for k in 0..<8 { hash[k] &+= v[k] }
  }
  return hash.map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }.joined()
}

@Test("The digest of the published examples is the published one")
func digestOfPublishedExamples() {
  #expect(
    sha256(Array("abc".utf8))
      == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  #expect(
    sha256(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
      == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  #expect(sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
}
