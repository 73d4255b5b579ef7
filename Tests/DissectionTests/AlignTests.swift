import Datasets
import LinearAlgebra
import Networks
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Alignment of networks")
struct AlignTests {
  private func numbers(_ findings: Findings, _ name: String) -> [Double] {
    findings.record.entry(name)?.values ?? []
  }

  @Test("a run is like itself, its networks less so, and new ones least without the mean")
  func itself() throws {
    let run = try SmallRun(
      dense: smallScenario {
        guard case .dense(var section) = $0.network else { return }
        section.hidden = [40, 30]
        $0.network = .dense(section)
        $0.training.iterations = 300
      })
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let same = try Align.findings(of: dissected, with: dissected, draws: 2)
    for layer in 1...2 {
      for name in ["similarity", "centred_similarity"] {
        let values = numbers(same, "hidden_\(layer)_\(name)")
        // Means are taken out of sums of squares.
        #expect(values.count == 3 && values.allSatisfy { abs($0 - 1) < 1e-12 })
      }
    }
    #expect(abs(numbers(same, "weights_1_overlap")[0] - 1) < 1e-12)
    let findings = try Align.findings(of: dissected, draws: 4)
    let pairs = try #require(
      findings.comparisons.first { $0.name == "hidden_2_centred_held_out_similarity" })
    #expect(pairs.trained.count == 2 && pairs.fresh.count == 4)
    let mixed = try #require(
      findings.comparisons.first { $0.name == "hidden_2_mixed_centred_held_out_similarity" })
    #expect(mixed.trained.count == 4)
    #expect(mixed.rows[0].trained.mean < pairs.rows[0].trained.mean)
    #expect(pairs.rows[0].trained.largest < 1 - 1e-3)
  }

  @Test("balanced linear networks of two starts agree, beside wide new ones as theory says")
  func linear() throws {
    var wide = balancedScenario()
    guard case .linear(var section) = wide.network else { return }
    (section.start, section.hidden, section.scales) = (.gaussian, 300, [1e-4])
    wide.network = .linear(section)
    wide.training.iterations = 25_000
    var other = wide
    other.network = .linear(
      {
        section.scales = [2e-4]
        return section
      }())
    let runs = try [wide, other].map { try SmallRun(linear: $0) }
    let dissected = try runs.map { try DissectedRun($0.file, reading: readTextMatrix) }
    let findings = try Align.findings(of: dissected[0], with: dissected[1], draws: 3)
    // The start of 300·1e-4² is left over in the direction that is not learned.
    #expect(abs(numbers(findings, "hidden_1_similarity")[0] - 1) < 1e-3)
    let exact = try LinearSimilarity(dissected[0]).mixed
    #expect(exact[0] < 0.99)
    // Lengths of rows of 300 normal numbers scatter by 1/√600, so that r² does by some 3 %.
    let mixed = numbers(findings, "hidden_1_mixed_similarity")
    #expect(mixed.allSatisfy { abs($0 - exact[0]) < 0.1 })
    #expect(numbers(findings, "null_hidden_1_similarity").allSatisfy { $0 > 0.98 })
  }

  @Test("what cannot be aligned is refused in a sentence")
  func refused() throws {
    func run(_ hidden: [Int], networks: Int) throws -> SmallRun {
      try SmallRun(
        dense: smallScenario {
          guard case .dense(var section) = $0.network else { return }
          section.hidden = hidden
          $0.network = .dense(section)
          ($0.training.iterations, $0.ensemble) = (1, networks)
        })
    }
    let (small, large) = (try run([8], networks: 1), try run([9], networks: 1))
    let (first, second) = (
      try DissectedRun(small.file, reading: readTextMatrix),
      try DissectedRun(large.file, reading: readTextMatrix)
    )
    #expect(throws: DissectionError.differentShapes([4, 8, 2], [4, 9, 2])) {
      try Align.findings(of: first, with: second, draws: 2)
    }
    #expect(throws: DissectionError.nothingToAlign) {
      try Align.findings(of: first, draws: 2)
    }
    let flat = try run([], networks: 2)
    #expect(throws: DissectionError.noHiddenLayer(analysis: "align")) {
      try Align.findings(of: DissectedRun(flat.file, reading: readTextMatrix), draws: 2)
    }
  }
}
