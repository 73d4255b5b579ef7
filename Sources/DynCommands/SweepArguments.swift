import Arguments
import Foundation
import Scenarios
import Spelling

/// Makes the sweep that a command line asks for.
enum SweepArguments {
  /// The scenario with the axes and seeds of `--sweep`, `--over`, `--zip` and `--seeds`.
  ///
  /// - Throws: `ScenarioError` or `ArgumentError`, naming the flag.
  static func scenario(_ invocation: Invocation) throws -> Scenario {
    var scenario = try ScenarioArguments.scenario(invocation)
    if let file = invocation.text("sweep") {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw ScenarioError(
          problem: "There is no file \(file)", remedy: "give one with axes and seeds in JSON",
          origin: .flag("--sweep"))
      }
      scenario.sweep = SweepSection()
      try scenario.sweep.apply(JSON.read(Array(data), name: file), path: "sweep")
    }
    var axes = try invocation.values(of: "over").flatMap(\.self).map(axis)
    for names in invocation.values(of: "zip") {
      try zip(names.flatMap { $0.split(separator: ",").map(String.init) }, of: &axes)
    }
    for (number, axis) in axes.enumerated() {
      if let key = axis.keys.first(where: { axes[..<number].flatMap(\.keys).contains($0) }) {
        throw ScenarioError(
          problem: "\(key) is swept twice", remedy: "give all its values at once",
          origin: .flag("--over"))
      }
      scenario.sweep.axes.removeAll { !Set($0.keys).isDisjoint(with: axis.keys) }
      scenario.sweep.axes.append(axis)
    }
    if let text = invocation.text("seeds") {
      let values = try values(text, key: "seed", origin: .flag("--seeds"))
      try scenario.sweep.apply(
        JSON(.object([JSON.Member("seeds", values.json, origin: .flag("--seeds"))])),
        path: "sweep")
    }
    guard scenario.sweep != SweepSection() else {
      throw ScenarioError(
        problem: "Nothing is swept",
        remedy: "give axes, as in --over kappa=geom:0.1:10:21, or --seeds 0..9, or --sweep FILE")
    }
    return scenario
  }

  /// The axis of `[LABEL:]NAME=VALUES`.
  static func axis(_ text: String) throws -> SweepAxis {
    let origin = Origin.flag("--over")
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw ScenarioError(
        problem: "'\(text)' has no values", remedy: "write NAME=VALUES, as in kappa=1,3,10",
        origin: origin)
    }
    let name = text[..<equals].split(separator: ":", maxSplits: 1).map(String.init)
    guard let typed = name.last else {
      throw ScenarioError(
        problem: "'\(text)' names no key", remedy: "write NAME=VALUES, as in kappa=1,3,10",
        origin: origin)
    }
    let (key, short) = try resolve(typed, origin: origin)
    var axis = SweepAxis()
    axis.name = name.count > 1 ? name[0] : short
    axis.keys = [key]
    axis.values = try values(String(text[text.index(after: equals)...]), key: key, origin: origin)
    return axis
  }

  /// The key that a word names, and what its axis is called.
  private static func resolve(
    _ word: String, origin: Origin
  ) throws -> (key: String, name: String) {
    if word == "seed" { return ("seed", "seed") }
    let typed = word.replacing("_", with: "-")
    if let flag = Grammar.scenarioFlags.first(where: { $0.flag.name == typed }) {
      return (flag.key, flag.flag.name.replacing("-", with: "_"))
    }
    let plain = String(word.prefix { $0 != "[" })
    let keys = Scenario.keys.map(\.path)
    guard keys.contains(plain) else {
      let names = Grammar.scenarioFlags.map(\.flag.name) + ["seed"] + keys
      throw ScenarioError(
        problem: "There is no key \(word) to sweep",
        remedy: nearest(to: word, in: names).map { "did you mean \($0)?" }
          ?? "name a flag without its dashes, as in kappa=1,3,10, or a key of the scenario",
        origin: origin)
    }
    let last = word.split(separator: ".").last.map(String.init) ?? word
    return (word, last.replacing("[", with: "_").replacing("]", with: ""))
  }

  /// The values of a list, a rule or a list in JSON.
  private static func values(_ text: String, key: String, origin: Origin) throws -> AxisValues {
    let isRule = text.contains("..") || text.contains(":")
    let json: JSON
    if text.hasPrefix("["), let read = try? JSON.read(Array(text.utf8), name: "") {
      json = read.from(origin)
    } else if isRule {
      json = JSON(.string(text), origin: origin)
    } else {
      let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      json = JSON(
        .array(words.contains("") ? [] : words.map { JSON(content(of: $0, key), origin: origin) }),
        origin: origin)
    }
    guard let values = AxisValues(json: json) else {
      throw ScenarioError(
        problem: text.isEmpty
          ? "\(key) has no values" : "'\(text)' is no list of values for \(key)",
        remedy:
          "write 1,3,10, geom:A:B:N with N ≥ 2 and A, B of one sign, linear:A:B:N, or A..B with "
          + "whole numbers A ≤ B", origin: origin)
    }
    return values
  }

  private static func content(of word: String, _ key: String) -> JSON.Content {
    switch word {
    case "true": .boolean(true)
    case "false": .boolean(false)
    case "none" where ScenarioFlag.acceptsNull(key): .null
    default: ScenarioFlag.content(of: word)
    }
  }

  /// Joins the axes of some names into one whose keys take their values together.
  private static func zip(_ names: [String], of axes: inout [SweepAxis]) throws {
    let origin = Origin.flag("--zip")
    let places = try names.map { name in
      let typed = name.replacing("-", with: "_")
      guard let place = axes.firstIndex(where: { [$0.name, $0.keys[0]].contains(typed) }) else {
        throw ScenarioError(
          problem: "There is no axis \(name) to zip", remedy: "give it with --over",
          origin: origin)
      }
      return place
    }
    guard places.count > 1, Set(places).count == places.count else {
      throw ScenarioError(
        problem: "'\(names.joined(separator: ","))' is not two or more different axes",
        remedy: "name them, as in --zip kappa,lr", origin: origin)
    }
    let chosen = places.map { axes[$0] }
    let counts = chosen.map(\.values.values.count)
    guard Set(counts).count == 1 else {
      throw ScenarioError(
        problem: "The axes \(names.joined(separator: ", ")) have "
          + counts.map(String.init).joined(separator: ", ") + " values",
        remedy: "zipped axes need equally many", origin: origin)
    }
    var joined = chosen[0]
    joined.keys = chosen.flatMap(\.keys)
    let rows = (0..<counts[0]).map { place in JSON.array(chosen.map { $0.values.values[place] }) }
    guard let values = AxisValues(json: .array(rows)) else { return }
    joined.values = values
    axes[places[0]] = joined
    for place in places.dropFirst().sorted(by: >) { axes.remove(at: place) }
  }
}
