import Analysis
import LearningProblems
import LinearAlgebra
import Recording

/// Spectra of weights at the recorded steps, with the steps at which eigenvalues leave the bulk.
///
/// Of a two-layer linear network they stand beside what the strengths of its modes say. With unit
/// rates, a mode of strength a = w₂·w₁ has g = (w₁ + w₂)/2, which grows, and s = (w₁ − w₂)/2, which
/// decays as g grows: ‖g‖·‖s‖ and c = ‖w₁‖² − ‖w₂‖² keep their values, so that
/// ‖w₁‖² = c/2 + √(a² + 4‖g₀‖²‖s₀‖²), and ‖w₂‖² with −c/2. Exact for gradient flow of decoupled modes
/// from any start.
///
/// - Source: derived in docs/spectra.md.
struct SpectraOverTime {
  /// What the run file keeps; nothing if the run did not record its weights on the way.
  private(set) var arrays: [AnalysisRecord.Entry] = []
  /// When eigenvalues left the bulk.
  private(set) var notes: [String] = []

  /// Most steps whose spectra are kept, evenly chosen among the recorded ones.
  private static let mostSteps = 400

  /// Of the first network of a run.
  ///
  /// - Throws: `HDF5Error`, `RecordingError` or `LinearAlgebraError`.
  init(_ dissected: DissectedRun) throws {
    let run = try RunFile(path: dissected.path)
    defer { try? run.close() }
    let known = try run.quantities().map(\.name)
    let shape = dissected.shape
    let recorded = try run.iterations()
    let layers = (1...shape.depth).filter { known.contains("W\($0)") }
    guard recorded.count > 1, !layers.isEmpty else { return }
    let count = min(recorded.count, Self.mostSteps)
    let rows = (0..<count).map { $0 * (recorded.count - 1) / (count - 1) }
    let steps = rows.map { recorded[$0] }
    arrays.append(
      AnalysisRecord.Entry(
        "step_iteration", "iteration of each step whose spectra are kept", axes: [.step],
        shape: [count], values: steps.map(Double.init)))
    let overlay = try run.overlays().first { overlay in
      overlay.curve("mode_strength") != nil && Set(overlay.iterations).isSuperset(of: steps)
    }
    for layer in layers {
      let size = shape.weights(layer).count
      let spectra = try rows.map { row in
        let values = try run.series("W\(layer)", rows: row..<row + 1).values.prefix(size)
        return try NetworkSpectra.weightSpectrum(
          Matrix(
            rows: shape.channels(layer), columns: shape.fanIn(layer), elements: Array(values)))
      }
      let width = spectra.first?.count ?? 0
      arrays.append(
        AnalysisRecord.Entry(
          "weights_\(layer)_path", "eigenvalues of WᵀW/n at each step, weights \(layer)",
          axes: [.step, .eigenvalue(ofWeights: layer)], shape: [count, width],
          values: spectra.flatMap(\.self)))
      if let bulk = dissected.bulk(ofLayer: layer) {
        let outside = spectra.map(bulk.countAbove)
        arrays.append(
          AnalysisRecord.Entry(
            "weights_\(layer)_path_outside", "eigenvalues above the bulk at each step",
            axes: [.step], shape: [count], values: outside.map(Double.init)))
        let last = outside.last ?? 0
        let leaving = (0..<last).map { number in
          // The step after which so many are always outside.
          steps[(outside.lastIndex { $0 <= number } ?? -1) + 1]
        }
        if !leaving.isEmpty {
          notes.append(
            "Eigenvalues of weights \(layer) left the bulk at steps "
              + "\(leaving.prefix(12).map(String.init).joined(separator: ", "))"
              + "\(leaving.count > 12 ? ", …" : "").")
        }
      }
      if let overlay, shape.depth == 2, case .linear = run.scenario.network {
        let expected = try Self.expected(
          run.problem, layer: layer, units: shape.widths[layer], overlay: overlay, steps: steps)
        let modes = expected.first?.count ?? 0
        arrays.append(
          AnalysisRecord.Entry(
            "weights_\(layer)_path_theory",
            "eigenvalues that the mode strengths of \(overlay.title) imply, weights \(layer)",
            axes: [.step, .mode], shape: [count, modes], values: expected.flatMap(\.self)))
        let largest = expected.joined().max() ?? 0
        let gap = zip(spectra, expected).flatMap { found, theory in
          zip(found, theory.sorted(by: >)).map { abs($0 - $1) }
        }.max()
        if let gap, largest > 0 {
          notes.append(
            "The mode strengths of \(overlay.title) imply eigenvalues of weights \(layer) that are "
              + "off by at most \(brief(gap / largest)) of the largest.")
        }
      }
    }
  }

  /// Eigenvalues of each mode of the fit at each step, from the strengths of a theory.
  private static func expected(
    _ problem: LearningProblem, layer: Int, units: Int, overlay: Overlay, steps: [Int]
  ) throws -> [[Double]] {
    guard let strengths = overlay.curve("mode_strength") else { return [] }
    let rates = problem.rule.rates
    let ratio =
      rates[0] > 0 && rates[1] > 0 ? (rates[0] / rates[1]).squareRoot().squareRoot() : 1
    let (modes, weights) = (problem.modes, problem.initialWeights.layers)
    let first = (1 / ratio) * (weights[0] * modes.right)
    let second = ratio * modes.left.times(weights[1], left: .transposed)
    let starts = (0..<modes.rank).map { mode -> (difference: Double, product: Double) in
      let (w1, w2) = (first.column(mode), second.row(mode))
      func square(_ sign: Double) -> Double {
        zip(w1, w2).reduce(0) { $0 + ($1.0 + sign * $1.1) * ($1.0 + sign * $1.1) / 4 }
      }
      func own(_ w: [Double]) -> Double { w.reduce(0) { $0 + $1 * $1 } }
      return (own(w1) - own(w2), 4 * square(1) * square(-1))
    }
    let places = Dictionary(
      overlay.iterations.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let width = strengths.shape.reduce(1, *)
    let (sign, scale) = layer == 1 ? (1.0, ratio * ratio) : (-1.0, 1 / (ratio * ratio))
    return steps.map { step in
      starts.indices.map { mode in
        guard let place = places[step] else { return .nan }
        let a = strengths.values[place * width + mode]
        let (difference, product) = starts[mode]
        return scale * (sign * difference / 2 + (a * a + product).squareRoot()) / Double(units)
      }
    }
  }
}
