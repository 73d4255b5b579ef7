import Arguments
import Scenarios

/// The verb `scenarios`: lists the catalogue, or shows one scenario whole.
enum ScenariosCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let catalogue = ScenarioArguments.catalogue
    switch (invocation.operands.first, invocation.operands.count) {
    case (nil, _): try list(catalogue)
    case ("show", 2):
      Terminal.result(try catalogue.scenario(invocation.operands[1]).json.prettyText)
    default:
      throw ScenarioError(
        problem: "'dyn scenarios \(invocation.operands.joined(separator: " "))' is not understood",
        remedy: "write 'dyn scenarios' or 'dyn scenarios show NAME'")
    }
    return ExitStatus.done.rawValue
  }

  private static func list(_ catalogue: Catalogue) throws {
    let names = catalogue.names
    let width = (names.map(\.count).max() ?? 0) + 2
    for name in names {
      let title = try catalogue.scenario(name).title
      Terminal.result(name + String(repeating: " ", count: width - name.count) + title)
    }
  }
}
