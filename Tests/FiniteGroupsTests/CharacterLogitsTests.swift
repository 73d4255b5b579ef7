import Testing

@testable import FiniteGroups

@Suite("Characters as logits")
struct CharacterLogitsTests {
  static func characters() throws -> [String: [Double]] {
    let group = try FiniteGroup(name: "S5", available: 1e9)
    return Dictionary(
      uniqueKeysWithValues: group.irreducibleRepresentations().map { ($0.title, $0.character) })
  }

  @Test(
    "cross-entropies on S5",
    arguments: [
      ("sign", 4.2212726), ("standard", 1.4973364), ("standard_sign", 1.3868404),
      ("(3,2)", 0.7466178), ("(2,2,1)", 0.7466178), ("(3,1,1)", 0.3111858),
    ])
  func crossEntropy(name: String, expected: Double) throws {
    let character = try #require(try Self.characters()[name])
    // The numbers are given to seven decimals.
    #expect(abs(characterCrossEntropy(character) - expected) < 1e-6)
    #expect(characterAccuracy(character) == (name == "sign" ? 1.0 / 60 : 1))
  }

  @Test("the scan over mixtures of standard, sign and standard_sign")
  func scan() throws {
    let characters = try Self.characters()
    let chosen = try ["standard", "sign", "standard_sign"].map { try #require(characters[$0]) }
    let mixtures = CharacterMixture.scan(chosen, steps: 10)
    #expect(mixtures.count == 66)
    let best = try #require(mixtures.min { $0.crossEntropy < $1.crossEntropy })
    #expect(best.weights == [0.5, 0, 0.5])
    let line: [(Double, Double)] = [
      (0, 1.3868404), (0.1, 1.3438770), (0.2, 1.3094908), (0.3, 1.2838263), (0.4, 1.2674671),
      (0.5, 1.2616165), (0.6, 1.2683001),
    ]
    for (weight, expected) in line {
      let point = try #require(mixtures.first { $0.weights[0] == weight && $0.weights[1] == 0 })
      #expect(abs(point.crossEntropy - expected) < 1e-6)
    }
  }
}
