import Testing

@testable import HDF5

@Suite struct HDF5AttributesTests {
  let folder: TemporaryFolder
  let root: HDF5Group

  init() throws {
    folder = try TemporaryFolder()
    root = try HDF5File.create(folder.path("run.h5")).root
  }

  @Test("every kind of value comes back from the root, a group and a dataset")
  func roundTrips() throws {
    let holders = [
      root.attributes, try root.createGroup("group").attributes,
      try root.createDataset("dataset", values: [1.0]).attributes,
    ]
    let contents: [(String, HDF5AttributeContent)] = [
      ("real", .real(-0.1)), ("integer", .integer(.min)), ("text", .text("κ-Läufe ✓")),
      ("reals", .reals([1, .infinity])), ("integers", .integers([3, -4])),
      ("texts", .texts(["a", "", "ü"])), ("empty text", .text("")), ("no reals", .reals([])),
      ("no texts", .texts([])), ("no integers", .integers([])),
    ]
    for attributes in holders {
      for (name, content) in contents { try attributes.set(name, to: content) }
      for (name, content) in contents { #expect(try attributes.get(name) == content) }
      #expect(try attributes.names == contents.map(\.0))
    }
  }

  @Test("Swift values go in and out by their type")
  func types() throws {
    let attributes = root.attributes
    try attributes.set("rate", to: 0.25)
    try attributes.set("steps", to: 100)
    try attributes.set("title", to: "decoupled")
    try attributes.set("rates", to: [0.5, 0.25])
    try attributes.set("sizes", to: [2, 50])
    #expect(try attributes.get("rate", as: Double.self) == 0.25)
    #expect(try attributes.get("steps", as: Int.self) == 100)
    #expect(try attributes.get("steps", as: Int64.self) == 100)
    #expect(try attributes.get("steps", as: Double.self) == 100)
    #expect(try attributes.get("title", as: String.self) == "decoupled")
    #expect(try attributes.get("rates", as: [Double].self) == [0.5, 0.25])
    #expect(try attributes.get("rate", as: [Double].self) == [0.25])
    #expect(try attributes.get("sizes", as: [Int].self) == [2, 50])
    #expect(try attributes.get("sizes", as: [Double].self) == [2, 50])
    let path = folder.path("run.h5")
    #expect(
      message { _ = try attributes.get("rate", as: Int.self) }
        == "\(path):/@rate holds real(0.25), which does not go with reading as Int.")
    #expect(throws: HDF5Error.self) { try attributes.get("rates", as: Double.self) }
    #expect(throws: HDF5Error.self) { try attributes.get("title", as: Double.self) }
    #expect(
      message { _ = try attributes.get("none") } == "There is no attribute \(path):/@none.")
  }

  @Test("setting again replaces value, type and shape")
  func replace() throws {
    let attributes = root.attributes
    try attributes.set("status", to: "running")
    try attributes.set("count", to: 1)
    try attributes.set("status", to: "complete")
    #expect(try attributes.names == ["status", "count"])
    #expect(try attributes.get("status") == "complete")
    for content: HDF5AttributeContent in [
      .real(1), .reals([1]), .reals([1, 2]), .integers([1, 2]), .text("x"), .integer(3),
    ] {
      try attributes.set("count", to: content)
      #expect(try attributes.get("count") == content)
    }
    try attributes.remove("count")
    #expect(try attributes.names == ["status"])
    #expect(try !attributes.contains("count"))
    #expect(message { try attributes.remove("count") }.contains("@count"))
  }

  @Test("many and large attributes are kept in order")
  func many() throws {
    let names = (0..<50).map { "a\(($0 * 17) % 50)" }
    for name in names { try root.attributes.set(name, to: name) }
    #expect(try root.attributes.names == names)
    let large = (0..<20_000).map(Double.init)
    try root.attributes.set("large", to: large)
    #expect(try root.attributes.get("large") == .reals(large))
    let text = String(repeating: "κ", count: 100_000)
    try root.attributes.set("long", to: text)
    #expect(try root.attributes.get("long") == text)
  }

  @Test("a text that would be cut at a null character is refused")
  func nullCharacter() {
    #expect(message { try root.attributes.set("a", to: "x\0y") }.contains("null character"))
    #expect(message { try root.attributes.set("a\0", to: 1) }.contains("null character"))
  }
}
