import Dynamics
import HDF5
import LearningProblems
import LinearAlgebra

/// The group `/data`: everything that is needed to build the learning problem again.
enum ProblemGroup {
  static func write(_ training: LinearTraining, to group: HDF5Group) throws {
    var scales = Scales(group: group)
    let problem = training.problem
    let correlations = problem.correlations
    let modes = problem.modes
    func add(_ name: String, _ matrix: Matrix<Double>, _ axes: [Axis], _ longName: String) throws {
      let dataset = try group.createDataset(
        name, values: matrix.elements, shape: [matrix.rows, matrix.columns])
      try scales.attach(axes, sizes: [matrix.rows, matrix.columns], to: dataset)
      try describe(dataset, longName)
    }
    func add(_ name: String, _ values: [Double], _ axis: Axis, _ longName: String) throws {
      let dataset = try group.createDataset(name, values: values)
      try scales.attach([axis], sizes: [values.count], to: dataset)
      try describe(dataset, longName)
    }
    func describe(_ dataset: HDF5Dataset, _ longName: String) throws {
      try dataset.attributes.set("units", to: "1")
      try dataset.attributes.set("long_name", to: longName)
    }
    try add("input_correlation", correlations.input, [.input, .input2], "Σxx = XᵀX/N")
    try add("input_output_correlation", correlations.inputOutput, [.output, .input], "Σyx = YᵀX/N")
    for (name, value, longName) in [
      ("target_square", correlations.targetSquare, "tr YᵀY/N, the loss of the zero map"),
      ("fit_loss", correlations.fitLoss, "loss of the fit"),
    ] {
      try describe(group.createDataset(name, values: [value], shape: []), longName)
    }
    if let test = problem.test {
      try add("test_correlation", test.input, [.input, .input2], "test Gram matrix XₜᵀXₜ/Nₜ")
      try add("teacher", test.teacher, [.output, .input], "map behind the targets Bᵀ")
    }
    try add("fit", correlations.fit, [.output, .input], "least-squares map Ŵ = Σyx·Σxx⁺")
    try add("U", modes.left, [.output, .mode], "left singular vectors of the fit, in columns")
    let padded = modes.values + Array(repeating: 0, count: modes.left.rows - modes.values.count)
    try add("S", padded, .mode, "singular values of the fit")
    try add(
      "V", modes.right, [.input, .inputMode], "right singular vectors of the fit, in columns")
    try add("metric", modes.metric, [.inputMode, .inputMode2], "G = Vᵀ·Σxx·V")
    try add("input_eigenvalues", modes.inputEigenvalues, .input, "eigenvalues of Σxx, falling")

    let layers = problem.initialWeights.layers
    for (l, weights) in layers.enumerated() {
      let axes: [Axis] =
        switch (layers.count, l) {
        case (1, _): [.output, .input]
        case (_, 0): [.initialHidden, .input]
        case (let depth, _) where l == depth - 1: [.output, .initialHidden]
        default: [.initialHidden, .initialHidden2]
        }
      try add(
        "initial_W\(l + 1)", weights, axes,
        "weights of layer \(l + 1) at the start, hidden width reduced")
    }
    let attributes = group.attributes
    if let samples = problem.samples { try attributes.set("samples", to: samples) }
    try attributes.set("noise", to: problem.noise)
    try attributes.set("rates", to: problem.rule.rates)
    try attributes.set("decay", to: problem.rule.decay)
    try attributes.set("weight_decay", to: problem.rule.weightDecay)
    if let inputRates = problem.rule.inputRates {
      try attributes.set("input_rates", to: inputRates)
    }
    try attributes.set("update", to: problem.rule.order.rawValue)
    try attributes.set("reduction", to: training.scenario.training.reduction.rawValue)
    try attributes.set("rank", to: modes.rank)
    try attributes.set("layers", to: layers.count)
  }

  /// The learning problem that a group describes.
  ///
  /// - Throws: ``RecordingError`` or `HDF5Error` when something is missing or has another shape.
  static func read(_ group: HDF5Group, path: String) throws -> LearningProblem {
    func values(_ name: String) throws -> [Double] {
      let values = try group.dataset(name).read()
      guard values.allSatisfy(\.isFinite) else {
        throw RecordingError.notARun(path: path, reason: "data/\(name) is not finite everywhere")
      }
      return values
    }
    func matrix(_ name: String, rows: Int? = nil, columns: Int? = nil) throws -> Matrix<Double> {
      let dataset = try group.dataset(name)
      let shape = try dataset.shape
      guard shape.count == 2, rows ?? shape[0] == shape[0], columns ?? shape[1] == shape[1] else {
        throw RecordingError.notARun(path: path, reason: "data/\(name) has the shape \(shape)")
      }
      return Matrix(rows: shape[0], columns: shape[1], elements: try values(name))
    }
    func number(_ name: String) throws -> Double {
      guard let value = try values(name).first else {
        throw RecordingError.notARun(path: path, reason: "data/\(name) is empty")
      }
      return value
    }
    let inputOutput = try matrix("input_output_correlation")
    let (outputs, inputs) = (inputOutput.rows, inputOutput.columns)
    let correlations = Correlations(
      input: try matrix("input_correlation", rows: inputs, columns: inputs),
      inputOutput: inputOutput, targetSquare: try number("target_square"),
      fit: try matrix("fit", rows: outputs, columns: inputs), fitLoss: try number("fit_loss"))
    var layers: [Matrix<Double>] = []
    let attributes = group.attributes
    let depth: Int = try attributes.get("layers")
    guard (1...1000).contains(depth) else {
      throw RecordingError.notARun(path: path, reason: "it has \(depth) layers")
    }
    for l in 1...depth {
      let layer = try matrix("initial_W\(l)", columns: layers.last?.rows ?? inputs)
      layers.append(layer)
    }
    func numbers(_ name: String, count: Int) throws -> [Double] {
      let values: [Double] = try attributes.get(name)
      guard values.count == count, values.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw RecordingError.notARun(
          path: path, reason: "data@\(name) is \(values), not \(count) numbers of at least 0")
      }
      return values
    }
    guard let order = UpdateOrder(rawValue: try attributes.get("update")),
      layers.last?.rows == outputs
    else {
      throw RecordingError.notARun(path: path, reason: "its layers or their updates do not fit")
    }
    var test: LearningProblem.TestSet?
    if try group.contains("test_correlation") {
      test = LearningProblem.TestSet(
        input: try matrix("test_correlation", rows: inputs, columns: inputs),
        teacher: try matrix("teacher", rows: outputs, columns: inputs))
    }
    let (strengths, eigenvalues) = (try values("S"), try values("input_eigenvalues"))
    let count = min(inputs, outputs)
    let rank: Int = try attributes.get("rank")
    guard strengths.count == outputs, eigenvalues.count == inputs, (0...count).contains(rank) else {
      throw RecordingError.notARun(path: path, reason: "its modes do not fit its fit")
    }
    let modes = Modes(
      left: try matrix("U", rows: outputs, columns: outputs),
      values: Array(strengths.prefix(count)),
      right: try matrix("V", rows: inputs, columns: inputs),
      metric: try matrix("metric", rows: inputs, columns: inputs),
      inputEigenvalues: eigenvalues, rank: rank)
    return try LearningProblem(
      correlations: correlations, modes: modes, initialWeights: LinearWeights(layers),
      rule: StepRule(
        rates: try numbers("rates", count: depth), decay: try numbers("decay", count: 1)[0],
        weightDecay: try numbers("weight_decay", count: depth),
        inputRates: try attributes.contains("input_rates")
          ? numbers("input_rates", count: inputs) : nil,
        order: order),
      test: test,
      samples: try attributes.contains("samples") ? attributes.get("samples") : nil,
      noise: try numbers("noise", count: 2))
  }
}
