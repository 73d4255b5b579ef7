import Foundation
import LinearAlgebra
import RandomStreams
import Scenarios

extension Scenario {
  /// Whether the data are those of Debian's Fashion-MNIST, and are not installed.
  public var lacksInstalledData: Bool {
    guard case .images(let data) = data else { return false }
    return !data.isInstalled
  }
}

extension ImageData {
  /// Whether the files are where they are looked for when no path is given; true if one is.
  public var isInstalled: Bool {
    path != nil
      || FileManager.default.fileExists(
        atPath: Self.debianFolder + "/train-images-idx3-ubyte.gz")
  }

  /// Reads the rows, scales their numbers and makes the targets.
  ///
  /// - Throws: `ScenarioError` for files that are missing, or hold other or fewer rows, and whatever
  ///   else `reading` throws.
  func samples(reading: MatrixReader) throws -> LabelledSamples {
    var (training, valid) = try parts(reading: reading)
    try scale(&training.rows, &valid.rows)
    return try LabelledSamples(
      inputs: training.rows, targets: .indicators(of: training.classes, count: outputs),
      validInputs: valid.rows, validTargets: .indicators(of: valid.classes, count: outputs))
  }

  /// Rows with the class of each.
  private typealias Part = (rows: Matrix<Double>, classes: [Int])

  private func parts(reading: MatrixReader) throws -> (training: Part, valid: Part) {
    switch format {
    case .idx:
      return (
        try idx("train", count: samples, key: "data.samples", reading),
        try idx("t10k", count: testSamples, key: "data.test_samples", reading)
      )
    case .cifar10:
      return (
        try cifar((1...5).map { "data_batch_\($0)" }, count: samples, key: "data.samples", reading),
        try cifar(["test_batch"], count: testSamples, key: "data.test_samples", reading)
      )
    case .csv: return try tables(reading)
    }
  }

  // MARK: Formats

  private func idx(
    _ stem: String, count: Int, key: String, _ reading: MatrixReader
  ) throws -> Part {
    let images = "\(resolvedPath)/\(stem)-images-idx3-ubyte"
    let labels = "\(resolvedPath)/\(stem)-labels-idx1-ubyte"
    let rows = try read(images, reading)
    let classes = try read(labels, reading)
    guard classes.columns == 1, classes.rows == rows.rows else {
      throw ScenarioError(
        key: "data.path",
        problem: "'\(labels)' is \(classes.shape) where '\(images)' has \(rows.rows) images",
        remedy: "give a folder whose files belong together")
    }
    try check(columns: rows.columns, of: images)
    try check(rows: rows.rows, count: count, key: key, of: images)
    return (
      rows.rows(0..<count), try self.classes(classes.elements[..<count], of: labels)
    )
  }

  private func cifar(
    _ stems: [String], count: Int, key: String, _ reading: MatrixReader
  ) throws -> Part {
    var elements: [Double] = []
    var classes: [Double] = []
    let size = 3 * 1024
    for stem in stems where classes.count < count {
      let file = "\(resolvedPath)/\(stem).bin"
      let matrix = try read(file, reading)
      guard matrix.columns == 1 + size else {
        throw ScenarioError(
          key: "data.path",
          problem: "'\(file)' has rows of \(matrix.columns) numbers, not \(1 + size)",
          remedy: "give the folder of the binary version of CIFAR-10")
      }
      classes += try self.classes(matrix.column(0)[...], of: file).map(Double.init)
      for row in 0..<matrix.rows {
        elements += matrix.elements[row * (1 + size) + 1..<(row + 1) * (1 + size)]
      }
    }
    try check(rows: classes.count, count: count, key: key, of: resolvedPath)
    return (
      Matrix(rows: count, columns: size, elements: Array(elements[..<(count * size)])),
      classes[..<count].map { Int($0) }
    )
  }

  private func tables(_ reading: MatrixReader) throws -> (training: Part, valid: Part) {
    let table = try read(resolvedPath, reading)
    try check(columns: table.columns - 1, of: resolvedPath)
    var order = Array(0..<table.rows)
    if let seed {
      var stream = try NumPyStream(seed: seed)
      order = stream.permutation(count: table.rows)
    }
    guard let testPath else {
      try check(
        rows: table.rows, count: samples + testSamples, key: "data.samples", of: resolvedPath)
      return (
        try part(table, order[..<samples], of: resolvedPath),
        try part(table, order[samples..<samples + testSamples], of: resolvedPath)
      )
    }
    let second = try read(testPath, reading)
    try check(columns: second.columns - 1, of: testPath)
    try check(rows: table.rows, count: samples, key: "data.samples", of: resolvedPath)
    try check(rows: second.rows, count: testSamples, key: "data.test_samples", of: testPath)
    return (
      try part(table, order[..<samples], of: resolvedPath),
      try part(second, Array(0..<testSamples)[...], of: testPath)
    )
  }

  private func part(
    _ table: Matrix<Double>, _ order: ArraySlice<Int>, of file: String
  ) throws -> Part {
    let chosen = table.rows(order)
    let column = label == .first ? 0 : inputs
    return (
      chosen.columns(label == .first ? 1..<inputs + 1 : 0..<inputs),
      try classes(chosen.column(column)[...], of: file)
    )
  }

  // MARK: Checks

  /// Reads a file; says how to get Fashion-MNIST when it is not where Debian puts it.
  private func read(_ file: String, _ reading: MatrixReader) throws -> Matrix<Double> {
    do {
      return try reading(file)
    } catch var error as ScenarioError {
      error.key = "data.path"
      if !isInstalled {
        error.remedy =
          "'./setup.sh --data' installs Debian's dataset-fashion-mnist, or give the folder with "
          + "--data"
      }
      throw error
    }
  }

  private func check(columns: Int, of file: String) throws {
    guard columns != inputs else { return }
    throw ScenarioError(
      key: "data.dim", problem: "'\(file)' has \(columns) numbers in a row, not \(inputs)",
      remedy: "set --dim \(columns)")
  }

  private func check(rows: Int, count: Int, key: String, of file: String) throws {
    guard rows < count else { return }
    throw ScenarioError(
      key: key, problem: "'\(file)' has \(rows) rows, fewer than the \(count) asked for",
      remedy: testPath == nil && format == .csv
        ? "lower --samples and --test-samples to \(rows) together" : "give at most \(rows)")
  }

  /// The classes that numbers of a file stand for.
  private func classes(_ values: ArraySlice<Double>, of file: String) throws -> [Int] {
    try values.enumerated().map { row, value in
      guard let index = Int(exactly: value), (0..<outputs).contains(index) else {
        throw ScenarioError(
          key: "data.outputs",
          problem: "'\(file)' gives a row the class \(value.shortest), but classes count from 0 to "
            + "\(outputs - 1)",
          remedy: "set --outputs to the number of classes, or data.label to their column")
      }
      return index
    }
  }

  // MARK: Scaling

  /// Mean and deviation of red, green and blue in ImageNet.
  private static let imageNet = [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)]
  /// What red, green and blue add to grey, as torchvision adds them (ITU-R BT.601).
  private static let greyWeights = [0.2989, 0.587, 0.114]

  private func scale(_ training: inout Matrix<Double>, _ valid: inout Matrix<Double>) throws {
    scalePixels(of: &training)
    scalePixels(of: &valid)
    guard normalisation == .dataset else { return }
    let count = Double(training.elements.count)
    let mean = training.elements.reduce(0, +) / count
    let variance = training.elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 0 else {
      throw ScenarioError(
        key: "data.normalise", problem: "All numbers of the training rows are \(mean.shortest)",
        remedy: "set data.normalise to none, or give other rows")
    }
    let deviation = variance.squareRoot()
    func standardise(_ elements: inout [Double]) {
      for i in elements.indices { elements[i] = (elements[i] - mean) / deviation }
    }
    standardise(&training.elements)
    standardise(&valid.elements)
  }

  /// Bytes from 0 to 1, colours as asked for.
  private func scalePixels(of rows: inout Matrix<Double>) {
    guard format != .csv else { return }
    for i in rows.elements.indices { rows.elements[i] /= 255 }
    if normalisation == .imageNet {
      for i in rows.elements.indices {
        let (mean, deviation) = Self.imageNet[i % rows.columns / 1024]
        rows.elements[i] = (rows.elements[i] - mean) / deviation
      }
    }
    guard format == .cifar10, isGrey else { return }
    let colours = rows
    rows = Matrix(rows: colours.rows, columns: 1024) { row, pixel in
      Self.greyWeights.enumerated().reduce(0) {
        $0 + $1.element * colours[row, 1024 * $1.offset + pixel]
      }
    }
  }
}

extension Double {
  /// The number as a person writes it, whole ones without a point.
  fileprivate var shortest: String {
    Int(exactly: self).map(String.init) ?? "\(self)"
  }
}
