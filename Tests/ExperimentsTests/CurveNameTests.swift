import Scenarios
import Testing

@testable import Experiments

@Suite("Names of curves")
struct CurveNameTests {
  @Test(
    "a name has the places of its shape, a list has all along its star",
    arguments: [
      ("risk", [], ["risk"], [0]), ("risk", [1], ["risk"], [0]),
      ("risk[1]", [1], ["risk[1]"], [0]), ("product[2,1]", [2, 3], ["product[2,1]"], [3]),
      ("product[2,*]", [2, 3], ["product[2,1]", "product[2,2]", "product[2,3]"], [3, 4, 5]),
      ("W1[*,3]", [1, 2, 3], ["W1[1,3]", "W1[2,3]"], [2, 5]),
      ("product[3,1]", [2, 3], [], []), ("product[*]", [2, 3], [], []),
      ("product[0,1]", [2, 3], [], []),
    ] as [(String, [Int], [String], [Int])])
  func places(text: String, shape: [Int], names: [String], indices: [Int]) throws {
    let name = try CurveName(text)
    #expect(name.text == text || text.contains("[0"))
    let curves = name.curves(in: shape)
    #expect(curves.map(\.name) == names && curves.map(\.index) == indices)
    #expect(name.isList == text.contains("*"))
  }

  @Test("a slope is that of the curve whose name follows")
  func slopes() throws {
    let name = try CurveName("slope.slope.theory.mode_risk.mode_test_error[2]")
    #expect(name.slopes == 2 && name.theory == "mode_risk" && name.entry == [1])
    #expect(name.text == "slope.slope.theory.mode_risk.mode_test_error[2]")
    #expect(name.curves(in: [3]).map(\.name) == ["theory.mode_risk.mode_test_error[2]"])
  }

  @Test(
    "other texts are refused",
    arguments: ["", "product[", "product[*,*]", "a b", "x.risk", "slope."])
  func refusals(text: String) { #expect(throws: ScenarioError.self) { try CurveName(text) } }
}
