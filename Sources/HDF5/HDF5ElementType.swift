import CHDF5

/// What the values of a dataset are, apart from their byte order.
public enum HDF5ElementType: Hashable, Sendable, CustomStringConvertible {
  /// Floating-point numbers of this many bits.
  case float(bits: Int)
  /// Whole numbers of this many bits.
  case integer(bits: Int, signed: Bool)
  /// Texts.
  case string
  /// What this module does not read, by its HDF5 name (`compound`, `reference`, …).
  case other(String)

  /// 64-bit floating-point numbers.
  public static let float64 = HDF5ElementType.float(bits: 64)
  /// 32-bit floating-point numbers.
  public static let float32 = HDF5ElementType.float(bits: 32)
  /// 64-bit whole numbers with sign.
  public static let int64 = HDF5ElementType.integer(bits: 64, signed: true)
  /// 32-bit whole numbers with sign.
  public static let int32 = HDF5ElementType.integer(bits: 32, signed: true)
  /// 8-bit whole numbers with sign, which flags are kept as.
  public static let int8 = HDF5ElementType.integer(bits: 8, signed: true)
  /// 8-bit whole numbers without sign.
  public static let uint8 = HDF5ElementType.integer(bits: 8, signed: false)

  /// The usual name, such as `float64`, `uint8` or `string`.
  public var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, let signed): (signed ? "int" : "uint") + "\(bits)"
    case .string: "string"
    case .other(let name): name
    }
  }

  /// The type of an open HDF5 type identifier.
  init(of type: hid_t) {
    let bits = Int(clamping: H5Tget_size(type)).multipliedReportingOverflow(by: 8).partialValue
    switch H5Tget_class(type) {
    case H5T_FLOAT: self = .float(bits: bits)
    case H5T_INTEGER: self = .integer(bits: bits, signed: H5Tget_sign(type) == H5T_SGN_2)
    case H5T_STRING: self = .string
    case H5T_COMPOUND: self = .other("compound")
    case H5T_ENUM: self = .other("enumeration")
    case H5T_REFERENCE: self = .other("reference")
    case H5T_VLEN: self = .other("variable-length sequence")
    case H5T_ARRAY: self = .other("array")
    case H5T_BITFIELD: self = .other("bit field")
    case H5T_OPAQUE: self = .other("opaque")
    default: self = .other("unknown")
    }
  }

  /// The library's identifier of the type in this machine's memory; not to be closed.
  var memoryType: hid_t? {
    switch self {
    case .float(64): dyn_H5T_NATIVE_DOUBLE()
    case .float(32): dyn_H5T_NATIVE_FLOAT()
    case .integer(8, let signed): signed ? dyn_H5T_NATIVE_INT8() : dyn_H5T_NATIVE_UINT8()
    case .integer(16, let signed): signed ? dyn_H5T_NATIVE_INT16() : dyn_H5T_NATIVE_UINT16()
    case .integer(32, let signed): signed ? dyn_H5T_NATIVE_INT32() : dyn_H5T_NATIVE_UINT32()
    case .integer(64, let signed): signed ? dyn_H5T_NATIVE_INT64() : dyn_H5T_NATIVE_UINT64()
    default: nil
    }
  }

  /// The library's identifier of the little-endian type in files; not to be closed.
  var storedType: hid_t? {
    switch self {
    case .float(64): dyn_H5T_IEEE_F64LE()
    case .float(32): dyn_H5T_IEEE_F32LE()
    case .integer(8, let signed): signed ? dyn_H5T_STD_I8LE() : dyn_H5T_STD_U8LE()
    case .integer(16, let signed): signed ? dyn_H5T_STD_I16LE() : dyn_H5T_STD_U16LE()
    case .integer(32, let signed): signed ? dyn_H5T_STD_I32LE() : dyn_H5T_STD_U32LE()
    case .integer(64, let signed): signed ? dyn_H5T_STD_I64LE() : dyn_H5T_STD_U64LE()
    default: nil
    }
  }

  /// Whether every value of `other` is one of this type, up to rounding of floating-point numbers.
  func holds(_ other: HDF5ElementType) -> Bool {
    switch (self, other) {
    case (.float, .float), (.float, .integer): true
    case (.integer(let bits, let signed), .integer(let otherBits, let otherSigned)):
      signed == otherSigned ? bits >= otherBits : signed && bits > otherBits
    default: false
    }
  }
}

/// A Swift number that HDF5 reads and writes without a copy.
public protocol HDF5Element: BitwiseCopyable, Sendable {
  /// The type it has in a file.
  static var elementType: HDF5ElementType { get }
}

extension Double: HDF5Element {
  /// 64-bit floating-point.
  public static var elementType: HDF5ElementType { .float64 }
}

extension Float: HDF5Element {
  /// 32-bit floating-point.
  public static var elementType: HDF5ElementType { .float32 }
}

extension Int64: HDF5Element {
  /// 64-bit whole numbers.
  public static var elementType: HDF5ElementType { .int64 }
}

extension Int: HDF5Element {
  /// Whole numbers of the machine's word, 64 bits.
  public static var elementType: HDF5ElementType { .integer(bits: bitWidth, signed: true) }
}

extension Int32: HDF5Element {
  /// 32-bit whole numbers.
  public static var elementType: HDF5ElementType { .int32 }
}

extension Int8: HDF5Element {
  /// 8-bit whole numbers.
  public static var elementType: HDF5ElementType { .int8 }
}

extension UInt8: HDF5Element {
  /// 8-bit whole numbers without sign.
  public static var elementType: HDF5ElementType { .uint8 }
}
