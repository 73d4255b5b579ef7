import Testing

@testable import Scenarios

@Suite("JSON text")
struct JSONTextTests {
  static let values: [JSON] = [
    .null, .boolean(true), .boolean(false), .number(0), .number(-0.0), .number(1), .number(-17),
    .number(0.1), .number(1e-300), .number(.leastNonzeroMagnitude), .number(1.7976931348623157e308),
    .number(1e15), .number(-1e16), .number(9_007_199_254_740_992), .number(1.0 / 3),
    .string(""), .string("κ \"quoted\" \\ / \n\t\r\u{8}\u{C}\u{1F}\u{7F} 😀 e\u{301}"),
    .array([]), .object([]), .array([.array([]), .object([("a", .array([.null]))])]),
    .object([("z", .number(1)), ("a", .string("x")), ("κ", .boolean(false))]),
    .array((0..<60).map { .number(Double($0)) }),
    .object([("long", .array((0..<60).map { .array([.number(Double($0)), .null]) }))]),
  ]

  @Test("what is written reads back equal, compact and pretty", arguments: values)
  func roundTrip(value: JSON) throws {
    #expect(try JSON.read(Array(value.compactText.utf8), name: "t") == value)
    #expect(try JSON.read(Array(value.prettyText.utf8), name: "t") == value)
  }

  @Test("a number reads back bit for bit")
  func exactNumbers() throws {
    var word: UInt64 = 88_172_645_463_325_252
    for _ in 0..<2000 {
      word ^= word << 13
      word ^= word >> 7
      word ^= word << 17
      let number = Double(bitPattern: word)
      guard number.isFinite else { continue }
      let read = try JSON.read(Array(JSON.text(of: number).utf8), name: "t").number
      #expect(read?.bitPattern == number.bitPattern)
    }
    let zero = try JSON.read(Array(JSON.text(of: -0.0).utf8), name: "t").number
    #expect(zero?.sign == .minus)
  }

  @Test("whole numbers have no decimal point and what is not finite becomes null")
  func numberForms() {
    #expect(JSON.text(of: 100_000) == "100000")
    #expect(JSON.text(of: -3) == "-3")
    #expect(JSON.text(of: 0.001) == "0.001")
    #expect(JSON.text(of: .infinity) == "null")
    #expect(JSON.text(of: .nan) == "null")
  }

  @Test("strings escape what JSON demands and nothing else")
  func escapes() {
    #expect(JSON.quoted("a\"b\\c\nκ/\u{1}") == "\"a\\\"b\\\\c\\nκ/\\u0001\"")
  }

  @Test("short lists stay on a line, objects and long lists break")
  func layout() {
    let value = JSON.object([
      ("short", .array([.number(1), .number(2)])), ("empty", .object([])),
      ("inner", .object([("x", .null)])),
    ])
    #expect(
      value.prettyText == """
        {
          "short": [1, 2],
          "empty": {},
          "inner": {
            "x": null
          }
        }
        """)
    let long = JSON.array((0..<40).map { .number(Double(100 + $0)) }).prettyText
    #expect(long.split(separator: "\n").count == 42)
  }
}
