import Arguments
import Foundation
import LinearAlgebra

/// The program: reads the command line, performs the verb, says what went wrong.
public enum DynCommands {
  /// Performs the command line of the process and ends it.
  public static func main() -> Never { exit(perform(Array(CommandLine.arguments.dropFirst()))) }

  /// What is wrong with a command line of the verb `run`, in one sentence; nil if nothing is.
  ///
  /// Only reads the arguments and the scenario: nothing is drawn, trained or written.
  public static func objection(to arguments: [String]) -> String? {
    do {
      let invocation = try Grammar.dyn.parse(arguments)
      guard invocation.request == .run, invocation.verb == "run" else { return nil }
      _ = try ScenarioArguments.scenario(invocation)
      return nil
    } catch {
      return error.sentence
    }
  }

  /// Performs a command line, without the program's name.
  ///
  /// - Returns: the exit status.
  public static func perform(_ arguments: [String]) -> Int32 {
    BLAS.useThreads(1)
    do {
      let invocation = try Grammar.dyn.parse(arguments)
      switch invocation.request {
      case .help(let verb, let detail): Terminal.result(Grammar.dyn.help(verb: verb, detail))
      case .version: Terminal.result("dyn \(Grammar.version)")
      case .run:
        switch invocation.verb {
        case "plot": return try PlotCommand.perform(invocation)
        case "theory": return try TheoryCommand.perform(invocation)
        case "compare": return try CompareCommand.perform(invocation)
        case "inspect": return try InspectCommand.perform(invocation)
        case "analyze": return try AnalyzeCommand.perform(invocation)
        case "export": return try ExportCommand.perform(invocation)
        case "resume": return try ResumeCommand.perform(invocation, arguments: arguments)
        case "check": return try CheckCommand.perform(invocation)
        case "sweep": return try SweepVerb.perform(invocation, arguments: arguments)
        case "scenarios": return try ScenariosCommand.perform(invocation)
        default: return try RunCommand.perform(invocation, arguments: arguments)
        }
      }
      return ExitStatus.done.rawValue
    } catch {
      Terminal.note("dyn: \(error.sentence)")
      return ExitStatus(of: error).rawValue
    }
  }
}
