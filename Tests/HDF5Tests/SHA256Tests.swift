import Testing

@testable import HDF5

@Suite struct SHA256Tests {
  /// Examples of FIPS 180-4 as NIST publishes them, and the hash of no bytes.
  @Test(
    "equals the published examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func published(text: String, expected: String) {
    var hash = SHA256()
    hash.update([UInt8](text.utf8))
    #expect(hash.hexadecimal == expected)
  }

  @Test("a million letters a equal the published example, whole or in pieces")
  func million() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var whole = SHA256()
    whole.update(letters)
    #expect(whole.hexadecimal == expected)
    var pieces = SHA256()
    var start = 0
    var size = 1
    while start < letters.count {
      let end = min(start + size, letters.count)
      pieces.update(Array(letters[start..<end]))
      start = end
      size = size % 197 + 1
    }
    #expect(pieces.hexadecimal == expected)
  }

  @Test("every length from 0 to 200 in two pieces equals the length in one")
  func lengths() {
    var seen: Set<String> = []
    for length in 0...200 {
      let bytes = (0..<length).map { UInt8($0) }
      var one = SHA256()
      one.update(bytes)
      var two = SHA256()
      two.update(Array(bytes.prefix(length / 3)))
      two.update(Array(bytes.dropFirst(length / 3)))
      #expect(one.hexadecimal == two.hexadecimal)
      seen.insert(one.hexadecimal)
    }
    #expect(seen.count == 201)
  }
}
