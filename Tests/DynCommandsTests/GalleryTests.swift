import Foundation
import Scenarios
import Testing

@testable import DynCommands

@Suite("The gallery")
struct GalleryTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let catalogue = Catalogue(folders: [root.path + "/scenarios"])

  /// `UPDATE_GOLDEN=1 swift test --filter Gallery` writes it anew.
  @Test("its page is what the scenarios say")
  func page() throws {
    let text = try Gallery.page(of: Self.catalogue)
    let file = Self.root.appendingPathComponent("docs/gallery.md")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept == text, "run UPDATE_GOLDEN=1 swift test --filter Gallery")
  }

  @Test(
    "every scenario has a small picture and something that it must show, and no picture is left over"
  )
  func pictures() throws {
    let folder = Self.root.path + "/plots/gallery"
    let found = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".png") }.map { String($0.dropLast(4)) }.sorted()
    #expect(found == Self.catalogue.names, "dyn check --all --gallery plots/gallery draws them")
    for name in found {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name).png")
      let size = (attributes[.size] as? Int) ?? .max
      #expect(size <= 60_000 && size > 1000, "\(name) has \(size) bytes")
      #expect(try !Self.catalogue.scenario(name).expected.isEmpty, "\(name) expects nothing")
    }
  }
}
