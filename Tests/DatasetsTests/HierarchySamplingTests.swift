import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Hierarchies")
struct HierarchySamplingTests {
  static func draw(_ change: (inout HierarchyData) -> Void) -> Samples {
    var data = HierarchyData()
    change(&data)
    var stream = NumPyStream(seed: 12 as UInt32)
    return data.draw(using: &stream)
  }

  @Test("two binary levels are four items of seven features")
  func sevenFeatures() {
    let samples = Self.draw { $0.levels = 2 }
    #expect(samples.inputs == .identity(4))
    #expect(
      samples.targets
        == Matrix([
          [1, 1, 0, 1, 0, 0, 0], [1, 1, 0, 0, 1, 0, 0], [1, 0, 1, 0, 0, 1, 0],
          [1, 0, 1, 0, 0, 0, 1],
        ]))
    #expect(samples.teacher == samples.targets.transposed)
    #expect(samples.testTargets == samples.targets)
  }

  @Test("the strengths of a binary tree fall with the level, in the numbers of its splits")
  func strengths() throws {
    // YYᵀ of b branches, L levels has the eigenvalue Σ_{j≥k} b^(L−j) for each split above level k.
    let samples = Self.draw { $0.levels = 3 }
    let values = try samples.targets.singularValues()
    let expected = [15.0, 7, 3, 3, 1, 1, 1, 1].map { $0.squareRoot() }
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) <= 1e-14 * 4) }
  }

  @Test("every feature of a node belongs to the items below it", arguments: [2, 3, 5])
  func branches(branching: Int) {
    let samples = Self.draw {
      $0.levels = 2
      $0.branching = branching
    }
    let items = branching * branching
    #expect(samples.targets.rows == items)
    #expect(samples.targets.columns == 1 + branching + items)
    for item in 0..<items { #expect(samples.targets.row(item).reduce(0, +) == 3) }
    #expect(samples.targets.column(0).reduce(0, +) == Double(items))
    #expect(samples.targets.column(1).reduce(0, +) == Double(branching))
  }

  @Test("diffusing features are ±1, equal without flips, opposite with sure ones")
  func diffusion() {
    let still = Self.draw {
      $0.features = .diffusion
      $0.flip = 0
      $0.diffusedFeatures = 40
    }
    #expect(still.targets.columns == 40)
    for j in 0..<40 { #expect(Set(still.targets.column(j)).count == 1) }
    #expect(Set(still.targets.elements) == [1, -1])
    let sure = Self.draw {
      $0.features = .diffusion
      $0.flip = 1
      $0.levels = 2
      $0.diffusedFeatures = 40
    }
    // Two certain flips bring back the sign of the root, which is the only draw that differs.
    for j in 0..<40 { #expect(Set(sure.targets.column(j)).count == 1) }
  }

  @Test("the correlation of two items is (1−2ε)² to the number of levels up to their common node")
  func correlation() {
    let samples = Self.draw {
      $0.features = .diffusion
      $0.flip = 0.1
      $0.diffusedFeatures = 20_000
    }
    let gram = samples.targets.times(samples.targets, right: .transposed)
    // Five standard errors of a mean of 20000 signs.
    let error = 5 / 20_000.0.squareRoot()
    for (item, levels) in [(1, 1.0), (2, 2), (3, 2), (4, 3), (7, 3)] {
      var expected = 1.0
      for _ in 0..<Int(2 * levels) { expected *= 0.8 }
      #expect(abs(gram[0, item] / 20_000 - expected) <= error)
    }
  }
}
