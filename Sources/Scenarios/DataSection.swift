/// The kinds of data.
public enum DataSection: KindedSection {
  /// A linear model with a chosen spectrum.
  case linearModel(LinearModel)
  /// Chosen singular values of the inputs and of the fit.
  case structured(StructuredData)
  /// Given correlations, no samples.
  case correlations(CorrelationData)
  /// Inputs from a few factors, to be reproduced.
  case factor(FactorData)
  /// Items of a tree and their features.
  case hierarchy(HierarchyData)
  /// Independent products.
  case twoTask(TwoTaskData)
  /// Pairs of elements of a group.
  case group(GroupData)
  /// Labelled rows from files.
  case images(ImageData)
  /// Gaussian inputs of a power-law spectrum, labelled by a network.
  case powerLaw(PowerLawData)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: DataSection)] = [
    ("linear-model", .linearModel(LinearModel())),
    ("structured", .structured(StructuredData())),
    ("correlations", .correlations(CorrelationData())),
    ("factor", .factor(FactorData())),
    ("hierarchy", .hierarchy(HierarchyData())),
    ("two-task", .twoTask(TwoTaskData())),
    ("group", .group(GroupData())),
    ("images", .images(ImageData())),
    ("power-law", .powerLaw(PowerLawData())),
  ]

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .linearModel(let section): section
    case .structured(let section): section
    case .correlations(let section): section
    case .factor(let section): section
    case .hierarchy(let section): section
    case .twoTask(let section): section
    case .group(let section): section
    case .images(let section): section
    case .powerLaw(let section): section
    }
  }

  /// Data of the same kind.
  public func with(_ contents: any PlainSection) -> DataSection {
    switch contents {
    case let section as LinearModel: .linearModel(section)
    case let section as StructuredData: .structured(section)
    case let section as CorrelationData: .correlations(section)
    case let section as FactorData: .factor(section)
    case let section as HierarchyData: .hierarchy(section)
    case let section as TwoTaskData: .twoTask(section)
    case let section as GroupData: .group(section)
    case let section as ImageData: .images(section)
    case let section as PowerLawData: .powerLaw(section)
    default: self
    }
  }

  /// Number of inputs d.
  public var inputs: Int {
    switch self {
    case .linearModel(let section): section.inputs
    case .structured(let section): section.inputs
    case .correlations(let section): section.inputs
    case .factor(let section): section.inputs
    case .hierarchy(let section): section.inputs
    case .twoTask(let section): section.inputs
    case .group(let section): section.inputs
    case .images(let section): section.inputs
    case .powerLaw(let section): section.inputs
    }
  }

  /// Number of outputs.
  public var outputs: Int {
    switch self {
    case .linearModel(let section): section.outputs
    case .structured(let section): section.outputs
    case .correlations(let section): section.outputs
    case .factor(let section): section.inputs
    case .hierarchy(let section): section.outputs
    case .twoTask(let section): section.outputs
    case .group(let section): section.outputs
    case .images(let section): section.outputs
    case .powerLaw(let section): section.outputs
    }
  }

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    switch self {
    case .linearModel(let section): try section.validate(path: path)
    case .structured(let section): try section.validate(path: path)
    case .correlations(let section): try section.validate(path: path)
    case .factor(let section): try section.validate(path: path)
    case .hierarchy(let section): try section.validate(path: path)
    case .group(let section): try section.validate(path: path)
    case .images(let section): try section.validate(path: path)
    case .twoTask, .powerLaw: break
    }
  }

  /// Changes the paths of all files that hold the data or their teacher.
  mutating func mapPaths(_ change: (String) -> String) {
    switch self {
    case .images(var section):
      section.path = section.path.map(change)
      section.testPath = section.testPath.map(change)
      self = .images(section)
    case .linearModel(var section):
      guard case .file(let path) = section.teacher else { return }
      section.teacher = .file(change(path))
      self = .linearModel(section)
    default: return
    }
  }

  /// Whether the targets are a linear map of the inputs, and noise.
  var isLinear: Bool {
    switch self {
    case .twoTask, .group, .images, .powerLaw: false
    default: true
    }
  }

  /// Channels, rows and columns of the images that the rows are; nil if they are none.
  public var image: (channels: Int, height: Int, width: Int)? {
    guard case .images(let section) = self, let size = section.imageSize else { return nil }
    return (section.channels, size.height, size.width)
  }

  /// Whether the targets tell a class.
  public var hasClasses: Bool {
    switch self {
    case .images, .powerLaw: true
    default: false
    }
  }

  /// Whether all networks of an ensemble learn from the same rows, whatever their seeds.
  public var isShared: Bool {
    switch self {
    case .images: true
    case .powerLaw(let section): section.seed != nil
    default: false
    }
  }
}
