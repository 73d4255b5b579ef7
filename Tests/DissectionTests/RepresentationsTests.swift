import FiniteGroups
import Foundation
import LinearAlgebra
import Networks
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Representations of composition networks")
struct RepresentationsTests {
  /// The network that multiplies matrices as at school: a unit for every product ρ_ij(x)·ρ_jl(y),
  /// read out along ρ_il(z), so that its logits are `scale`·χ(xyz⁻¹).
  private func schoolbook(
    _ transform: GroupFourierTransform, _ representations: [Int], scale: Double
  ) -> CompositionNetwork<Double> {
    let order = transform.group.order
    var units: [(Int, Int, Int, Int)] = []
    for index in representations {
      let d = transform.representations[index].dimension
      for i in 0..<d { for j in 0..<d { for l in 0..<d { units.append((index, i, j, l)) } } }
    }
    var section = CompositionNetworkSection()
    section.embedding = units.count
    let shape = CompositionShape(section, elements: order)
    func entry(_ index: Int, _ element: Int, _ row: Int, _ column: Int) -> Double {
      let representation = transform.representations[index]
      return representation.matrices[element, row * representation.dimension + column]
    }
    let left = (0..<order).flatMap { x in units.map { entry($0.0, x, $0.1, $0.2) } }
    let right = (0..<order).flatMap { y in units.map { entry($0.0, y, $0.2, $0.3) } }
    let readout = units.flatMap { unit in
      (0..<order).map { scale * entry(unit.0, $0, unit.1, unit.3) }
    }
    return CompositionNetwork(shape: shape, parameters: left + right + readout)
  }

  private func transform(_ name: String) throws -> GroupFourierTransform {
    GroupFourierTransform(try FiniteGroup(name: name, available: 1e9))
  }

  // Sums of a few thousand products of numbers of order 1.
  private let tolerance = 1e-11

  @Test("of the schoolbook product every number is known", arguments: ["S4", "A4", "D5"])
  func schoolbook(name: String) throws {
    let transform = try transform(name)
    let order = Double(transform.group.order)
    let index = try #require(
      transform.representations.indices.last {
        transform.representations[$0].commutant == 1
          && transform.representations[$0].dimension > 1
      })
    let representation = transform.representations[index]
    let d = Double(representation.dimension)
    let found = ComposedNetwork(
      schoolbook(transform, [index], scale: 2), transform)
    let measures = found.measures
    let doubled = representation.character.map { 2 * $0 }
    #expect(abs(measures.loss - characterCrossEntropy(doubled)) < tolerance)
    #expect(abs(measures.lossesByLeft[3] - measures.loss) < tolerance)
    #expect(abs(measures.traceSimilarities[index] - 1) < tolerance)
    #expect(abs(measures.traceShares[index] - 1) < tolerance)
    #expect(abs(measures.characterCoefficients[index] - 2) < tolerance)
    #expect(abs(measures.characterShare - 1) < tolerance)
    for shares in [measures.leftShares, measures.rightShares, measures.readoutShares] {
      #expect(abs(shares[index] - 1) < tolerance && abs(shares.reduce(0, +) - 1) < 1e-12)
    }
    // A product ρ_ij(x)·ρ_jl(y) has 1/d of its square on ρ_il(xy), none on functions of x or y alone.
    #expect(abs((measures.hiddenShares[.product]?[index] ?? 0) - 1 / d) < tolerance)
    #expect((measures.hiddenShares[.left]?[index] ?? 1) < tolerance)
    #expect(abs((measures.ablatedLosses[.product]?[index] ?? 0) - log(order)) < tolerance)
    #expect(abs((measures.ablatedLosses[.right]?[index] ?? 0) - measures.loss) < tolerance)
    #expect(abs(measures.restrictedLosses[index] - measures.loss) < tolerance)
    #expect(abs(found.excludedLoss - log(order)) < tolerance)
    #expect(found.rank == Int(d * d) && found.expectedRank == Int(d * d))
    #expect(found.neurons.activeCount == Int(d * d * d) && found.expectedUnits == Int(d * d * d))
    #expect(abs(found.diagonalShare - 1) < tolerance)
    // Functions of the inverse exchange rows and columns.
    let inverted = found.readoutBasis(inverts: true)
    let first = transform.ranges[index].lowerBound
    let n = representation.dimension
    #expect(abs(inverted[first + 1, first + n]) > 1)
    #expect(abs(inverted[first + 1, first + 1]) < tolerance)
  }

  @Test("characters that are orthogonal share the logits")
  func mixture() throws {
    let transform = try transform("S4")
    let network = schoolbook(transform, [1, 4], scale: 1)
    let found = ComposedNetwork(network, transform)
    // ‖χ‖² is the order for each, so that each has half of the squares.
    #expect(abs(found.measures.traceShares[1] - 0.5) < tolerance)
    #expect(abs(found.measures.traceShares[4] - 0.5) < tolerance)
    #expect(abs(found.measures.characterShare - 1) < tolerance)
    #expect(found.survivors == [1, 4] && found.rank == 10)
    // One unit for the sign, which it follows in all three weights.
    #expect(found.neurons.counts == [0, 27, 0, 0, 1])
    let sign = try #require(found.neurons.leading.firstIndex(of: 4))
    #expect(found.neurons.signCorrelations[sign].allSatisfy { abs($0 - 1) < tolerance })
    #expect(abs(found.neurons.cosetShares[sign] - 1) < tolerance)
    let shares = found.measures.hiddenShares[.product] ?? []
    #expect(abs(shares[1] - (1 - shares[4]) / 3) < tolerance)
    #expect(abs(found.naturalShare - found.measures.leftShares[1]) < tolerance)
  }

  @Test("projections are those onto the functions of all pairs")
  func projections() throws {
    let transform = try transform("S3")
    var section = CompositionNetworkSection()
    section.embedding = 4
    let shape = CompositionShape(section, elements: 6)
    let parameters = (0..<shape.parameterCount).map { sin(Double(3 * $0 + 1)) }
    let pairs = ComposedPairs(CompositionNetwork(shape: shape, parameters: parameters), transform)
    let measures = RepresentationMeasures(pairs)
    for factor in ComposedPairs.Factor.allCases {
      let places = try #require(pairs.places[factor])
      for index in transform.representations.indices {
        let functions = transform.functions(index)
        // Functions of all 36 pairs, orthonormal once divided by √6.
        let lifted = Matrix<Double>(rows: 36, columns: functions.columns) {
          functions[Int(places[$0]), $1] / 6.0.squareRoot()
        }
        let part = lifted * lifted.times(pairs.hidden, left: .transposed)
        let share = part.squaredNorm / pairs.hidden.squaredNorm
        #expect(abs((measures.hiddenShares[factor]?[index] ?? 0) - share) < 1e-13)
        let ablated = CrossEntropies(
          (pairs.hidden - part) * pairs.network.readout, labels: transform.group.table)
        #expect(abs((measures.ablatedLosses[factor]?[index] ?? 0) - ablated.mean) < 1e-13)
      }
    }
  }

  /// Small networks on S3.
  private func scenario() -> Scenario {
    var scenario = Scenario()
    var data = GroupData()
    data.group = .symmetric(3)
    data.fraction = 0.8
    scenario.data = .group(data)
    var network = CompositionNetworkSection()
    network.embedding = 8
    scenario.network = .composition(network)
    scenario.ensemble = 2
    scenario.training.rule = .adamW
    scenario.training.loss = .crossEntropy
    scenario.training.reduction = .mean
    scenario.training.iterations = 40
    scenario.record.schedule = .every(10)
    scenario.record.extra = ["W_x", "W_y", "W_U"]
    return scenario
  }

  @Test("a run is analysed at its end, at a step and over time, which agree")
  func run() throws {
    let run = try SmallRun(composition: scenario())
    let end = try ComposedRun(run.file)
    let all = try ComposedRun(run.file, at: .all)
    #expect(all.iterations == [0, 10, 20, 30, 40] && end.iterations == [40])
    #expect(all.networks == end.networks)
    #expect(try ComposedRun(run.file, at: .iteration(20)).networks == all.states[2])
    #expect(throws: DissectionError.notRecorded(iteration: 21, nearest: 20)) {
      try ComposedRun(run.file, at: .iteration(21))
    }
    let findings = try Representations.findings(of: end, draws: 3)
    let history = RepresentationHistory.record(of: all)
    for name in ["left_share", "ablated_xy", "trace_similarity"] {
      let last = try #require(findings.record.entry(name)).values
      #expect(try #require(history.entry(name)).values.suffix(last.count).elementsEqual(last))
    }
    try RunFile.add(findings.record, to: run.path)
    try RunFile.add(history, to: run.path)
    #expect(
      try run.file.analysis(RepresentationHistory.name)?.entries.count == history.entries.count)
  }

  @Test("a run without a group says so in a sentence")
  func noGroup() throws {
    let run = try SmallRun(dense: smallScenario { $0.training.iterations = 2 })
    do {
      _ = try ComposedRun(run.file)
      Issue.record("a dense network has no group")
    } catch let error as DissectionError {
      #expect(error.description.contains("has no group"))
    }
  }
}
