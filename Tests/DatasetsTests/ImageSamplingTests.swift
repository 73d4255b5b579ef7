import Foundation
import LinearAlgebra
import Scenarios
import Testing

@testable import Datasets

@Suite("Labelled images")
struct ImageSamplingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    // Four images of 2 × 2 and two for validation, in three classes.
    try folder.write(
      idx([4, 2, 2], [0, 51, 102, 255] + Array(repeating: 0, count: 8) + [255, 255, 0, 0]),
      to: "train-images-idx3-ubyte")
    try folder.write(idx([4], [2, 0, 1, 1]), to: "train-labels-idx1-ubyte")
    try folder.write(idx([2, 2, 2], [0, 0, 0, 255, 51, 0, 0, 0]), to: "t10k-images-idx3-ubyte")
    try folder.write(idx([2], [1, 0]), to: "t10k-labels-idx1-ubyte")
  }

  private func data(_ change: (inout ImageData) -> Void = { _ in }) -> ImageData {
    var data = ImageData()
    data.path = folder.path
    (data.samples, data.testSamples, data.inputs, data.outputs) = (4, 2, 4, 3)
    data.normalisation = .none
    change(&data)
    return data
  }

  private func sentence(_ change: (inout ImageData) -> Void) -> String {
    let error = #expect(throws: ScenarioError.self) {
      try data(change).samples { try readMatrixFile($0) }
    }
    return error?.description.replacing(folder.path, with: "D") ?? ""
  }

  @Test("pixels are from 0 to 1, targets 1 at the class")
  func idxFiles() throws {
    let samples = try data { $0.samples = 3 }.samples { try readMatrixFile($0) }
    #expect(samples.inputs.row(0) == [0, 0.2, 0.4, 1] && samples.inputs.rows == 3)
    #expect(samples.targets == Matrix([[0, 0, 1], [1, 0, 0], [0, 1, 0]]))
    #expect(samples.validInputs == Matrix([[0, 0, 0, 1], [0.2, 0, 0, 0]]))
    #expect(samples.validTargets == Matrix([[0, 1, 0], [1, 0, 0]]))
  }

  @Test("the data set's mean and deviation are those of all training pixels")
  func normalised() throws {
    let samples = try data { $0.normalisation = .dataset }.samples { try readMatrixFile($0) }
    let all = samples.inputs.elements
    #expect(abs(all.reduce(0, +)) < 1e-14)
    #expect(abs(all.reduce(0) { $0 + $1 * $1 } / 16 - 1) < 1e-14)
    // The validation pixel 1 equals the training pixel 1.
    #expect(samples.validInputs[0, 3] == samples.inputs[0, 3])
  }

  @Test("tables are told apart by a permutation, or come in two")
  func tables() throws {
    let lines = (0..<6).map { "\($0),\(10 * $0),\($0 % 3)" }
    try folder.write(Array(lines.joined(separator: "\n").utf8), to: "table.csv")
    func read(_ change: (inout ImageData) -> Void) throws -> LabelledSamples {
      try data {
        $0.format = .csv
        $0.path = folder.path + "/table.csv"
        $0.inputs = 2
        change(&$0)
      }.samples { try readMatrixFile($0) }
    }
    let ordered = try read { $0.seed = nil }
    #expect(ordered.inputs.column(0) == [0, 1, 2, 3] && ordered.validInputs.column(0) == [4, 5])
    #expect(ordered.targets.row(2) == [0, 0, 1])
    let shuffled = try read { _ in }
    let all = shuffled.inputs.column(0) + shuffled.validInputs.column(0)
    #expect(all.sorted() == [0, 1, 2, 3, 4, 5] && all != [0, 1, 2, 3, 4, 5])
    // Numbers and class of a row stay together.
    for row in 0..<4 {
      #expect(shuffled.inputs[row, 1] == 10 * shuffled.inputs[row, 0])
      #expect(shuffled.targets[row, Int(shuffled.inputs[row, 0]) % 3] == 1)
    }
    try folder.write(Array("1,7,8\n0,9,9".utf8), to: "second.csv")
    let two = try read {
      $0.label = .first
      $0.testPath = folder.path + "/second.csv"
      $0.samples = 1
      $0.seed = nil
    }
    #expect(two.inputs == Matrix([[0, 0]]) && two.validInputs == Matrix([[7, 8], [9, 9]]))
    #expect(two.validTargets == Matrix([[0, 1, 0], [1, 0, 0]]))
  }

  @Test("colours are scaled as ImageNet's and added up to grey")
  func cifar() throws {
    func image(_ index: UInt8, _ colours: [UInt8]) -> [UInt8] {
      [index] + colours.flatMap { Array(repeating: $0, count: 1024) }
    }
    for batch in 1...5 {
      try folder.write(image(UInt8(batch), [255, 0, 51]), to: "data_batch_\(batch).bin")
    }
    try folder.write(image(0, [0, 255, 0]), to: "test_batch.bin")
    func read(_ change: (inout ImageData) -> Void) throws -> LabelledSamples {
      try data {
        $0.format = .cifar10
        ($0.samples, $0.testSamples, $0.inputs, $0.outputs) = (5, 1, 1024, 10)
        change(&$0)
      }.samples { try readMatrixFile($0) }
    }
    let grey = try read { $0.normalisation = .imageNet }
    let expected =
      0.2989 * ((1 - 0.485) / 0.229) + 0.587 * ((0 - 0.456) / 0.224) + 0.114
      * ((0.2 - 0.406) / 0.225)
    #expect(grey.inputs.rows == 5 && grey.inputs.columns == 1024)
    #expect(grey.inputs.elements.allSatisfy { abs($0 - expected) < 1e-15 })
    #expect((0..<5).allSatisfy { grey.targets[$0, $0 + 1] == 1 })
    let colour = try read {
      $0.isGrey = false
      $0.inputs = 3072
    }
    #expect(colour.validInputs.row(0) == [0, 1, 0].flatMap { Array(repeating: $0, count: 1024) })
  }

  @Test("files that do not fit are refused with what to type instead")
  func refused() throws {
    #expect(
      sentence { $0.inputs = 9 }
        == "'D/train-images-idx3-ubyte' has 4 numbers in a row, not 9: set --dim 4.")
    #expect(
      sentence { $0.samples = 5 }
        == "'D/train-images-idx3-ubyte' has 4 rows, fewer than the 5 asked for: give at most 4.")
    #expect(
      sentence { $0.outputs = 2 }
        == "'D/train-labels-idx1-ubyte' gives a row the class 2, but classes count from 0 to 1: set "
        + "--outputs to the number of classes, or data.label to their column.")
    #expect(
      sentence { $0.path = folder.path + "/none" }
        == "The file 'D/none/train-images-idx3-ubyte' does not exist: check that it exists and holds "
        + "one row of numbers per line.")
    try folder.write(idx([3], [1, 0, 0]), to: "train-labels-idx1-ubyte")
    #expect(sentence { _ in }.contains("is 3 × 1 where 'D/train-images-idx3-ubyte' has 4 images"))
    try folder.write(idx([4, 2, 2], Array(repeating: 7, count: 16)), to: "train-images-idx3-ubyte")
    try folder.write(idx([4], [0, 0, 0, 0]), to: "train-labels-idx1-ubyte")
    #expect(
      sentence { $0.normalisation = .dataset }.hasPrefix("All numbers of the training rows are"))
  }

  @Test("data that only Debian's place could have say how to install them")
  func missing() {
    var data = data()
    data.path = nil
    guard !data.isInstalled else { return }
    let error = #expect(throws: ScenarioError.self) { try data.samples { try readMatrixFile($0) } }
    #expect(error?.description.contains("./setup.sh --data") == true)
  }

  @Test("the digits of the catalogue are those of their origin")
  func digits() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let digits = try readMatrixFile(root + "/scenarios/rainbow/digits.csv")
    #expect(digits.rows == 1797 && digits.columns == 65)
    #expect(digits.columns(0..<64).elements.allSatisfy { (0...16).contains($0) })
    let counts = (0..<10).map { digit in digits.column(64).count { $0 == Double(digit) } }
    #expect(counts.min() == 174 && counts.max() == 183 && counts.reduce(0, +) == 1797)
  }
}
