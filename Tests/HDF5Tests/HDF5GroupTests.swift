import Testing

@testable import HDF5

@Suite struct HDF5GroupTests {
  let folder: TemporaryFolder
  let file: HDF5File
  let root: HDF5Group

  init() throws {
    folder = try TemporaryFolder()
    file = try HDF5File.create(folder.path("run.h5"))
    root = try file.root
  }

  @Test("names come in the order of creation")
  func order() throws {
    let names = (0..<20).map { "name\(($0 * 7) % 20)" } + ["κ-Läufe ✓"]
    for name in names { try root.createGroup(name) }
    #expect(try root.childNames == names)
    #expect(try file.root.childNames == names)
  }

  @Test("paths lead through groups, and say what they are")
  func paths() throws {
    let group = try root.createGroup("theory").createGroup("lazy")
    try group.createDataset("loss", values: [1.0])
    #expect(group.path == "/theory/lazy")
    #expect(try root.group("theory/lazy").path == "/theory/lazy")
    #expect(try group.dataset("/theory/lazy/loss").path == "/theory/lazy/loss")
    #expect(try root.dataset("theory/lazy/loss").read() == [1])
    #expect(try root.kind(of: "theory") == .group)
    #expect(try root.kind(of: "theory/lazy/loss") == .dataset)
    #expect(try root.kind(of: "/") == .group)
    for name in ["theory", "theory/lazy", "/theory", "theory/lazy/loss", "/"] {
      #expect(try root.contains(name), "\(name)")
    }
    for name in ["lazy", "theory/none", "none/lazy", "theory/lazy/loss/deeper", ""] {
      #expect(try !root.contains(name), "\(name)")
    }
  }

  @Test("a missing name, and a group in place of a dataset, are errors with the full name")
  func errors() throws {
    try root.createGroup("trajectory")
    try root.createDataset("values", values: [1.0])
    let path = folder.path("run.h5")
    #expect(
      message { _ = try root.dataset("trajectory/loss") }
        == "There is no dataset \(path):/trajectory/loss.")
    #expect(message { _ = try root.group("none") } == "There is no group \(path):/none.")
    #expect(message { _ = try root.kind(of: "none") } == "There is no object \(path):/none.")
    #expect(
      message { _ = try root.dataset("trajectory") }
        == "\(path):/trajectory is a group, not a dataset.")
    #expect(
      message { _ = try root.group("values") } == "\(path):/values is a dataset, not a group.")
  }

  @Test("a name that is taken, whose parent is missing, or that would be cut is refused")
  func refused() throws {
    try root.createGroup("a")
    #expect(message { try root.createGroup("a") }.contains("name already exists"))
    #expect(message { try root.createGroup("none/b") }.hasPrefix("Cannot create the group"))
    #expect(message { try root.createGroup("a\0b") }.contains("null character"))
    #expect(throws: HDF5Error.self) { try root.createGroup("") }
    #expect(try root.childNames == ["a"])
  }

  @Test("a removed name is gone and may be taken again")
  func remove() throws {
    try root.createGroup("a")
    try root.remove("a")
    #expect(try !root.contains("a"))
    try root.createDataset("a", values: [1.0])
    #expect(try root.kind(of: "a") == .dataset)
    #expect(message { try root.remove("b") }.hasPrefix("Cannot remove"))
  }
}
