import Dynamics
import Foundation

/// What a sweep keeps of one run, in memory or as bytes.
public struct RunRecord: Sendable {
  /// How a run of a sweep stands.
  public enum Status: Int, CaseIterable, Sendable {
    /// It was not run.
    case missing
    /// All steps were taken.
    case complete
    /// The loss exploded; what was recorded before is kept.
    case diverged
    /// It could not be run.
    case failed

    /// The word for it.
    public var name: String { "\(self)" }
  }

  /// How the run ended.
  public var status: Status
  /// Why it failed, one sentence; empty if it did not.
  public var message = ""
  /// Size of every axis of the recorded arrays but the iteration; empty if it failed.
  public var sizes: [Axis: Int] = [:]
  /// Values of all measures, one after the other.
  public var measures: [Double] = []
  /// The recorded iterations that are kept.
  public var iterations: [Int] = []
  /// Values of each kept quantity, row after row.
  public var series: [[Double]] = []

  /// A run that failed.
  public init(failure message: String) {
    status = .failed
    self.message = message
  }

  /// A run that ended, with nothing recorded yet.
  public init(_ status: Status, sizes: [Axis: Int]) {
    (self.status, self.sizes) = (status, sizes)
  }

  /// Number of values of an array with some axes.
  static func width(_ axes: [Axis], _ sizes: [Axis: Int]) -> Int {
    axes.reduce(1) { $0 * (sizes[$1] ?? 0) }
  }

  // MARK: Bytes

  /// The record as bytes: 64-bit words, first what is needed to lay out a file.
  public func encoded() -> [UInt8] { encoded(behind: 0) }

  /// The same with room for some bytes in front.
  func encoded(behind room: Int) -> [UInt8] {
    let axes = Head.axes(holding: sizes)
    var words: [Int64] = [
      Int64(status.rawValue), Int64(message.utf8.count), Int64(measures.count),
      Int64(iterations.count), Int64(series.count), Int64(axes.count),
    ]
    words += axes.map { Int64(sizes[$0] ?? 0) }
    words += iterations.map(Int64.init)
    words += series.map { Int64($0.count) }
    var bytes: [UInt8] = []
    let values = series.reduce(measures.count) { $0 + $1.count }
    bytes.reserveCapacity(room + 8 * (words.count + values) + message.utf8.count)
    bytes.append(contentsOf: repeatElement(0, count: room))
    words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    measures.withUnsafeBytes { bytes.append(contentsOf: $0) }
    for values in series { values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    bytes.append(contentsOf: message.utf8)
    return bytes
  }

  /// The record that bytes hold; nil if they hold none.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = WordReader(bytes: bytes)
    guard let head = Head(&reader), let sizes = head.sizes(&reader),
      let iterations = reader.integers(head.rows),
      let counts = reader.integers(head.series), counts.allSatisfy({ $0 >= 0 }),
      let measures = reader.numbers(head.measures)
    else { return nil }
    var series: [[Double]] = []
    for count in counts {
      guard let values = reader.numbers(count) else { return nil }
      series.append(values)
    }
    guard let text = reader.bytes(head.messageBytes), reader.isAtEnd else { return nil }
    (status, self.sizes, self.measures) = (head.status, sizes, measures)
    (self.iterations, self.series) = (iterations, series)
    message = String(decoding: text, as: UTF8.self)
  }

  /// The first words of a record.
  struct Head {
    /// Words in front of the sizes.
    static let fixedWords = 6
    /// Bytes of a record that are enough to know how it ended and how long its head is.
    static let fixedBytes = 8 * fixedWords

    let status: Status
    let messageBytes: Int
    let measures: Int
    let rows: Int
    let series: Int
    /// Number of axes whose sizes follow.
    let axes: Int

    /// Bytes in front of the iterations.
    var bytes: Int { 8 * (Self.fixedWords + axes) }

    init?(_ reader: inout WordReader) {
      guard let words = reader.integers(Self.fixedWords), words.allSatisfy({ $0 >= 0 }),
        let status = Status(rawValue: words[0]), words[5] <= 10_000
      else { return nil }
      self.status = status
      (messageBytes, measures, rows, series) = (words[1], words[2], words[3], words[4])
      axes = words[5]
    }

    /// The sizes that follow.
    func sizes(_ reader: inout WordReader) -> [Axis: Int]? {
      guard let counts = reader.integers(axes), counts.allSatisfy({ $0 >= 0 }) else { return nil }
      return Dictionary(
        uniqueKeysWithValues: zip(Self.axes(axes), counts).filter { $0.1 > 0 })
    }

    /// The first so many axes that a record may have: those that have a name, then hidden layers.
    private static func axes(_ count: Int) -> [Axis] {
      let deeper = max(0, count - Axis.allCases.count)
      return Array((Axis.allCases + (0..<deeper).map { Axis.hidden($0 + 2) }).prefix(count))
    }

    /// The axes in front of and with the last that has a size.
    static func axes(holding sizes: [Axis: Int]) -> [Axis] {
      let deepest = sizes.keys.compactMap(\.hiddenLayer).max() ?? 1
      return axes(Axis.allCases.count + max(0, deepest - 1))
    }
  }
}

/// Takes 64-bit words off bytes, as long as there are some.
struct WordReader {
  let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  /// So many bytes; nil if there are fewer.
  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, count <= bytes.count - place else { return nil }
    defer { place += count }
    return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
  }

  /// So many whole numbers.
  mutating func integers(_ count: Int) -> [Int]? {
    words(count).map { $0.map { Int(truncatingIfNeeded: $0) } }
  }

  /// So many floating-point numbers.
  mutating func numbers(_ count: Int) -> [Double]? {
    guard count >= 0, count <= (bytes.count - place) / 8, let part = bytes(8 * count) else {
      return nil
    }
    // All empty arrays share their memory, in which threads would write their count.
    guard count > 0 else { return [] }
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialised in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: part)
      initialised = count
    }
  }

  private mutating func words(_ count: Int) -> [Int64]? {
    guard count >= 0, count <= (bytes.count - place) / 8, let part = bytes(8 * count) else {
      return nil
    }
    return (0..<count).map { part.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
  }
}
