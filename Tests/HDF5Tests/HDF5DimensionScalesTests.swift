import Testing

@testable import HDF5

@Suite struct HDF5DimensionScalesTests {
  let folder: TemporaryFolder
  let root: HDF5Group

  init() throws {
    folder = try TemporaryFolder()
    root = try HDF5File.create(folder.path("run.h5")).root
  }

  @Test("axes are known by the names of their scales")
  func names() throws {
    let input = try root.createDataset("input", values: [0, 1])
    try input.makeScale(name: "input")
    let mode = try root.createDataset("mode", values: [0, 1, 2])
    try mode.makeScale(name: "mode κ")
    let group = try root.createGroup("data")
    let values = try group.createDataset(
      "V", values: [Double](repeating: 0, count: 6), shape: [2, 3])
    #expect(try values.scaleName(0) == nil)
    #expect(try values.label(0) == nil)
    try values.attachScale(mode, axis: 1)
    #expect(try values.scaleName(0) == nil)
    try values.attachScale(input, axis: 0)
    #expect(try values.scaleName(0) == "input")
    #expect(try values.scaleName(1) == "mode κ")
    #expect(try values.label(1) == "mode κ")
    try values.setLabel("column", axis: 1)
    #expect(try values.label(1) == "column")
    #expect(try input.isScale)
    #expect(try !values.isScale)
    #expect(try root.dataset("data/V").scaleName(0) == "input")
  }

  @Test("an axis that is not there, or has a scale, takes none")
  func errors() throws {
    let scale = try root.createDataset("input", values: [0, 1])
    try scale.makeScale(name: "input")
    let values = try root.createDataset("values", values: [0.0, 1])
    try values.attachScale(scale, axis: 0)
    #expect(message { try values.attachScale(scale, axis: 0) }.contains("which has 'input'"))
    #expect(message { try values.attachScale(scale, axis: 1) }.contains("an axis below 1, not 1"))
    #expect(throws: HDF5Error.self) { try values.scaleName(-1) }
    #expect(throws: HDF5Error.self) { try values.label(2) }
    #expect(throws: HDF5Error.self) { try scale.attachScale(scale, axis: 0) }
  }

  @Test("a list of scales of the wrong type is an error, not a crash")
  func damaged() throws {
    let values = try root.createDataset("values", values: [0.0, 1], shape: [2, 1])
    try values.attributes.set("DIMENSION_LIST", to: [1, 2])
    #expect(throws: HDF5Error.self) { try values.scaleName(0) }
    try values.attributes.set("DIMENSION_LIST", to: ["a", "b", "c"])
    #expect(try values.scaleName(0) == nil)
    try values.attributes.set("DIMENSION_LABELS", to: ["only one"])
    #expect(try values.label(1) == nil)
    try values.attributes.set("CLASS", to: 3.5)
    #expect(try !values.isScale)
  }
}
