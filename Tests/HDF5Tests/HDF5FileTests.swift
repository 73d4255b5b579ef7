import Testing

@testable import HDF5

@Suite struct HDF5FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("two files written by the same calls are equal byte for byte")
  func bytesEqual() async throws {
    func fill(_ root: HDF5Group) throws {
      try root.attributes.set("status", to: "running")
      let group = try root.createGroup("trajectory")
      let loss = try group.createDataset(
        "loss", elementType: .float64, shape: [0], unlimitedFirstAxis: true, chunk: [16])
      let step = try group.createDataset("iteration", values: (0..<40).map { $0 })
      try step.makeScale(name: "iteration")
      try loss.attachScale(step, axis: 0)
      for row in 0..<40 { try loss.append(rows: [Double(row)]) }
      try group.createDataset("names", texts: ["a", "κ"])
      try root.attributes.set("status", to: "complete")
    }
    try folder.file("a.h5", fill)
    // Times, if any were stored, have a resolution of a second.
    try await Task.sleep(for: .seconds(1.1))
    try folder.file("b.h5", fill)
    #expect(try folder.bytes("a.h5") == folder.bytes("b.h5"))
  }

  @Test("an exclusive creation keeps the old file and says what to do, another empties it")
  func exclusive() throws {
    let path = try folder.file { try $0.createGroup("old") }
    let text = message { _ = try HDF5File.create(path) }
    #expect(text.contains("run.h5"))
    #expect(text.contains("File exists"))
    #expect(text.hasSuffix("Choose another name, or remove the old file first."))
    #expect(try HDF5File.open(path).root.childNames == ["old"])
    try HDF5File.create(path, exclusive: false).close()
    #expect(try HDF5File.open(path).root.childNames == [])
  }

  @Test("a missing file is an error with its path, the system's reason and one line")
  func missing() {
    let path = folder.path("none.h5")
    let text = message { _ = try HDF5File.open(path) }
    #expect(text.hasPrefix("Cannot open \(path): "))
    #expect(text.contains("No such file or directory"))
    #expect(text.hasSuffix("Check the path."))
    #expect(!text.contains("\n"))
  }

  @Test("bytes that are no HDF5 file are an error, with and without its signature")
  func randomBytes() throws {
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
    var state: UInt64 = 1
    for trial in 0..<200 {
      var bytes = (0..<2048).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(state >> 56)
      }
      if trial % 2 == 1 { bytes.replaceSubrange(0..<8, with: signature) }
      if trial % 4 == 3 { bytes[8] = UInt8(trial / 4 % 4) }
      let path = try folder.write(bytes, to: "noise\(trial).h5")
      let text = message { _ = try HDF5File.open(path).root.childNames }
      #expect(text.hasPrefix("Cannot "), "trial \(trial)")
    }
    let text = message { _ = try HDF5File.open(folder.path("noise0.h5")) }
    #expect(text.contains("file signature not found"))
    #expect(text.contains("It is not an HDF5 file"))
  }

  @Test("a file cut short anywhere is an error")
  func cutShort() throws {
    try folder.file("whole.h5") { root in
      try root.createDataset("values", values: (0..<500).map(Double.init))
      try root.attributes.set("status", to: "running")
    }
    let bytes = try folder.bytes("whole.h5")
    for length in stride(from: 0, to: bytes.count, by: 97) {
      let path = try folder.write(Array(bytes.prefix(length)), to: "cut\(length).h5")
      let text = message { _ = try HDF5File.open(path).contentDigest() }
      #expect(!text.isEmpty, "\(length) of \(bytes.count) bytes")
    }
  }

  @Test("what was flushed survives a killed program, and recovering makes the file clean")
  func killed() throws {
    for isConcurrent in [false, true] {
      let file = try HDF5File.create(folder.path("run\(isConcurrent).h5"))
      let root = try file.root
      try root.attributes.set("status", to: "running")
      let series = try root.createDataset(
        "series", elementType: .float64, shape: [0, 4], unlimitedFirstAxis: true, chunk: [8, 4])
      if isConcurrent { try file.startSWMRWrite() }
      var expected: [Double] = []
      for block in 0..<50 {
        let rows = (0..<4 * (block % 7 + 1)).map { Double($0 * block) }
        try series.append(rows: rows)
        expected += rows
      }
      if isConcurrent { try series.flush() } else { try file.flush() }
      // The bytes on disk now are what a kill at this moment leaves.
      let left = try folder.bytes("run\(isConcurrent).h5")
      let path = try folder.write(left, to: "left\(isConcurrent).h5")
      let text = message { _ = try HDF5File.open(path) }
      #expect(text.contains("already open for"))
      #expect(message { _ = try HDF5File.open(path, mode: .readWrite) }.contains("already open"))
      do {
        let unfinished = try HDF5File.open(path, mode: .readUnfinished)
        #expect(try unfinished.root.dataset("series").read() == expected)
        #expect(try unfinished.contentDigest().count == 64)
      }
      #expect(try folder.bytes("left\(isConcurrent).h5") == left)
      do {
        let recovered = try HDF5File.open(path, mode: .recover)
        let series = try recovered.root.dataset("series")
        #expect(try series.read() == expected)
        try series.append(rows: [1.0, 2, 3, 4])
        try recovered.root.attributes.set("status", to: "complete")
        try recovered.close()
      }
      let clean = try HDF5File.open(path)
      #expect(try clean.root.dataset("series").read() == expected + [1, 2, 3, 4])
      #expect(try clean.root.attributes.get("status") == "complete")
      #expect(
        try HDF5File.open(path, mode: .readUnfinished).root.dataset("series").shape
          == clean.root.dataset("series").shape)
    }
  }

  @Test("closing twice is fine, and what was taken from a closed file throws")
  func closed() throws {
    let file = try HDF5File.create(folder.path("run.h5"))
    let group = try file.root.createGroup("group")
    let dataset = try group.createDataset("values", values: [1.0])
    try file.close()
    try file.close()
    let expected = "was closed before it was used. Open the file again."
    #expect(message { _ = try dataset.read() }.hasSuffix(expected))
    #expect(message { _ = try group.childNames }.hasSuffix(expected))
    #expect(message { _ = try file.root }.hasSuffix(expected))
    #expect(message { try file.flush() }.hasSuffix(expected))
    // The identifiers of the closed file are not taken for those of the next one.
    let next = try HDF5File.create(folder.path("next.h5"))
    let kept = try next.root.createDataset("values", values: [2.0])
    #expect(throws: HDF5Error.self) { try dataset.write([3.0]) }
    #expect(try kept.read() == [2])
  }

  @Test("an object keeps its file open, and the last one closes it")
  func lifetimes() throws {
    let path = try folder.file { try $0.createDataset("values", values: [1.0, 2]) }
    do {
      let dataset = try HDF5File.open(path, mode: .readWrite).root.dataset("values")
      try dataset.write([3.0, 4])
      #expect(try dataset.read() == [3, 4])
    }
    // Emptying a file that is open somewhere is refused, so it was closed.
    try HDF5File.create(path, exclusive: false).close()
  }

  @Test("a file opened for reading refuses changes")
  func readOnly() throws {
    let path = try folder.file { _ in }
    let root = try HDF5File.open(path).root
    #expect(message { try root.createGroup("new") }.contains("no write intent"))
    #expect(message { try root.attributes.set("status", to: 1) }.contains("no write intent"))
  }

  @Test("threads may each use files at once")
  func threads() async throws {
    try #require(HDF5Library.isThreadSafe)
    let folder = folder
    let sums = try await withThrowingTaskGroup(of: Double.self) { tasks in
      for index in 0..<8 {
        tasks.addTask {
          let path = try folder.file("task\(index).h5") { root in
            let dataset = try root.createDataset(
              "values", elementType: .float64, shape: [0], unlimitedFirstAxis: true)
            for row in 0..<50 { try dataset.append(rows: [Double(row * index)]) }
          }
          let root = try HDF5File.open(path).root
          #expect(message { _ = try root.dataset("none") }.contains("task\(index).h5:/none"))
          return try root.dataset("values").read().reduce(0, +)
        }
      }
      return try await tasks.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(sums == Set((0..<8).map { Double($0 * 49 * 25) }))
  }

  @Test("the library tells its version")
  func version() {
    #expect(HDF5Library.version.split(separator: ".").count == 3)
    #expect(HDF5Library.version.hasPrefix("1.") || HDF5Library.version.hasPrefix("2."))
  }
}
