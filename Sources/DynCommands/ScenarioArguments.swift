import Arguments
import Foundation
import LinearAlgebra
import Scenarios

/// Makes the scenario that a command line asks for.
enum ScenarioArguments {
  /// The scenarios that can be named.
  static var catalogue: Catalogue { .program }

  /// The named scenario, or the default one, with every `--set` and every flag applied, checked as a whole.
  ///
  /// - Throws: `ScenarioError` or `ArgumentError`, naming the flag.
  static func scenario(_ invocation: Invocation) throws -> Scenario {
    var scenario = try invocation.text("scenario").map(catalogue.scenario) ?? Scenario()
    for setting in invocation.values(of: "set").flatMap(\.self) {
      try apply(setting, to: &scenario)
    }
    for flag in Grammar.scenarioFlags {
      guard let value = flag.value(in: invocation) else { continue }
      try scenario.set(flag.key, to: value)
    }
    if let seed = invocation.text("seed") {
      let value =
        seed == "random"
        ? JSON.Content.number(Double(UInt32.random(in: 0...UInt32.max)))
        : ScenarioFlag.content(of: seed)
      try scenario.set("seed", to: JSON(value, origin: .flag("--seed")))
    }
    try locating { try scenario.validate() }
    return scenario
  }

  /// Does something with a scenario, and names the flag of the key in an error about it.
  ///
  /// - Throws: `ScenarioError` also where the numbers of the scenario are beyond linear algebra.
  static func locating<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as ScenarioError {
      throw located(error)
    } catch let error as LinearAlgebraError {
      throw ScenarioError(
        problem: "The scenario asks for numbers that are too large or too small to compute with "
          + "(\(error))",
        remedy: "choose less extreme ones")
    }
  }

  /// The error with the flag of its key as origin, unless it has an origin or the key no flag.
  private static func located(_ error: ScenarioError) -> ScenarioError {
    guard error.origin == .program,
      let flag = Grammar.scenarioFlags.first(where: { $0.key == error.key })
    else { return error }
    var error = error
    error.origin = .flag(flag.flag.spelling)
    return error
  }

  /// Applies `KEY=VALUE`, where VALUE is JSON or a bare word.
  private static func apply(_ setting: String, to scenario: inout Scenario) throws {
    guard let equals = setting.firstIndex(of: "=") else {
      throw ScenarioError(
        problem: "'\(setting)' has no value", remedy: "write KEY=VALUE, as in data.kappa=3",
        origin: .flag("--set"))
    }
    let key = String(setting[..<equals])
    let text = String(setting[setting.index(after: equals)...])
    let read = try? JSON.read(Array(text.utf8), name: "--set")
    try scenario.set(key, to: (read ?? .string(text)).from(.flag("--set")))
  }
}

extension JSON {
  /// The value with every part from the given origin.
  func from(_ origin: Origin) -> JSON {
    switch content {
    case .array(let items): JSON(.array(items.map { $0.from(origin) }), origin: origin)
    case .object(let members):
      JSON(
        .object(members.map { Member($0.name, $0.value.from(origin), origin: origin) }),
        origin: origin)
    default: JSON(content, origin: origin)
    }
  }
}
