import Testing

@testable import Spelling

@Suite struct NearestTests {
  @Test(
    "the distance counts insertions, deletions, substitutions and swaps",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("kappa", "kappa", 0), ("kapa", "kappa", 1),
      ("kapppa", "kappa", 1), ("kabpa", "kappa", 1), ("rnu", "run", 1), ("ca", "abc", 2),
      ("a cat", "an abct", 3), ("κappa", "kappa", 1),
    ])
  func distances(first: String, second: String, expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }

  @Test("the distance obeys the triangle inequality for all words of three letters out of two")
  func triangle() {
    let letters = ["", "a", "b"]
    let words = letters.flatMap { x in letters.flatMap { y in letters.map { x + y + $0 } } }
    for a in words {
      for b in words {
        for c in words {
          #expect(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c))
        }
      }
    }
  }

  @Test("the nearest of several near candidates is suggested, the first among equals")
  func nearestWins() {
    #expect(nearest(to: "kapa", in: ["papa", "kappa", "kap"]) == "papa")
    #expect(nearest(to: "kapa", in: ["lamda", "kappa"]) == "kappa")
    #expect(nearest(to: "iteratoins", in: ["iteration", "iterations"]) == "iterations")
  }

  @Test("case does not count, and the candidate keeps its own")
  func caseFolds() {
    #expect(nearest(to: "l2", in: ["MSE", "L2"]) == "L2")
  }

  @Test("a beginning of three letters or more suggests the whole word")
  func beginnings() {
    #expect(nearest(to: "iter", in: ["samples", "iterations"]) == "iterations")
    #expect(nearest(to: "kappas-of-inputs", in: ["samples", "kappa"]) == "kappa")
    #expect(nearest(to: "it", in: ["iterations"]) == nil)
    #expect(nearest(to: "samples", in: ["sa"]) == nil)
  }

  @Test("a word far from everything suggests nothing")
  func farAway() {
    #expect(nearest(to: "xyz", in: ["run", "plot"]) == nil)
    #expect(nearest(to: "abcdefghi", in: ["abcdewxyz"]) == nil)
    #expect(nearest(to: "", in: ["a"]) == nil)
    #expect(nearest(to: "run", in: []) == nil)
  }
}
