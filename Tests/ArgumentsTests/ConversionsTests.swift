import Testing

@testable import Arguments

private enum Order: String, CaseIterable {
  case together
  case inTurn = "in-turn"
}

private func given(_ flag: String, _ values: String...) throws -> Invocation {
  try sample.parse(["--" + flag] + values)
}

@Suite struct ConversionsTests {
  @Test(
    "whole numbers are read digit by digit",
    arguments: [
      ("50", 50), ("-7", -7), ("+7", 7), ("1e5", 100_000), ("1E+5", 100_000), ("2.50e2", 250),
      (".5e1", 5), ("5.", 5), ("1500e-2", 15), ("0", 0), ("-0", 0), ("0.0e99", 0),
      ("0e99999999999999999999", 0), ("007", 7), ("9223372036854775807", Int.max),
      ("-9223372036854775808", Int.min), ("9007199254740993", 9_007_199_254_740_993),
      ("9007199254740993.0", 9_007_199_254_740_993), ("9.223372036854775807e18", Int.max),
    ])
  func integers(text: String, expected: Int) throws {
    #expect(try given("loaves", text).integer("loaves") == expected)
  }

  @Test(
    "what is not whole is refused",
    arguments: [
      "1.5", "1e-1", "1e-99999999999999999999", "", "x", "1x", "0x10", "1_000", "1,000", "inf",
      "nan", ".", "e5", "1e", "1e+", "1e+-5", "1e5e5", "--5", "１２", "1 ", "1.2.3", "+-1",
    ])
  func notWhole(text: String) throws {
    let invocation = try sample.parse(["--loaves=" + text])
    #expect(throws: ArgumentError.notAnInteger(flag: "--loaves", value: text)) {
      try invocation.integer("loaves")
    }
  }

  @Test(
    "a whole number beyond 64 bits is refused for its size",
    arguments: [
      "9223372036854775808", "-9223372036854775809", "1e19", "1e400", "1e99999999999999999999",
    ])
  func overflow(text: String) throws {
    let invocation = try given("loaves", text)
    #expect(throws: ArgumentError.integerOutOfRange(flag: "--loaves", value: text)) {
      try invocation.integer("loaves")
    }
  }

  @Test(
    "numbers are read, infinite ones too",
    arguments: [
      ("-0.1", -0.1), ("1e-3", 0.001), (".5", 0.5), ("-inf", -Double.infinity),
      ("infinity", Double.infinity), ("1e-999", 0),
    ])
  func numbers(text: String, expected: Double) throws {
    #expect(try given("out", text).number("out") == expected)
  }

  @Test("NaN is refused unless it is allowed")
  func undefined() throws {
    let invocation = try given("out", "nan")
    #expect(throws: ArgumentError.undefinedNumber(flag: "--out", value: "nan")) {
      try invocation.number("out")
    }
    #expect(try invocation.number("out", allowsNaN: true)?.isNaN == true)
  }

  @Test("digits too large for double precision are not taken for infinity")
  func tooLarge() throws {
    let invocation = try given("out", "-1e999")
    #expect(throws: ArgumentError.numberOutOfRange(flag: "--out", value: "-1e999")) {
      try invocation.number("out")
    }
  }

  @Test("lists of numbers are separated by words, commas or spaces")
  func lists() throws {
    #expect(try given("heat", "1", "-2").numbers("heat") == [1, -2])
    #expect(try given("heat", "1,-2").numbers("heat") == [1, -2])
    #expect(try given("out", "1, 2 3e1").numbers("out") == [1, 2, 30])
    #expect(try given("seeds", "1,2", "3").numbers("seeds") == [1, 2, 3])
    #expect(throws: ArgumentError.notANumber(flag: "--out", value: "x")) {
      try given("out", "1,x").numbers("out")
    }
    #expect(throws: ArgumentError.notANumber(flag: "--out", value: "")) {
      try given("out", "1,,2").numbers("out")
    }
    #expect(throws: ArgumentError.undefinedNumber(flag: "--out", value: "nan")) {
      try given("out", "1,nan").numbers("out")
    }
  }

  @Test("text is taken as it is, the last of a repeatable flag")
  func texts() throws {
    let invocation = try sample.parse(["--set", "a=1", "--set", "b=2", "--keep", "crumb, crust"])
    #expect(invocation.text("set") == "b=2")
    #expect(invocation.texts("set") == ["a=1", "b=2"])
    #expect(invocation.texts("keep") == ["crumb", "crust"])
  }

  @Test("a choice becomes a case, and a word that is none names the nearest")
  func choices() throws {
    #expect(try given("order", "in-turn").choice("order", of: Order.self) == .inTurn)
    let invocation = try given("grain", "togther")
    #expect(
      throws: ArgumentError.notAChoice(
        flag: "--grain", value: "togther", choices: ["together", "in-turn"],
        suggestion: "together")
    ) { try invocation.choice("grain", of: Order.self) }
  }

  @Test("an absent flag converts to nothing")
  func absence() throws {
    let invocation = try sample.parse([])
    #expect(try invocation.integer("loaves") == nil)
    #expect(try invocation.number("out") == nil)
    #expect(try invocation.numbers("heat") == nil)
    #expect(invocation.text("out") == nil)
    #expect(invocation.texts("out") == nil)
    #expect(try invocation.choice("order", of: Order.self) == nil)
  }
}
