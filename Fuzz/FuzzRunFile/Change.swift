import CHDF5
import Foundation
import HDF5

/// One change of an HDF5 file: what a stranger's program, or a malicious one, could have written.
enum Change {
  private static let sizes = [0, 1, 2, 3, 4, 9, 40, 1000, 1 << 20, 1 << 33, 1 << 48, .max]
  private static let numbers = [
    0, 1, -1, 2, 3, 0.5, 1e-310, 1e18, 1e19, 1e308, -1e308, .nan, .infinity, -.infinity,
  ]
  private static let types: [HDF5ElementType] = [
    .float64, .float32, .int64, .int32, .int8, .uint8, .integer(bits: 64, signed: false),
  ]
  private static let texts = [
    "", "running", "complete", "interrupted", "diverged", "κ'\n\"`$(x)", "literal", "sequential",
    "modes", "{}", "9999999999999999999999", String(repeating: "[", count: 100_000),
  ]

  /// Makes the change that the next bytes stand for; what the library refuses does not happen.
  static func make(in root: HDF5Group, of file: HDF5File, by bytes: inout Choices) {
    guard let (parent, name) = place(in: root, by: &bytes) else { return }
    let operation = bytes.next() % 12
    switch operation {
    case 0: try? parent.remove(name)
    case 1: replace(name, in: parent, by: &bytes)
    case 2, 3: fill(name, in: parent, isWhole: operation == 3, by: &bytes)
    case 4: grow(name, in: parent, by: &bytes)
    case 5, 6: describe(name, in: parent, by: &bytes)
    case 7:
      try? parent.remove(name)
      _ = try? parent.createGroup(name)
    case 8:
      guard let (other, second) = place(in: root, by: &bytes) else { return }
      guard let scale = try? other.dataset(second), let dataset = try? parent.dataset(name)
      else { return }
      try? scale.makeScale(name: bytes.of(texts) ?? "")
      try? dataset.attachScale(scale, axis: Int(bytes.next() % 4))
    case 9: rewrite(name, in: parent, by: &bytes)
    case 10, 11:
      guard let (other, second) = place(in: root, by: &bytes) else { return }
      let target = other.path == "/" ? "/" + second : other.path + "/" + second
      let link = parent.path == "/" ? "/" + name : parent.path + "/" + name
      try? parent.remove(name)
      self.link(link, to: bytes.next() % 3 == 0 ? "/" : target, isHard: operation == 10, in: file)
    default: break
    }
  }

  /// A group and a name in it, found by walking down.
  private static func place(
    in root: HDF5Group, by bytes: inout Choices
  ) -> (HDF5Group, String)? {
    var group = root
    while true {
      guard let names = try? group.childNames, let name = bytes.of(names) else { return nil }
      guard (try? group.kind(of: name)) == .group, bytes.next() % 8 != 0,
        let inner = try? group.group(name), (try? inner.childNames.isEmpty) == false
      else { return (group, name) }
      group = inner
    }
  }

  /// Another dataset of the same name.
  private static func replace(_ name: String, in group: HDF5Group, by bytes: inout Choices) {
    try? group.remove(name)
    let rank = Int(bytes.next() % 5)
    var shape = (0..<rank).map { _ in bytes.of(sizes) ?? 0 }
    if rank > 0, bytes.next() % 2 == 0 { shape[0] = 9 }
    let type = bytes.of(types) ?? .float64
    let isGrowing = rank > 0 && bytes.next() % 2 == 0
    if bytes.next() % 8 == 0 {
      let chosen = (0..<Int(bytes.next() % 3)).map { _ in bytes.of(texts) ?? "" }
      _ = try? group.createDataset(name, texts: chosen)
      return
    }
    _ = try? group.createDataset(
      name, elementType: type, shape: shape, unlimitedFirstAxis: isGrowing,
      chunk: isGrowing ? shape.map { min(max($0, 1), 4) } : nil)
  }

  /// Other values, one or all.
  private static func fill(
    _ name: String, in group: HDF5Group, isWhole: Bool, by bytes: inout Choices
  ) {
    guard let dataset = try? group.dataset(name), let number = bytes.of(numbers) else { return }
    if var values = try? dataset.read(limit: 1 << 20), !values.isEmpty {
      for place in isWhole ? Array(values.indices) : [Int(bytes.next()) % values.count] {
        values[place] = number
      }
      if (try? dataset.write(values)) != nil { return }
    }
    guard var values = try? dataset.read(as: Int64.self, limit: 1 << 20), !values.isEmpty
    else { return }
    for place in isWhole ? Array(values.indices) : [Int(bytes.next()) % values.count] {
      values[place] = Int64(exactly: number.rounded()) ?? .max
    }
    try? dataset.write(values)
  }

  /// More rows.
  private static func grow(_ name: String, in group: HDF5Group, by bytes: inout Choices) {
    guard let dataset = try? group.dataset(name), let shape = try? dataset.shape,
      let rows = shape.first
    else { return }
    let width = shape.dropFirst().reduce(1) { $0 &* $1 }
    guard (1...1000).contains(width) else { return }
    let count = Int(bytes.next() % 5) * width
    guard let number = bytes.of(numbers) else { return }
    if (try? dataset.write(rows: [Double](repeating: number, count: count), from: rows)) == nil {
      try? dataset.write(rows: [Int64](repeating: Int64(bytes.next()), count: count), from: rows)
    }
  }

  /// Other attributes, of the object or of the file.
  private static func describe(_ name: String, in group: HDF5Group, by bytes: inout Choices) {
    guard
      let attributes = (try? group.group(name).attributes) ?? (try? group.dataset(name).attributes),
      let all = bytes.next() % 8 == 0 ? try? group.attributes.names : try? attributes.names,
      let attribute = bytes.of(all)
    else { return }
    let owner = (try? attributes.contains(attribute)) == true ? attributes : group.attributes
    let count = Int(bytes.next() % 4)
    let values = (0..<count).map { _ in bytes.of(numbers) ?? 0 }
    switch bytes.next() % 7 {
    case 0: try? owner.remove(attribute)
    case 1: try? owner.set(attribute, to: bytes.of(numbers) ?? 0)
    case 2: try? owner.set(attribute, to: values)
    case 3: try? owner.set(attribute, to: Int(exactly: (bytes.of(numbers) ?? 0).rounded()) ?? .max)
    case 4: try? owner.set(attribute, to: values.map { Int(exactly: $0.rounded()) ?? .min })
    case 5: try? owner.set(attribute, to: bytes.of(texts) ?? "")
    default: try? owner.set(attribute, to: (0..<count).map { _ in bytes.of(texts) ?? "" })
    }
  }

  /// A text with one of its characters changed, or another text.
  private static func rewrite(_ name: String, in group: HDF5Group, by bytes: inout Choices) {
    guard let text = try? group.dataset(name).readText() else { return }
    var letters = Array(text.utf8)
    if bytes.next() % 4 == 0 {
      letters = Array((bytes.of(texts) ?? "").utf8)
    } else {
      let digits = letters.indices.filter { (48...57).contains(letters[$0]) }
      let places = bytes.next() % 4 == 0 ? Array(letters.indices) : digits
      guard !places.isEmpty else { return }
      let place = places[(Int(bytes.next()) << 8 | Int(bytes.next())) % places.count]
      let letter = bytes.next()
      letters[place] = letter % 2 == 0 ? 48 + letter / 2 % 10 : letter
    }
    try? group.remove(name)
    _ = try? group.createDataset(name, text: String(decoding: letters, as: UTF8.self))
  }

  /// A second name for something that is there, which may lie above.
  private static func link(_ name: String, to target: String, isHard: Bool, in file: HDF5File) {
    let path = file.path
    // The library gives the same open file for the same path.
    let id = H5Fopen(path, dyn_H5F_ACC_RDWR(), hid_t(H5P_DEFAULT))
    guard id >= 0 else { return }
    defer { H5Fclose(id) }
    if isHard {
      H5Lcreate_hard(id, target, id, name, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
    } else {
      H5Lcreate_soft(target, id, name, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
    }
  }
}
