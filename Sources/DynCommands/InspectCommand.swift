import Arguments
import Dynamics
import Recording
import Scenarios
import Spelling

/// The verb `inspect`: says what a run file holds.
enum InspectCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    if let sweep = try SweepInspection.sweep(invocation.operands[0]) {
      return try SweepInspection.perform(sweep, invocation)
    }
    let run = try RunArguments.open(invocation.operands[0])
    if invocation.isOn("digest") {
      Terminal.result(try run.digest())
    } else if invocation.isOn("json") {
      Terminal.result(try json(run).prettyText)
    } else {
      for line in try lines(run) { Terminal.result(line.onOneLine) }
    }
    return ExitStatus.done.rawValue
  }

  private static func lines(_ run: RunFile) throws -> [String] {
    var lines = [
      "\(run.path): \(run.status.rawValue), \(run.rows) recorded iterations",
      "scenario \(run.scenario.name): \(run.scenario.title)", "",
    ]
    if case .linear = run.scenario.network {
      let problem = try run.problem
      let bound = try StepSizeBound(problem: problem)
      lines.insert(
        "step size: " + StepSizeReport(bound: bound, rates: problem.rule.rates).line, at: 2)
    }
    lines += try run.tree().lines
    lines += [
      "", "Axes are in the order of C and Python; Julia, MATLAB and R show them reversed.", "",
    ]
    for entry in try run.provenance().entries { lines.append("\(entry.name): \(entry.value)") }
    lines.append("digest: \(try run.digest())")
    return lines
  }

  private static func json(_ run: RunFile) throws -> JSON {
    return .object([
      ("status", .string(run.status.rawValue)), ("rows", .number(Double(run.rows))),
      ("scenario", run.scenario.json),
      (
        "datasets",
        .array(
          try run.tree().entries.map(\.json))
      ),
      ("provenance", .object(try run.provenance().entries.map { ($0.name, .string($0.value)) })),
      ("digest", .string(try run.digest())),
    ])
  }
}

extension FileTree {
  /// One line for each dataset.
  var lines: [String] {
    let width = (entries.map(\.path.count).max() ?? 0) + 2
    return entries.map { entry in
      let axes = zip(entry.axes, entry.shape).map { "\($0): \($1)" }.joined(separator: ", ")
      return entry.path + String(repeating: " ", count: width - entry.path.count) + "(\(axes)) "
        + entry.type + (entry.longName.isEmpty ? "" : "  " + entry.longName)
    }
  }
}

extension FileTree.Entry {
  /// The dataset as JSON.
  var json: JSON {
    func list(_ sizes: [Int]) -> JSON { .array(sizes.map { .number(Double($0)) }) }
    return .object([
      ("path", .string(path)), ("axes", .array(axes.map(JSON.string))), ("shape", list(shape)),
      ("reversed_shape", list(shape.reversed())), ("type", .string(type)),
      ("units", .string(units)), ("long_name", .string(longName)),
    ])
  }
}

/// How a run is named on the command line.
enum RunArguments {
  /// The run file that an operand names: itself, or the `run.h5` of a run folder.
  static func file(of operand: String) -> String {
    operand.hasSuffix(".h5") ? operand : operand + "/run.h5"
  }

  /// The run that an operand names, for reading it only; the file may come from anywhere.
  ///
  /// - Throws: as `RunFile`.
  static func open(_ operand: String) throws -> RunFile {
    let path = file(of: operand)
    DamageGuard.watch(path)
    return try DamageGuard.limitingTime {
      let run = try RunFile(path: path)
      try run.readStructure()
      return run
    }
  }
}
