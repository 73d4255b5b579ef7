import FiniteGroups
import Networks
import Recording
import Scenarios

/// What the analysis of representations found in a run, with the group.
struct ComposedFindings {
  let record: AnalysisRecord
  let transform: GroupFourierTransform
  private let run: RunFile

  /// What a run's file holds; nil if it was not analysed so.
  init?(_ run: RunFile) throws {
    guard let record = try run.analysis("representations"),
      let transform = try run.groupTransform()
    else { return nil }
    (self.record, self.transform, self.run) = (record, transform, run)
  }

  /// Words for the representations.
  var names: [String] { transform.representations.map(\.title) }

  /// Median over the networks of what has a place for each of them, by later places.
  func medians(_ name: String) -> [Double] {
    guard let entry = record.entry(name), let count = entry.shape.first, count > 0 else {
      return [.nan]
    }
    let width = entry.values.count / count
    return (0..<width).map { place in
      median((0..<count).map { entry.values[$0 * width + place] })
    }
  }

  /// What was found of the first network.
  func ofFirst(_ name: String) -> [Double] {
    guard let entry = record.entry(name), let count = entry.shape.first, count > 0 else {
      return []
    }
    return Array(entry.values.prefix(entry.values.count / count))
  }

  /// The first network at the step that was analysed; nil if its weights are not kept.
  func network() throws -> CompositionNetwork<Double>? {
    guard let shape = run.scenario.networkShape as? CompositionShape else { return nil }
    let recorded = try run.iterations()
    let row = recorded.firstIndex(of: record.iteration)
    var parameters = try row.flatMap(run.networkParameters(atRow:))
    if parameters == nil, record.iteration == recorded.last {
      parameters = try run.networkParameters()
    }
    return parameters?.first.map { CompositionNetwork(shape: shape, parameters: $0) }
  }

  /// Elements by their class, classes by their first element.
  var sortedElements: [Int] { transform.group.conjugacyClasses.flatMap(\.self) }

  /// Representations by their share in the left embedding of the first network, largest first.
  var leading: [Int] {
    let shares = ofFirst("left_share")
    return shares.indices.sorted { shares[$0] > shares[$1] }
  }

  /// The leading representation of every unit of the first network.
  private var leadingOfUnits: [Int] {
    let shares = ofFirst("unit_share")
    let count = transform.representations.count
    return stride(from: 0, to: shares.count, by: count).map { start in
      (0..<count).max { shares[start + $0] < shares[start + $1] } ?? 0
    }
  }

  /// Active units of the first network by leading representation, then by falling energy.
  var sortedUnits: [Int] {
    let (active, energy, own) = (ofFirst("unit_active"), ofFirst("unit_energy"), leadingOfUnits)
    return active.indices.filter { active[$0] > 0 }.sorted {
      own[$0] != own[$1] ? own[$0] < own[$1] : energy[$0] > energy[$1]
    }
  }

  /// The strongest unit of each representation that has any, leading representations first.
  var strongestUnits: [(representation: Int, unit: Int)] {
    let (sorted, own) = (sortedUnits, leadingOfUnits)
    return leading.compactMap { representation in
      sorted.first { own[$0] == representation }.map { (representation, $0) }
    }
  }
}

extension RunFile {
  /// The Fourier transform of the group whose elements the networks compose; nil if there is none.
  ///
  /// - Throws: `GroupError`.
  func groupTransform() throws -> GroupFourierTransform? {
    guard case .group(let data) = scenario.data, case .composition = scenario.network else {
      return nil
    }
    return GroupFourierTransform(try FiniteGroup(data.group, available: .infinity))
  }
}
