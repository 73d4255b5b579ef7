/// The linear map that makes the targets, B with Y = X·B.
public enum Teacher: ScenarioValue {
  /// Zero but for B_ii = sᵢ/Fᵢ² with nearly equal sᵢ, so that all modes are learned together.
  case compensated
  /// Every entry 1.
  case ones
  /// Standard normal entries, drawn before the inputs.
  case gaussian
  /// Given singular values in random directions, drawn before the inputs.
  case spectrum([Double])
  /// Given entries, rows are inputs and columns are outputs.
  case matrix([[Double]])
  /// The entries of a file, rows are inputs and columns are outputs.
  case file(String)

  /// The words, beside which every string is the path of a file.
  public static var choices: [String] { ["compensated", "ones", "gaussian"] }

  /// Words for the accepted values.
  public static var accepts: String {
    "\"compensated\", \"ones\", \"gaussian\", the path of a file, a list of rows (inputs) of "
      + "numbers (outputs), or {\"singular_values\": …}"
  }

  /// The file, or the dataset in one, that it is read from; none for most teachers.
  public var files: [String] { if case .file(let path) = self { [path] } else { [] } }

  /// A word, a path or a list of rows.
  public init?(json: JSON) {
    switch json.content {
    case .string("compensated"): self = .compensated
    case .string("ones"): self = .ones
    case .string("gaussian"): self = .gaussian
    case .string(let path) where !path.isEmpty: self = .file(path)
    case .object(let members):
      guard members.count == 1, let given = json["singular_values"],
        let values = [Double](json: given), values.allSatisfy({ $0 >= 0 })
      else { return nil }
      self = .spectrum(values)
    case .array:
      guard let rows = [[Double]](json: json), !rows.isEmpty else { return nil }
      self = .matrix(rows)
    default: return nil
    }
  }

  /// The word, path or rows.
  public var json: JSON {
    switch self {
    case .compensated: .string("compensated")
    case .ones: .string("ones")
    case .gaussian: .string("gaussian")
    case .spectrum(let values): .object([("singular_values", values.json)])
    case .matrix(let rows): rows.json
    case .file(let path): .string(path)
    }
  }

  /// Checks that given rows fit onto the data.
  func validate(inputs: Int, outputs: Int, key: String) throws {
    if case .spectrum(let values) = self, values.count > min(inputs, outputs) {
      throw ScenarioError(
        key: key,
        problem: "The teacher has \(values.count) singular values for \(inputs) inputs and "
          + "\(outputs) outputs",
        remedy: "give at most \(min(inputs, outputs))")
    }
    guard case .matrix(let rows) = self,
      rows.count != inputs || rows.contains(where: { $0.count != outputs })
    else { return }
    throw ScenarioError(
      key: key,
      problem: "The teacher has \(rows.count) rows of lengths \(Set(rows.map(\.count)).sorted())",
      remedy: "give \(inputs) rows (inputs) of \(outputs) numbers (outputs)")
  }
}
