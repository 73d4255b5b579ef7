/// Correlations that are given, with no samples behind them.
///
/// They are those of the objective, so they are never divided by a number of samples. The defaults
/// are the correlations that the data of `exact-solutions` has.
public struct CorrelationData: PlainSection {
  /// Σxx, row by row, symmetric with eigenvalues ≥ 0; shape [input, input].
  public var input = [[100.0, 0], [0, 1]]
  /// Σyx, row by row; shape [output, input].
  public var inputOutput = [[1.001, 0], [0, 1]]
  /// tr YᵀY; nil for the value that makes the loss of the fit zero.
  public var targetSquare: Double?
  /// The map behind the test targets, rows are inputs and columns outputs; nil for the fit.
  public var teacher: [[Double]]?
  /// Σxx of the test inputs; nil for that of the training inputs.
  public var test: [[Double]]?

  /// The defaults.
  public init() {}

  /// Number of inputs d.
  public var inputs: Int { input.count }
  /// Number of outputs.
  public var outputs: Int { inputOutput.count }

  /// The keys.
  public static let fields: [Field<CorrelationData>] = [
    Field("input_correlation", \.input, .square, "Σxx, row by row"),
    Field(
      "input_output_correlation", \.inputOutput,
      Condition("at least one row") { !$0.isEmpty }, "Σyx, row by row, one row per output"),
    Field(
      "target_square", \.targetSquare,
      Condition("at least 0") { $0.map { $0 >= 0 } ?? true },
      "sum of squares of the targets; null: as small as the correlations allow"),
    Field(
      "teacher", \.teacher, "map of the test targets, rows (inputs) of outputs; null for the fit"),
    Field(
      "test_correlation", \.test,
      Condition("as many rows as columns") { $0.map(Condition.square.allows) ?? true },
      "Σxx of the test inputs, row by row; null for that of the training inputs"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    if inputOutput.contains(where: { $0.count != inputs }) {
      throw ScenarioError(
        key: path + ".input_output_correlation",
        problem: "Σyx has rows of lengths \(Set(inputOutput.map(\.count)).sorted())",
        remedy: "give \(inputs) numbers in each, one per input of Σxx")
    }
    if let test, test.count != inputs {
      throw ScenarioError(
        key: path + ".test_correlation",
        problem: "Σxx of the test inputs has \(test.count) rows for \(inputs) inputs",
        remedy: "give \(inputs) rows")
    }
    for (matrix, name) in [(input, "input_correlation"), (test ?? [], "test_correlation")] {
      for i in matrix.indices {
        for j in matrix.indices where matrix[i][j] != matrix[j][i] {
          throw ScenarioError(
            key: path + "." + name,
            problem: "Σxx is not symmetric: row \(i + 1) column \(j + 1) is \(matrix[i][j]), "
              + "the other way round it is \(matrix[j][i])",
            remedy: "make both equal")
        }
      }
    }
    if let teacher {
      try Teacher.matrix(teacher).validate(
        inputs: inputs, outputs: outputs, key: path + ".teacher")
    }
  }
}

extension Condition where Value == [[Double]] {
  /// At least one row, and as many rows as columns.
  static var square: Condition {
    Condition("as many rows as columns") { rows in
      !rows.isEmpty && rows.allSatisfy { $0.count == rows.count }
    }
  }
}
