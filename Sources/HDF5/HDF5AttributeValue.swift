/// What an attribute of a group or a dataset holds.
public enum HDF5AttributeContent: Equatable, Sendable {
  /// One whole number.
  case integer(Int64)
  /// One floating-point number.
  case real(Double)
  /// One text.
  case text(String)
  /// Whole numbers along one axis.
  case integers([Int64])
  /// Floating-point numbers along one axis.
  case reals([Double])
  /// Texts along one axis.
  case texts([String])

  /// The same with the single value of an array of one, as other programs write single values.
  var unwrapped: HDF5AttributeContent {
    switch self {
    case .integers(let values) where values.count == 1: .integer(values[0])
    case .reals(let values) where values.count == 1: .real(values[0])
    case .texts(let values) where values.count == 1: .text(values[0])
    default: self
    }
  }
}

/// A Swift value that an attribute can hold.
public protocol HDF5AttributeValue {
  /// The value as an attribute holds it.
  var attributeContent: HDF5AttributeContent { get }
  /// The value an attribute holds, nil when it is of another kind.
  init?(attributeContent: HDF5AttributeContent)
}

extension Int64: HDF5AttributeValue {
  /// One whole number.
  public var attributeContent: HDF5AttributeContent { .integer(self) }
  /// One whole number, alone or in an array of one.
  public init?(attributeContent: HDF5AttributeContent) {
    guard case .integer(let value) = attributeContent.unwrapped else { return nil }
    self = value
  }
}

extension Int: HDF5AttributeValue {
  /// One whole number.
  public var attributeContent: HDF5AttributeContent { .integer(Int64(self)) }
  /// One whole number, alone or in an array of one.
  public init?(attributeContent: HDF5AttributeContent) {
    guard let value = Int64(attributeContent: attributeContent) else { return nil }
    self.init(exactly: value)
  }
}

extension Double: HDF5AttributeValue {
  /// One floating-point number.
  public var attributeContent: HDF5AttributeContent { .real(self) }
  /// One number, alone or in an array of one; a whole number is rounded.
  public init?(attributeContent: HDF5AttributeContent) {
    switch attributeContent.unwrapped {
    case .real(let value): self = value
    case .integer(let value): self = Double(value)
    default: return nil
    }
  }
}

extension String: HDF5AttributeValue {
  /// One text.
  public var attributeContent: HDF5AttributeContent { .text(self) }
  /// One text, alone or in an array of one.
  public init?(attributeContent: HDF5AttributeContent) {
    guard case .text(let value) = attributeContent.unwrapped else { return nil }
    self = value
  }
}

extension Array: HDF5AttributeValue where Element: HDF5AttributeArrayElement {
  /// The values along one axis.
  public var attributeContent: HDF5AttributeContent { Element.attributeContent(of: self) }
  /// The values along one axis; a single value is an array of one.
  public init?(attributeContent: HDF5AttributeContent) {
    guard let values = Element.array(of: attributeContent) else { return nil }
    self = values
  }
}

/// A Swift value of which an attribute can hold an array.
public protocol HDF5AttributeArrayElement {
  /// The array as an attribute holds it.
  static func attributeContent(of values: [Self]) -> HDF5AttributeContent
  /// The array an attribute holds, nil when it is of another kind.
  static func array(of content: HDF5AttributeContent) -> [Self]?
}

extension Int64: HDF5AttributeArrayElement {
  /// Whole numbers along one axis.
  public static func attributeContent(of values: [Int64]) -> HDF5AttributeContent {
    .integers(values)
  }
  /// Whole numbers along one axis, or a single one.
  public static func array(of content: HDF5AttributeContent) -> [Int64]? {
    switch content {
    case .integers(let values): values
    case .integer(let value): [value]
    default: nil
    }
  }
}

extension Int: HDF5AttributeArrayElement {
  /// Whole numbers along one axis.
  public static func attributeContent(of values: [Int]) -> HDF5AttributeContent {
    .integers(values.map(Int64.init))
  }
  /// Whole numbers along one axis, or a single one.
  public static func array(of content: HDF5AttributeContent) -> [Int]? {
    Int64.array(of: content)?.map { Int($0) }
  }
}

extension Double: HDF5AttributeArrayElement {
  /// Floating-point numbers along one axis.
  public static func attributeContent(of values: [Double]) -> HDF5AttributeContent {
    .reals(values)
  }
  /// Numbers along one axis, or a single one; whole numbers are rounded.
  public static func array(of content: HDF5AttributeContent) -> [Double]? {
    switch content {
    case .reals(let values): values
    case .real(let value): [value]
    default: Int64.array(of: content)?.map(Double.init)
    }
  }
}

extension String: HDF5AttributeArrayElement {
  /// Texts along one axis.
  public static func attributeContent(of values: [String]) -> HDF5AttributeContent {
    .texts(values)
  }
  /// Texts along one axis, or a single one.
  public static func array(of content: HDF5AttributeContent) -> [String]? {
    switch content {
    case .texts(let values): values
    case .text(let value): [value]
    default: nil
    }
  }
}
