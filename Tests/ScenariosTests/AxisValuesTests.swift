import Testing

@testable import Scenarios

@Suite("Values along an axis")
struct AxisValuesTests {
  static func numbers(_ rule: String) -> [Double]? {
    AxisValues(json: .string(rule))?.numbers
  }

  @Test("rules have exact ends and constant ratios or differences")
  func rules() throws {
    #expect(Self.numbers("0..3") == [0, 1, 2, 3])
    #expect(Self.numbers("-2..-1") == [-2, -1])
    #expect(Self.numbers("linear:0:1:5") == [0, 0.25, 0.5, 0.75, 1])
    let geometric = try #require(Self.numbers("geom:0.01:100:51"))
    #expect(geometric.count == 51 && geometric.first == 0.01 && geometric.last == 100)
    for (low, high) in zip(geometric, geometric.dropFirst()) {
      // The 50th root of 10⁴; a power and a product round by half an ulp each.
      #expect(abs(high / low - 1.202_264_434_617_413) <= 1e-14)
    }
    #expect(Self.numbers("geom:-1:-4:3") == [-1, -2, -4])
  }

  @Test(
    "what is no rule is none",
    arguments: [
      "", "geom", "geom:1:10", "geom:0:1:5", "geom:-1:1:5", "linear:1:2:1", "linear:a:2:3",
      "linear:1:inf:3", "3..1", "1..", "1.5..3", "geom:1:2:3:4", "geom:1:2:9999999",
    ])
  func noRules(rule: String) {
    #expect(AxisValues(json: .string(rule)) == nil)
  }

  @Test("lists hold anything and are written as they were read")
  func lists() throws {
    let list = JSON.array([.string("fast"), .array([.number(1)]), .null])
    let axis = try #require(AxisValues(json: list))
    #expect(axis.values == [.string("fast"), .array([.number(1)]), .null])
    #expect(axis.numbers == nil && axis.json == list)
    #expect(try #require(AxisValues(json: .string("0..2"))).json == .string("0..2"))
    #expect(AxisValues(json: .array([])) == nil)
  }

  @Test("an entry of a list of numbers may stand for several equal ones")
  func repetitions() {
    #expect([Double](json: .array([.string("3*0.5"), .number(2)])) == [0.5, 0.5, 0.5, 2])
    #expect([[Double]](json: .array([.string("2*7")])) == [[7], [7]])
    for wrong in ["0*1", "3*", "*3", "3*x", "2*3*4", "-1*2", "9999999*1"] {
      #expect([Double](json: .array([.string(wrong)])) == nil, "\(wrong)")
    }
    #expect([String](json: .array([.string("3*0.5")])) == ["3*0.5"])
  }
}
