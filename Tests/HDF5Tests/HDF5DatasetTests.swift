import Testing

@testable import HDF5

@Suite struct HDF5DatasetTests {
  let folder: TemporaryFolder
  let root: HDF5Group

  init() throws {
    folder = try TemporaryFolder()
    root = try HDF5File.create(folder.path("run.h5")).root
  }

  private func check<Element: HDF5Element & Equatable>(
    _ values: [Element], _ type: HDF5ElementType, shape: [Int]
  ) throws {
    let name = "\(type)_\(shape.map(String.init).joined(separator: "x"))"
    let dataset = try root.createDataset(name, values: values, shape: shape)
    #expect(try dataset.read(as: Element.self) == values)
    #expect(try dataset.shape == shape)
    #expect(try dataset.maxShape == shape)
    #expect(try dataset.elementType == type)
    #expect(try dataset.chunk == nil)
  }

  @Test("values of every type and shape come back bit for bit")
  func roundTrips() throws {
    let extremes = [0, -0.0, .infinity, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    try check(extremes, .float64, shape: [6])
    try check(extremes, .float64, shape: [2, 1, 3])
    try check(extremes.map(Float.init), .float32, shape: [3, 2])
    try check([Int64.min, 0, .max], .int64, shape: [3])
    try check([Int.min, 0, .max], .int64, shape: [1, 3])
    try check([Int32.min, .max], .int32, shape: [2])
    try check([Int8.min, 0, 1, .max], .int8, shape: [2, 2])
    try check([UInt8.min, .max], .uint8, shape: [2])
    try check([1.5], .float64, shape: [])
    try check([Double](), .float64, shape: [0])
    try check([Int64](), .int64, shape: [3, 0, 2])
    let signalling = [Double(bitPattern: 0x7ff8_0000_0000_1234), -0.0]
    let dataset = try root.createDataset("nan", values: signalling)
    #expect(try dataset.read().map(\.bitPattern) == signalling.map(\.bitPattern))
  }

  @Test("texts come back, empty ones and those beyond ASCII too")
  func texts() throws {
    let texts = ["κ-Läufe ✓", "", "plain", "two\nlines"]
    #expect(try root.createDataset("texts", texts: texts).readTexts() == texts)
    #expect(try root.createDataset("none", texts: []).readTexts() == [])
    let text = try root.createDataset("text", text: "κ-Läufe ✓")
    #expect(try text.readText() == "κ-Läufe ✓")
    #expect(try text.shape == [])
    #expect(try text.elementType == .string)
    #expect(message { try root.createDataset("cut", text: "a\0b") }.contains("null character"))
    #expect(message { _ = try root.dataset("texts").readText() }.contains("exactly one text"))
  }

  @Test("numbers are read as any type that holds them, and as no other")
  func conversions() throws {
    let whole = try root.createDataset("whole", values: [Int64](0..<3))
    #expect(try whole.read() == [0, 1, 2])
    #expect(try whole.read(as: Float.self) == [0, 1, 2])
    let path = folder.path("run.h5")
    #expect(
      message { _ = try whole.read(as: Int32.self) }
        == "\(path):/whole holds int64, which does not go with reading as int32.")
    let bytes = try root.createDataset("bytes", values: [UInt8(200)])
    #expect(try bytes.read(as: Int64.self) == [200])
    #expect(throws: HDF5Error.self) { try bytes.read(as: Int8.self) }
    let single = try root.createDataset("single", values: [Float(0.5)])
    #expect(try single.read() == [0.5])
    #expect(throws: HDF5Error.self) { try single.read(as: Int64.self) }
    let text = try root.createDataset("text", text: "1")
    #expect(
      message { _ = try text.read() }
        == "\(path):/text holds string, which does not go with reading as float64.")
    #expect(message { _ = try whole.readTexts() }.contains("holds int64"))
  }

  @Test("reading above the limit throws with both sizes before it allocates")
  func limits() throws {
    let path = folder.path("run.h5")
    let dataset = try root.createDataset("values", values: [Double](repeating: 1, count: 100))
    #expect(try dataset.read(limit: 800).count == 100)
    #expect(
      message { _ = try dataset.read(limit: 799) }
        == "\(path):/values holds 800 bytes, above the limit of 799. "
        + "Raise the limit, or read some of its rows only.")
    #expect(try dataset.readRows(0..<10, limit: 80).count == 10)
    #expect(throws: HDF5Error.self) { try dataset.readRows(0..<11, limit: 80) }
    // A shape that no memory holds, in a file of a few kilobytes.
    let huge = try root.createDataset(
      "huge", elementType: .float64, shape: [1 << 50, 4], unlimitedFirstAxis: true, chunk: [1, 4])
    #expect(message { _ = try huge.read() }.contains("holds \(1 << 55) bytes"))
    let larger = try root.createDataset(
      "larger", elementType: .float64, shape: [1 << 40, 1 << 40], chunk: [1, 8])
    #expect(message { _ = try larger.read() }.contains("more bytes than can be counted"))
    let text = try root.createDataset("text", text: String(repeating: "x", count: 5000))
    #expect(throws: HDF5Error.self) { try text.readText(limit: 4999) }
    #expect(try text.readText(limit: 6000).count == 5000)
  }

  @Test("rows of a range are those of the whole")
  func rows() throws {
    let values = (0..<60).map(Double.init)
    let dataset = try root.createDataset("values", values: values, shape: [5, 3, 4])
    #expect(try dataset.readRows(1..<4) == Array(values[12..<48]))
    #expect(try dataset.readRows(0..<5) == values)
    #expect(try dataset.readRows(5..<5) == [])
    #expect(try dataset.readRows(2..<3, as: Float.self) == values[24..<36].map(Float.init))
    #expect(message { _ = try dataset.readRows(4..<6) }.contains("rows within 0..<5, not 4..<6"))
    #expect(throws: HDF5Error.self) { try dataset.readRows(-1..<2) }
    let scalar = try root.createDataset("scalar", values: [1.0], shape: [])
    #expect(throws: HDF5Error.self) { try scalar.readRows(0..<1) }
  }

  @Test("appended rows follow those before, also after reopening")
  func append() throws {
    let dataset = try root.createDataset(
      "series", elementType: .float64, shape: [0, 2, 3], unlimitedFirstAxis: true,
      chunk: [4, 2, 3], compression: 4)
    #expect(try dataset.maxShape == [nil, 2, 3])
    #expect(try dataset.chunk == [4, 2, 3])
    #expect(try dataset.read() == [])
    var expected: [Double] = []
    for rows in [1, 5, 0, 17, 2] {
      let added = (0..<rows * 6).map { Double($0 + expected.count) }
      try dataset.append(rows: added)
      expected += added
    }
    #expect(try dataset.shape == [25, 2, 3])
    #expect(try dataset.read() == expected)
    let steps = try root.createDataset(
      "iteration", elementType: .int64, shape: [0], unlimitedFirstAxis: true)
    try steps.append(rows: [Int64](0..<10))
    try steps.append(rows: [10, 11])
    #expect(try steps.read(as: Int.self) == Array(0..<12))
    try [Double](repeating: 7, count: 6).withUnsafeBufferPointer { try dataset.append(rows: $0) }
    #expect(try dataset.readRows(25..<26) == [7, 7, 7, 7, 7, 7])
  }

  @Test("appending the wrong number or type of values, or to a fixed shape, changes nothing")
  func appendErrors() throws {
    let dataset = try root.createDataset(
      "series", elementType: .float64, shape: [0, 3], unlimitedFirstAxis: true)
    #expect(
      message { try dataset.append(rows: [1.0, 2]) }.contains("whole rows of 3 values, not 2"))
    #expect(message { try dataset.append(rows: [1, 2, 3]) }.contains("writing int64"))
    try dataset.append(rows: [Float](repeating: 1, count: 3))
    #expect(try dataset.shape == [1, 3])
    let fixed = try root.createDataset("fixed", values: [1.0])
    #expect(message { try fixed.append(rows: [2.0]) }.hasPrefix("Cannot resize"))
    #expect(try fixed.read() == [1])
    let scalar = try root.createDataset("scalar", values: [1.0], shape: [])
    #expect(throws: HDF5Error.self) { try scalar.append(rows: [2.0]) }
  }

  @Test("rewriting keeps the shape")
  func write() throws {
    let dataset = try root.createDataset("values", values: [1.0, 2, 3, 4], shape: [2, 2])
    try dataset.write([5.0, 6, 7, 8])
    #expect(try dataset.read() == [5, 6, 7, 8])
    #expect(message { try dataset.write([1.0]) }.contains("4 values (shape [2, 2]), not 1"))
    #expect(message { try dataset.write([1, 2, 3, 4]) }.contains("writing int64"))
  }

  @Test("creation refuses what cannot be")
  func creationErrors() throws {
    func create(_ shape: [Int], grows: Bool = false, chunk: [Int]? = nil, level: Int? = nil) {
      #expect(throws: HDF5Error.self) {
        try root.createDataset(
          "bad", elementType: .float64, shape: shape, unlimitedFirstAxis: grows, chunk: chunk,
          compression: level)
      }
    }
    create([-1])
    create([], grows: true)
    create([4], chunk: [0])
    create([4], chunk: [2, 2])
    create([4], level: 10)
    create([Int](repeating: 1, count: 33))
    #expect(throws: HDF5Error.self) {
      try root.createDataset("bad", elementType: .string, shape: [1])
    }
    #expect(throws: HDF5Error.self) { try root.createDataset("bad", values: [1.0], shape: [2]) }
    #expect(try root.childNames == [])
    try root.createDataset("good", values: [1.0])
    #expect(message { try root.createDataset("good", values: [1.0]) }.contains("already exists"))
  }

  @Test("the default chunk takes whole rows up to 256 KiB, and one of larger rows")
  func defaultChunk() throws {
    func chunk(_ shape: [Int], grows: Bool = true) throws -> [Int]? {
      let name = "d" + shape.map(String.init).joined(separator: "_") + "\(grows)"
      return try root.createDataset(
        name, elementType: .float64, shape: shape, unlimitedFirstAxis: grows, compression: 1
      ).chunk
    }
    #expect(try chunk([0]) == [32768])
    #expect(try chunk([0, 4, 8]) == [1024, 4, 8])
    #expect(try chunk([0, 1000, 1000]) == [1, 1000, 1000])
    #expect(try chunk([0, 0]) == [32768, 1])
    #expect(try chunk([10, 4], grows: false) == [10, 4])
  }

  @Test("compression makes repetitive values small")
  func compression() throws {
    let values = [Double](repeating: 1, count: 100_000)
    try folder.file("plain.h5") { try $0.createDataset("values", values: values) }
    let path = try folder.file("packed.h5") {
      try $0.createDataset("values", values: values, compression: 4)
    }
    #expect(try folder.bytes("plain.h5").count > 800_000)
    #expect(try folder.bytes("packed.h5").count < 80_000)
    #expect(try HDF5File.open(path).root.dataset("values").read() == values)
  }
}
