/// Rows of numbers from files with the class of each, such as images.
///
/// Targets are 1 at the class and 0 elsewhere. IDX files and those of CIFAR-10 lie in a folder under
/// the names that they are published with, training and validation rows apart; a table holds both,
/// told apart by a permutation, unless a second one is given.
public struct ImageData: PlainSection {
  /// What the files are.
  public var format = Format.idx
  /// The folder, or the table; nil for where Debian puts Fashion-MNIST.
  public var path: String?
  /// A second table, with the validation rows; nil for the first.
  public var testPath: String?
  /// Number of training rows, the first in their order.
  public var samples = 60_000
  /// Number of validation rows, the first in their order.
  public var testSamples = 10_000
  /// Numbers in a row.
  public var inputs = 784
  /// Number of classes.
  public var outputs = 10
  /// Rows of pixels in an image; nil for a square.
  public var height: Int?
  /// Which column of a table is the class.
  public var label = Label.last
  /// Seed of the permutation of a table; nil for the order of the file.
  public var seed: Int? = 0
  /// How pixels are scaled.
  public var normalisation = Normalisation.dataset
  /// Whether colours are added up.
  public var isGrey = true

  /// The defaults.
  public init() {}

  /// The folder of Debian's package `dataset-fashion-mnist`.
  public static let debianFolder = "/usr/share/datasets/fashion-mnist"

  /// The folder or the table.
  public var resolvedPath: String { path ?? Self.debianFolder }
  /// The folder, or the tables.
  public var files: [String] { [resolvedPath] + (testPath.map { [$0] } ?? []) }
  /// Numbers per pixel.
  public var channels: Int { format == .cifar10 && !isGrey ? 3 : 1 }

  /// Height and width of an image; nil where its numbers do not fill a rectangle.
  public var imageSize: (height: Int, width: Int)? {
    let pixels = inputs / channels
    let rows = height ?? Int(Double(pixels).squareRoot().rounded())
    guard inputs % channels == 0, rows > 0, pixels % rows == 0,
      height != nil || rows * rows == pixels
    else { return nil }
    return (rows, pixels / rows)
  }

  /// The keys.
  public static let fields: [Field<ImageData>] = [
    Field("format", \.format, "what the files are"),
    Field("path", \.path, "folder or table of images"),
    Field("test_path", \.testPath, "table of the validation rows; null: the same"),
    Field("samples", \.samples, .size, "training samples n"),
    Field("test_samples", \.testSamples, .size, "validation samples"),
    Field("dim", \.inputs, .size, "numbers in a row d"),
    Field("outputs", \.outputs, .within(2...1000), "classes"),
    Field("height", \.height, .size, "rows of pixels in an image; null: it is square"),
    Field("label", \.label, "which column of a table is the class"),
    Field(
      "seed", \.seed, .within(0...4_294_967_295),
      "seed of the permutation of a table; null: as it lies"),
    Field("normalise", \.normalisation, "how pixels are scaled"),
    Field("grey", \.isGrey, "add the colours of a pixel up"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    func refuse(_ key: String, _ value: JSON, _ remedy: String) -> ScenarioError {
      let key = "\(path).\(key)"
      return ScenarioError(
        key: key, problem: "\(key) is \(value.brief) with the format \(format.rawValue)",
        remedy: remedy)
    }
    if self.path == nil, format != .idx {
      throw refuse(
        "path", .null, "give \(format == .csv ? "the table" : "the folder") with --data")
    }
    if format != .csv {
      if let testPath {
        throw refuse("test_path", .string(testPath), "leave it out, the folder has both")
      }
      if label != .last {
        throw refuse("label", label.json, "leave it out, or set \(path).format to csv")
      }
    }
    if format == .cifar10 {
      guard inputs == 1024 * channels else {
        throw refuse(
          "dim", inputs.json,
          "set it to \(1024 * channels), as images are 32 × 32 in \(isGrey ? "grey" : "colour")")
      }
    } else {
      if normalisation == .imageNet {
        throw refuse("normalise", normalisation.json, "choose dataset, which needs no colours")
      }
      if !isGrey { throw refuse("grey", isGrey.json, "leave it out, there are no colours") }
    }
    if let height, (inputs / channels) % height != 0 {
      throw ScenarioError(
        key: path + ".height",
        problem: "\(inputs / channels) pixels do not make \(height) equal rows",
        remedy: "give a divisor of \(inputs / channels), or null for a square")
    }
  }

  /// What the files are.
  public enum Format: String, ScenarioChoice {
    /// The format of MNIST.
    case idx
    /// Text, one line for each row.
    case csv
    /// The binary version of CIFAR-10.
    case cifar10 = "cifar-10"
  }

  /// Which column of a table is the class.
  public enum Label: String, ScenarioChoice {
    /// The first.
    case first
    /// The last.
    case last
  }

  /// How pixels are scaled; bytes of images are divided by 255 first.
  public enum Normalisation: String, ScenarioChoice {
    /// Mean 0 and deviation 1 over all numbers of the training rows.
    case dataset
    /// By the mean and the deviation of each colour in ImageNet.
    case imageNet = "imagenet"
    /// Not at all.
    case none
  }
}
