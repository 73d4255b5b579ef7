import Testing

@testable import HDF5

@Suite struct ContentDigestTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What a file of the tests holds, each part to be varied alone.
  struct Content {
    var values = (0..<600).map { Double($0) / 7 }
    var shape = [100, 6]
    var name = "product"
    var kind = "float64"
    var rate = HDF5AttributeContent.real(0.1)
    var label = "κ-Läufe"
    var scale = "iteration"
    var chunk: [Int]? = [7, 6]
    var compression: Int?
    var grows = true
    var provenance = "first"
    var reversed = false

    func write(_ root: HDF5Group) throws {
      let provenance = try root.createGroup("provenance")
      try provenance.attributes.set("host", to: self.provenance)
      try root.attributes.set("created", to: self.provenance)
      let names = reversed ? ["b", "a"] : ["a", "b"]
      for name in names { try root.createGroup(name) }
      for name in names { try root.attributes.set(name, to: name) }
      let group = try root.createGroup("trajectory")
      let type: HDF5ElementType = kind == "float32" ? .float32 : .float64
      let dataset = try group.createDataset(
        name, elementType: type, shape: [grows ? 0 : shape[0]] + shape.dropFirst(),
        unlimitedFirstAxis: grows, chunk: chunk, compression: compression)
      if grows { try dataset.append(rows: values) } else { try dataset.write(values) }
      try dataset.attributes.set("rate", to: rate)
      let axis = try group.createDataset("iteration", values: Array(0..<shape[0]))
      try axis.makeScale(name: scale)
      try dataset.attachScale(axis, axis: 0)
      try dataset.setLabel("step", axis: 0)
      try root.createDataset("title", texts: [label, ""])
    }
  }

  private func digest(
    _ name: String, excluding excluded: Set<String> = ["/provenance", "/@created"],
    _ change: (inout Content) -> Void = { _ in }
  ) throws -> String {
    var content = Content()
    change(&content)
    let path = try folder.file(name + ".h5", content.write)
    return try HDF5File.open(path).contentDigest(excluding: excluded)
  }

  @Test("files of equal content have equal digests, however they are stored")
  func equal() throws {
    let expected = try digest("plain")
    #expect(expected.count == 64)
    #expect(try digest("chunk") { $0.chunk = [32, 2] } == expected)
    #expect(try digest("deflate") { $0.compression = 6 } == expected)
    #expect(try digest("fixed") { ($0.grows, $0.chunk) = (false, nil) } == expected)
    #expect(try digest("order") { $0.reversed = true } == expected)
    #expect(try digest("excluded") { $0.provenance = "second" } == expected)
  }

  @Test("a change of anything else changes the digest")
  func different() throws {
    let digests = [
      try digest("plain"),
      try digest("value") { $0.values[599].negate() },
      try digest("bit") { $0.values[0] = -0.0 },
      try digest("shape") {
        $0.shape = [50, 12]; $0.chunk = nil
      },
      try digest("name") { $0.name = "risk" },
      try digest("type") { $0.kind = "float32" },
      try digest("attribute") { $0.rate = .real(0.2) },
      try digest("attribute shape") { $0.rate = .reals([0.1]) },
      try digest("attribute type") { $0.rate = .text("0.1") },
      try digest("text") { $0.label = "κ-Lauf" },
      try digest("axis") { $0.scale = "step" },
      try digest("all", excluding: []),
      try digest("less", excluding: ["/provenance", "/@created", "/title"]),
      try digest(
        "without rate", excluding: ["/provenance", "/@created", "/trajectory/product@rate"]),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(
      try digest("other", excluding: ["/@created"]) { $0.provenance = "second" }
        != digest("first", excluding: ["/@created"]))
  }

  @Test("values longer than one block of reading count to the last, whatever the axes")
  func blocks() throws {
    // 10 MiB of values, more than two blocks; the second shape has rows larger than a block.
    var values = (0..<1_310_720).map(Double.init)
    func digest(_ name: String, chunk: [Int]?, shape: [Int]) throws -> String {
      let path = try folder.file(name + ".h5") {
        try $0.createDataset("values", values: values, shape: shape, chunk: chunk)
      }
      return try HDF5File.open(path).contentDigest()
    }
    for (index, shape) in [[1_310_720], [2, 655_360], [2, 5, 131_072], [655_360, 2, 1]].enumerated()
    {
      let plain = try digest("plain\(index)", chunk: nil, shape: shape)
      let chunk = shape.map { max(1, $0 / 3) }
      #expect(try digest("chunked\(index)", chunk: chunk, shape: shape) == plain)
      let last = values.count - 1
      values[last] += 1
      #expect(try digest("last\(index)", chunk: chunk, shape: shape) != plain)
      values[last] -= 1
      values.swapAt(600_000, 700_000)
      #expect(try digest("swap\(index)", chunk: nil, shape: shape) != plain)
      values.swapAt(600_000, 700_000)
    }
  }

  @Test("the digest of a group is that of the same group elsewhere")
  func groups() throws {
    let path = try folder.file { root in
      for name in ["a", "b"] {
        let group = try root.createGroup(name)
        try group.createDataset("values", values: [1.0, 2])
        try group.attributes.set("rate", to: 0.5)
      }
      try root.createGroup("c").createDataset("values", values: [1.0, 3])
      try root.createGroup("empty")
    }
    let root = try HDF5File.open(path).root
    let digests = try ["a", "b", "c", "empty"].map { try root.group($0).contentDigest() }
    #expect(digests[0] == digests[1])
    #expect(Set(digests).count == 3)
  }

  @Test("the structure is all but the numbers in datasets")
  func structure() throws {
    func digest(_ name: String, _ change: (inout Content) -> Void = { _ in }) throws -> String {
      var content = Content()
      change(&content)
      return try HDF5File.open(folder.file(name + ".h5", content.write)).root.structureDigest()
    }
    let plain = try digest("plain")
    #expect(try digest("value") { $0.values[599].negate() } == plain)
    let others = [
      plain, try digest("attribute") { $0.rate = .real(0.2) },
      try digest("text") { $0.label = "κ-Lauf" }, try digest("type") { $0.kind = "float32" },
      try digest("provenance") { $0.provenance = "second" },
    ]
    #expect(Set(others).count == others.count)
  }
}
