import DynCommands
import Foundation

/// The program `dyn`.
@main
struct Dyn {
  static func main() { exit(DynCommands.perform(Array(CommandLine.arguments.dropFirst()))) }
}
