import Foundation
import Testing

@testable import Arguments

/// A grammar whose texts hold every character a shell could trip over.
private let awkward = CommandLineGrammar(
  program: "a-b", abstract: "x", version: "1",
  verbs: [Verb("run", summary: "it's a [b]: `c` $d \\ \"e\"")], defaultVerb: "run",
  flags: [
    Flag(
      "x", values: .range(1...2, "A:B [C]"), section: "S",
      summary: "it's a [b]: `c` $d \\ \"e\" κ (f) {g}"),
    Flag(
      "y", values: .one("DIR"), choices: ["a:b"], acceptsOtherValues: true,
      completesWith: .directory, section: "S", summary: "s"),
  ])

@Suite struct CompletionsTests {
  @Test(
    "bash takes the scripts without complaint", .enabled(if: findInPath("bash") != nil),
    arguments: [sample, awkward])
  func bashSyntax(grammar: CommandLineGrammar) throws {
    let result = try withTemporaryFile(grammar.completions(for: .bash)) {
      try runProgram("bash", ["-n", $0])
    }
    #expect(result.status == 0 && result.text == "")
  }

  @Test(
    "zsh takes the scripts without complaint", .enabled(if: findInPath("zsh") != nil),
    arguments: [sample, awkward])
  func zshSyntax(grammar: CommandLineGrammar) throws {
    let result = try withTemporaryFile(grammar.completions(for: .zsh)) {
      try runProgram("zsh", ["-f", "-n", $0])
    }
    #expect(result.status == 0 && result.text == "")
  }

  @Test(
    "fish takes the scripts without complaint", .enabled(if: findInPath("fish") != nil),
    arguments: [sample, awkward])
  func fishSyntax(grammar: CommandLineGrammar) throws {
    let result = try withTemporaryFile(grammar.completions(for: .fish)) {
      try runProgram("fish", ["-n", $0])
    }
    #expect(result.status == 0 && result.text == "")
  }

  @Test(
    "bash offers verbs, flags and choices where they belong",
    .enabled(if: findInPath("bash") != nil),
    arguments: [
      (["bake", "w"], ["weigh"]),
      (["bake", ""], ["mix", "weigh", "store", "help"]),
      (["bake", "help", "s"], ["store"]),
      (["bake", "--order", ""], ["together", "in-turn"]),
      (["bake", "--order", "="], ["together", "in-turn"]),
      (["bake", "--order", "=", "i"], ["in-turn"]),
      (["bake", "store", "--o"], ["--order", "--out"]),
      (["bake", "weigh", "--o"], ["--out"]),
      (["bake", "--no-"], ["--no-steam", "--no-turbo"]),
      (["bake", "-n", ""], []),
      (["bake", "--out", "/us"], ["/usr"]),
      (["bake", "weigh", "/us"], ["/usr"]),
      (["bake", "mix", "/us"], []),
    ])
  func bashOffers(words: [String], offers: [String]) throws {
    let result = try withTemporaryFile(sample.completions(for: .bash)) { path in
      let list = words.map(\.shellQuoted).joined(separator: " ")
      return try runProgram(
        "bash",
        [
          "--norc", "-c",
          "source '\(path)'; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _bake; "
            + "printf '%s\\n' \"${COMPREPLY[@]}\"",
        ])
    }
    #expect(result.text.split(separator: "\n").map(String.init) == offers)
  }

  @Test(
    "fish offers verbs, flags and choices where they belong",
    .enabled(if: findInPath("fish") != nil),
    arguments: [
      ("bake w", ["weigh"]), ("bake --order=t", ["--order=together"]),
      ("bake weigh --o", ["--out"]), ("bake --no-t", ["--no-turbo"]),
    ])
  func fishOffers(line: String, offers: [String]) throws {
    let result = try withTemporaryFile(sample.completions(for: .fish)) {
      try runProgram("fish", ["--no-config", "-c", "source '\($0)'; complete -C '\(line)'"])
    }
    let words = result.text.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
    #expect(words.map(String.init) == offers)
  }

  @Test("every form of every flag occurs in every script", arguments: Shell.allCases)
  func completeness(shell: Shell) {
    let script = sample.completions(for: shell)
    for form in sample.flags.flatMap(\.forms) {
      let dashes = form.prefix { $0 == "-" }
      let name = form.dropFirst(dashes.count)
      let written =
        switch (shell, dashes.count) {
        case (.fish, 1): " -s \(name) "
        case (.fish, _): " -l \(name) "
        default: form
        }
      #expect(script.contains(written), "\(form) for \(shell)")
    }
  }

  @Test("zsh is told of one value, of two, of one that may be left out, and of repetition")
  func zshSpecifications() {
    let lines = sample.completions(for: .zsh).split(separator: "\n").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \\"))
    }
    for specification in [
      "'(-n --loaves)-n+[how many loaves]:N: '",
      "'(-w --heat)--heat=[degrees at the start, at the end]:A [B]: ::A [B]: '",
      "'(--span)--span=[two ends]:A B: :A B: '",
      "'(--grain)--grain=[which flour]:NAME|FILE:{compadd -- rye wheat; _files}'",
      "'(--order)--order=[how the parts are mixed]:ORDER:(together in-turn)'",
      "'(--keep)--keep=[what is kept]:A,B,...: _values -s , value crumb crust'",
      "'*--set=[change one entry of the recipe]:KEY=VALUE: '",
      "'(--steam --no-steam)--no-steam[turn it off]'",
      "'(--out)--out=[where loaves go]:DIR:_files -/'",
      "'*:LOAF [OTHER]:_files'",
    ] {
      #expect(lines.contains(specification), "\(specification)")
    }
  }
}
