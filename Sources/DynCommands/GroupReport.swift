import Arguments
import Experiments
import FiniteGroups
import Foundation
import Scenarios

/// The analysis `group`: the irreducible representations of a group, with checks of what they are.
enum GroupReport {
  static let name = "group"

  static func perform(_ invocation: Invocation) throws -> Int32 {
    guard invocation.operands.count == 1 else {
      throw ScenarioError(
        problem: "'dyn analyze group' is of no run, but '\(invocation.operands[1])' is given",
        remedy: "write dyn analyze group --group S5", origin: .program)
    }
    let group = try FiniteGroup(
      name: invocation.text("group") ?? "S5", available: MemoryEstimate.physical)
    let transform = GroupFourierTransform(group)
    let check = GroupCheck(transform)
    let scan = scan(transform)
    if invocation.isOn("json") {
      Terminal.result(json(group, check, scan).prettyText)
    } else {
      for line in lines(group, check, scan) { Terminal.result(line) }
    }
    return ExitStatus.done.rawValue
  }

  /// The scan over mixtures of standard, sign and their product, as logits; empty for other groups.
  private static func scan(_ transform: GroupFourierTransform) -> [CharacterMixture] {
    let named = ["standard", "sign", "standard_sign"].compactMap { name in
      transform.representations.first { $0.alias == name }?.character
    }
    return named.count == 3 ? CharacterMixture.scan(named, steps: 10) : []
  }

  private static func lines(
    _ group: FiniteGroup, _ check: GroupCheck, _ scan: [CharacterMixture]
  ) -> [String] {
    func error(_ value: Double) -> String { String(format: "%.1e", value) }
    let classes = group.conjugacyClasses
    var lines = [
      "\(group.name): \(group.order) elements, \(classes.count) classes, "
        + "\(check.rows.count) irreducible representations, Σd² = \(check.squaredDimensions)",
      "",
    ]
    lines += RunReport.table(
      [
        "representation", "", "d", "ρ(x)ρ(y) − ρ(xy)", "ρρᵀ − 1", "⟨χ,χ⟩", "loss of χ(xyz⁻¹)",
        "accuracy",
      ],
      check.rows.map { row in
        let character = row.representation.character
        return [
          row.representation.name, row.representation.alias ?? "",
          "\(row.representation.dimension)", error(row.homomorphismError),
          error(row.orthogonalityError), String(format: "%.12f", row.characterNorm),
          String(format: "%.7f", row.crossEntropy),
          String(format: "%.4f", characterAccuracy(character)),
        ]
      })
    lines += [
      "",
      "Fourier transform: largest |FᵀF − 1| \(error(check.fourierError)), |FFᵀ − 1| "
        + error(check.inverseFourierError),
    ]
    if let best = scan.min(by: { $0.crossEntropy < $1.crossEntropy }) {
      lines += ["", "Mixtures of standard and standard_sign as logits:"]
      lines += RunReport.table(
        ["standard", "standard_sign", "loss"],
        scan.filter { $0.weights[1] == 0 }.map { mixture in
          [
            String(format: "%.1f", mixture.weights[0]), String(format: "%.1f", mixture.weights[2]),
            String(format: "%.7f", mixture.crossEntropy),
          ]
        })
      lines.append(
        "Best of all \(scan.count) mixtures with sign: "
          + String(
            format: "%.1f standard + %.1f sign + %.1f standard_sign, loss %.7f", best.weights[0],
            best.weights[1], best.weights[2], best.crossEntropy))
    }
    lines += ["", "Classes: first element, size, order, sign"]
    lines += RunReport.table(
      ["element", "size", "order", "sign"],
      classes.map { members in
        [
          group.labels[members[0]], "\(members.count)", "\(group.order(of: members[0]))",
          "\(group.signs[members[0]])",
        ]
      })
    return lines
  }

  private static func json(
    _ group: FiniteGroup, _ check: GroupCheck, _ scan: [CharacterMixture]
  ) -> JSON {
    .object([
      ("group", .string(group.name)), ("order", .number(Double(group.order))),
      ("squared_dimensions", .number(Double(check.squaredDimensions))),
      ("fourier_error", .number(check.fourierError)),
      (
        "representations",
        .array(
          check.rows.map { row in
            .object([
              ("name", .string(row.representation.name)),
              ("alias", row.representation.alias.map(JSON.string) ?? .null),
              ("dimension", .number(Double(row.representation.dimension))),
              ("commutant", .number(Double(row.representation.commutant))),
              ("homomorphism_error", .number(row.homomorphismError)),
              ("orthogonality_error", .number(row.orthogonalityError)),
              ("character_norm", .number(row.characterNorm)),
              ("cross_entropy", .number(row.crossEntropy)),
              ("accuracy", .number(characterAccuracy(row.representation.character))),
            ])
          })
      ),
      (
        "mixtures",
        .array(
          scan.map { mixture in
            .object([
              ("weights", .array(mixture.weights.map(JSON.number))),
              ("cross_entropy", .number(mixture.crossEntropy)),
            ])
          })
      ),
      (
        "classes",
        .array(
          group.conjugacyClasses.map { members in
            .object([
              ("element", .string(group.labels[members[0]])),
              ("size", .number(Double(members.count))),
              ("order", .number(Double(group.order(of: members[0])))),
            ])
          })
      ),
    ])
  }
}
