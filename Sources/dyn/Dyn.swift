import DynCommands

/// The program `dyn`.
@main
struct Dyn {
  static func main() { DynCommands.main() }
}
