import Foundation
import Testing

@testable import Scenarios

/// The scenario files of the repository.
enum ScenarioFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func json(_ name: String) throws -> JSON {
    let data = try Data(contentsOf: folder.appending(path: name + ".json"))
    return try JSON.read(Array(data), name: name + ".json")
  }
}

@Suite("Scenario files")
struct ScenarioFilesTests {
  @Test("there are files, all with the ending of JSON and names of the command line")
  func names() throws {
    #expect(ScenarioFiles.names.count >= 30)
    let files = try FileManager.default.contentsOfDirectory(atPath: ScenarioFiles.folder.path)
    #expect(files.count == ScenarioFiles.names.count)
    for name in ScenarioFiles.names {
      #expect(name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, "\(name)")
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
      for key in ["name", "title", "description", "source"] {
        try scenario.set(key, to: .string(""))
      }
      #expect(!seen.contains(scenario), "\(name)")
      seen.append(scenario)
    }
  }

  @Test("the default scenario equals its file")
  func byDefault() throws {
    #expect(try Scenario(ScenarioFiles.json("exact-solutions")) == Scenario())
  }
}
