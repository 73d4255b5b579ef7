import Foundation
import LinearAlgebra
import Scenarios

/// Reads a matrix of numbers from a text file, see ``textMatrix(_:name:)``.
///
/// - Throws: `ScenarioError` with line and remedy.
public func readTextMatrix(_ path: String) throws -> Matrix<Double> {
  if let location = DatasetPath(path) {
    throw ScenarioError(
      problem: "'\(path)' names a dataset of the HDF5 file '\(location.file)', not a text file",
      remedy: "write the matrix as text, one row per line")
  }
  let text: String
  do {
    text = try String(contentsOfFile: path, encoding: .utf8)
  } catch {
    throw ScenarioError(
      problem: "The file '\(path)' cannot be read as text",
      remedy: "check that it exists and holds one row of numbers per line")
  }
  return try textMatrix(text, name: path)
}

/// The matrix that a text holds, one row per line.
///
/// Numbers are separated by spaces, tabs, commas or semicolons; `#` starts a comment; empty lines
/// count for nothing, nor does a first line none of whose words is a number, such as the header of
/// a table.
///
/// - Throws: `ScenarioError` with line and remedy.
func textMatrix(_ text: String, name path: String) throws -> Matrix<Double> {
  var rows: [[Double]] = []
  var hasHeader = false
  let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  for (index, line) in lines.enumerated() {
    let content = line.prefix { $0 != "#" }
    let words = content.split { " \t,;".contains($0) }
    guard !words.isEmpty else { continue }
    if rows.isEmpty, !hasHeader, words.allSatisfy({ Double($0) == nil }) {
      hasHeader = true
      continue
    }
    let origin = Origin.file(name: path, line: index + 1, column: 1)
    let row = try words.map { word -> Double in
      guard let number = Double(word), number.isFinite else {
        throw ScenarioError(
          problem: "'\(word)' is not a finite number", remedy: "write it as in 0.5, -3 or 1e-4",
          origin: origin)
      }
      return number
    }
    if let first = rows.first, first.count != row.count {
      throw ScenarioError(
        problem: "A row has \(row.count) numbers where the first has \(first.count)",
        remedy: "give every row as many", origin: origin)
    }
    rows.append(row)
  }
  guard !rows.isEmpty else {
    throw ScenarioError(
      problem: "The file '\(path)' holds no numbers", remedy: "write one row per line",
      origin: .file(name: path, line: 1, column: 1))
  }
  return Matrix(rows)
}

/// The place of a dataset in an HDF5 file, written `file.h5:/path/of/dataset`.
public struct DatasetPath: Equatable, Sendable {
  /// Path of the file.
  public var file: String
  /// Path of the dataset in the file, which begins with `/`.
  public var dataset: String

  /// The place that a text names; nil unless it has the form `file:/path`.
  public init?(_ text: String) {
    guard let range = text.range(of: ":/", options: .backwards), range.lowerBound > text.startIndex
    else { return nil }
    file = String(text[..<range.lowerBound])
    dataset = String(text[text.index(after: range.lowerBound)...])
    guard dataset.count > 1 else { return nil }
  }
}
