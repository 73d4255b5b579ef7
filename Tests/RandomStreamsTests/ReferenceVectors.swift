import Foundation
import Testing

/// A value of a reference file, or of a result to compare with one.
///
/// Floating-point numbers appear as the hexadecimal digits of their bits, so `==` means equal bits.
enum JSON: Decodable, Equatable {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSON])
  case table([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .list(value)
    } else {
      self = .table(try container.decode([String: JSON].self))
    }
  }

  /// Reads a file of the folder of reference vectors.
  static func reference(_ name: String) throws -> JSON {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Reference"))
    return try JSONDecoder().decode(JSON.self, from: Data(contentsOf: url))
  }

  /// The value of a key of a table.
  func value(_ key: String) throws -> JSON { try #require(table[key], "no \(key)") }

  var table: [String: JSON] { if case .table(let value) = self { value } else { [:] } }
  var list: [JSON] { if case .list(let value) = self { value } else { [] } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  /// All numbers in a list, or in a list of lists, in order.
  var numbers: [Double] {
    switch self {
    case .integer(let value): [Double(value)]
    case .number(let value): [value]
    case .list(let values): values.flatMap(\.numbers)
    default: []
    }
  }

  /// The value with every table of decimals and bits replaced by its bits.
  var exact: JSON {
    switch self {
    case .list(let values): .list(values.map(\.exact))
    case .table(let values): values["bits"] ?? .table(values.mapValues(\.exact))
    default: self
    }
  }

  /// The single precision numbers that a list of their bits stands for.
  var floats: [Float] {
    exact.list.compactMap { $0.text.flatMap { UInt32($0, radix: 16) } }.map(Float.init(bitPattern:))
  }

  // MARK: Results

  static func bits(_ numbers: [Double]) -> JSON {
    .list(numbers.map { .text(hexadecimal($0.bitPattern)) })
  }

  static func bits(_ numbers: [Float]) -> JSON {
    .list(numbers.map { .text(hexadecimal($0.bitPattern)) })
  }

  static func integers(_ numbers: [Int]) -> JSON { .list(numbers.map(JSON.integer)) }

  static func words(_ words: [UInt32]) -> JSON { integers(words.map(Int.init)) }

  static func digest(_ numbers: [Double]) -> JSON {
    .text(sha256(numbers.flatMap { littleEndianBytes($0.bitPattern) }))
  }

  static func digest(_ numbers: [Float]) -> JSON {
    .text(sha256(numbers.flatMap { littleEndianBytes($0.bitPattern) }))
  }

  private static func hexadecimal(_ pattern: some FixedWidthInteger) -> String {
    let digits = String(pattern, radix: 16)
    return String(repeating: "0", count: pattern.bitWidth / 4 - digits.count) + digits
  }

  private static func littleEndianBytes(_ pattern: some FixedWidthInteger) -> [UInt8] {
    stride(from: 0, to: pattern.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: pattern >> $0) }
  }
}

/// Compares every value of a table of reference vectors with what its check computes.
///
/// A vector without a check fails, so that none is passed over in silence.
func compare(
  _ vectors: JSON, except skipped: Set<String> = [], with checks: [String: () throws -> JSON],
  _ comment: String
) throws {
  try #require(!vectors.table.isEmpty)
  for (key, expected) in vectors.table where !skipped.contains(key) {
    let check = try #require(checks[key], "nothing checks \(key)")
    let result = try check()
    #expect(result == expected.exact, "\(comment), \(key)")
  }
}
