import Foundation
import Testing

@testable import Experiments

@Suite("Folders of runs")
struct RunFolderTests {
  private let root = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  @Test("runs that start in the same second get different folders")
  func sameSecond() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    let folders = try (0..<3).map { _ in try RunFolder(root: root, date: date) }
    let stamp = "2023-11-14T22-13-20Z"
    #expect(
      folders.map(\.results) == ["", "-2", "-3"].map { "\(root)/results/\(stamp)\($0)" })
    #expect(folders.map(\.plots) == ["", "-2", "-3"].map { "\(root)/plots/\(stamp)\($0)" })
  }

  @Test("empty folders go, folders with something in them stay")
  func removal() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let kept = try RunFolder(at: root + "/kept", replacing: false)
    try Data([1]).write(to: URL(fileURLWithPath: kept.runFile))
    kept.removeIfEmpty()
    #expect(FileManager.default.fileExists(atPath: kept.runFile))
    #expect(!FileManager.default.fileExists(atPath: kept.plots))
    let empty = try RunFolder(at: root + "/empty", replacing: false)
    empty.removeIfEmpty()
    #expect(!FileManager.default.fileExists(atPath: root + "/empty"))
  }
}
