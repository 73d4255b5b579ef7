import Foundation
import Testing

@testable import Scenarios

/// The scenario files of the repository.
enum ScenarioFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  static let catalogue = Catalogue(folders: [folder.path])

  /// Paths of all scenarios below the folder; other files are data beside them.
  static let paths: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (found ?? []).filter { path in
      path.hasSuffix(".json")
    }.sorted()
  }()

  static let names = catalogue.files.keys.sorted()

  static func json(_ name: String) throws -> JSON {
    let path = try #require(catalogue.files[name])
    return try JSON.read(Array(Data(contentsOf: URL(filePath: path))), name: name + ".json")
  }
}

@Suite("Scenario files")
struct ScenarioFilesTests {
  @Test("every file lies in the folder of a paper, and no two have one name")
  func names() throws {
    #expect(ScenarioFiles.names.count >= 75)
    // A name that two files share would be listed once.
    #expect(ScenarioFiles.paths.count == ScenarioFiles.names.count)
    for path in ScenarioFiles.paths {
      #expect(
        path.wholeMatch(of: /[a-z]+(-[a-z]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)*\.json/) != nil, "\(path)"
      )
    }
  }

  @Test("every file is a valid scenario that says what it is", arguments: ScenarioFiles.names)
  func valid(name: String) throws {
    let json = try ScenarioFiles.json(name)
    let scenario = try Scenario(json)
    #expect(scenario.name == name)
    for key in ["title", "description", "source"] {
      #expect(json[key]?.string?.isEmpty == false, "\(key) is missing")
    }
    #expect(!scenario.title.hasSuffix("."))
    #expect(scenario.description.hasSuffix("."))
    let again = try JSON.read(Array(scenario.json.prettyText.utf8), name: "t")
    #expect(try Scenario(again) == scenario)
  }

  @Test("no two scenarios are the same experiment")
  func distinct() throws {
    var seen: [Scenario] = []
    for name in ScenarioFiles.names {
      var scenario = try Scenario(ScenarioFiles.json(name))
      scenario.expected = []
      scenario.figures = []
      for key in ["name", "title", "description", "source"] {
        try scenario.set(key, to: .string(""))
      }
      #expect(!seen.contains(scenario), "\(name)")
      seen.append(scenario)
    }
  }

  @Test("the default scenario is the experiment of its file")
  func byDefault() throws {
    #expect(try Scenario(ScenarioFiles.json("exact-solutions")).experiment == Scenario())
  }
}
