/// How many rows the samples of some data have, and which keys say so.
public struct DataSize: Equatable, Sendable {
  /// Rows of the training set.
  public var training: Int
  /// Rows of the test set.
  public var test: Int
  /// The key that governs the training rows.
  public var trainingKey: String
  /// The key that governs the test rows.
  public var testKey: String
  /// The key that governs the number of inputs.
  public var inputsKey: String
  /// The key that governs the number of outputs.
  public var outputsKey: String
}

extension DataSection {
  /// The numbers of rows, before anything is drawn.
  public var size: DataSize {
    switch self {
    case .linearModel(let data):
      DataSize(
        training: data.samples, test: data.resolvedTestSamples, trainingKey: "data.samples",
        testKey: "data.test_samples", inputsKey: "data.dim", outputsKey: "data.outputs")
    case .structured(let data):
      DataSize(
        training: data.samples, test: data.testSamples ?? data.samples,
        trainingKey: "data.samples", testKey: "data.test_samples", inputsKey: "data.variances",
        outputsKey: "data.outputs")
    case .correlations(let data):
      DataSize(
        training: data.inputs + 1, test: data.inputs, trainingKey: "data.input_correlation",
        testKey: "data.input_correlation", inputsKey: "data.input_correlation",
        outputsKey: "data.input_output_correlation")
    case .factor(let data):
      DataSize(
        training: data.samples, test: data.resolvedTestSamples, trainingKey: "data.samples",
        testKey: "data.test_samples", inputsKey: "data.dim", outputsKey: "data.dim")
    case .hierarchy(let data):
      DataSize(
        training: data.inputs, test: data.inputs, trainingKey: "data.levels",
        testKey: "data.levels", inputsKey: "data.levels",
        outputsKey: data.features == .diffusion ? "data.diffused_features" : "data.levels")
    case .twoTask(let data):
      DataSize(
        training: data.samples, test: data.testSamples, trainingKey: "data.samples",
        testKey: "data.test_samples", inputsKey: "data.tasks", outputsKey: "data.tasks")
    case .group(let data):
      DataSize(
        training: data.samples, test: data.testSamples, trainingKey: "data.group",
        testKey: "data.group", inputsKey: "data.group", outputsKey: "data.group")
    case .images(let data):
      DataSize(
        training: data.samples, test: data.testSamples, trainingKey: "data.samples",
        testKey: "data.test_samples", inputsKey: "data.dim", outputsKey: "data.outputs")
    case .powerLaw(let data):
      DataSize(
        training: data.samples, test: data.testSamples, trainingKey: "data.samples",
        testKey: "data.test_samples", inputsKey: "data.dim", outputsKey: "data.outputs")
    }
  }
}
