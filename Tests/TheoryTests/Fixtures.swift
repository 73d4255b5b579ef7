import Foundation

/// Regression values of the reference scripts, by the text before the bracket.
enum Fixtures {
  static let values: [String: [Double]] = {
    guard
      let url = Bundle.module.url(
        forResource: "fixtures", withExtension: "txt", subdirectory: "Reference"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [:] }
    var result: [String: [Double]] = [:]
    var pending = ""
    for line in text.split(separator: "\n") {
      pending += line
      guard pending.filter({ $0 == "[" }).count == pending.filter({ $0 == "]" }).count
      else { continue }
      let name = pending.prefix(70).trimmingCharacters(in: .whitespaces)
      let numbers = pending.dropFirst(70).split { "[], ".contains($0) }.compactMap { Double($0) }
      result[name] = numbers
      pending = ""
    }
    return result
  }()

  /// The values of the fixture whose name begins with a text; empty when there is none.
  static func named(_ beginning: String) -> [Double] {
    values.first { $0.key.hasPrefix(beginning) }?.value ?? []
  }
}
