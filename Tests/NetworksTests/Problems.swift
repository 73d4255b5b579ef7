import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

@testable import Networks

/// Modes of a random coupled problem.
func someModes(inputs: Int, outputs: Int, seed: UInt32 = 5) throws -> Modes {
  var stream = NumPyStream(seed: seed)
  let correlations = try Correlations(
    inputs: stream.normals(rows: 3 * inputs, columns: inputs),
    targets: stream.normals(rows: 3 * inputs, columns: outputs), reduction: .mean)
  return try Modes(of: correlations)
}

/// The start of a section with the streams of a seed.
func started(
  _ section: LinearNetworkSection, modes: Modes, rates: [Double]? = nil, needsLayers: Bool = true,
  seed: Int = 12
) throws -> LinearNetwork {
  var numPy = try NumPyStream(seed: seed)
  var torch = TorchStream(seed: seed)
  let rule = StepRule(rates: rates ?? Array(repeating: 0.01, count: section.depth))
  return try section.start(
    modes: modes, rule: rule, needsLayers: needsLayers, numPy: &numPy, torch: &torch)
}

/// A section with the given start.
func section(
  _ start: Start, hidden: Int = 4, depth: Int = 2, scales: [Double] = [0.3],
  space: WeightSpace = .original
) -> LinearNetworkSection {
  var section = LinearNetworkSection()
  section.start = start
  section.hidden = hidden
  section.depth = depth
  section.scales = scales
  section.space = space
  return section
}

/// The value whose Float32 bits are given.
func float(_ bits: UInt32) -> Double { Double(Float(bitPattern: bits)) }
