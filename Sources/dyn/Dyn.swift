/// The program `dyn`.
@main
struct Dyn {
  static func main() {}
}
