import Testing

@testable import Arguments

@Suite struct HelpTests {
  @Test("the short help has examples first, then usage, verbs and one line per flag")
  func short() {
    let expected = #"""
      bake - bread of any size

        bake --heat 250 --loaves 3  three hot loaves
        bake weigh loaf.txt         how heavy it became

      USAGE  bake [mix] [flags]
             bake VERB [flags]

      VERBS
        mix                     mix and bake                                [default]
        weigh LOAF [OTHER]      weigh a loaf, or compare two
        store DIR               put loaves away
        help [VERB]             everything about the program, or about one verb

      DOUGH
        -n, --loaves N          how many loaves                                   [1]
        -w, --heat A [B]        degrees at the start, at the end                [220]
            --span A B          two ends
            --grain NAME|FILE   which flour                                     [rye]
            --order ORDER       how the parts are mixed                    [together]
            --keep A,B,...      what is kept
            --set KEY=VALUE     change one entry of the recipe
            --seeds SEED...     what is strewn on it

      OVEN
            --steam             let steam in                                     [on]
            --turbo             blow the heat about
            --out DIR           where loaves go

      TALK
        -q, --quiet             say nothing
        -v, --verbose           say more
        -h, --help              -h one line per flag, --help everything
            --version           print the version

      A switch that is [on] has a form that turns it off, such as --no-steam.
      All flags at length: bake --help. Those of a verb: bake VERB -h

      """#
    #expect(sample.help() == expected)
  }

  @Test("the help of a verb shows its own examples and only its flags")
  func verb() {
    let expected = #"""
      bake weigh - weigh a loaf, or compare two

        bake weigh a.txt b.txt  which is heavier

      USAGE  bake weigh LOAF [OTHER] [flags]

      DOUGH
        -n, --loaves N          how many loaves                                   [1]
            --span A B          two ends
            --grain NAME|FILE   which flour                                     [rye]
            --keep A,B,...      what is kept
            --set KEY=VALUE     change one entry of the recipe
            --seeds SEED...     what is strewn on it

      OVEN
            --steam             let steam in                                     [on]
            --turbo             blow the heat about
            --out DIR           where loaves go

      TALK
        -q, --quiet             say nothing
        -v, --verbose           say more
        -h, --help              -h one line per flag, --help everything
            --version           print the version

      A switch that is [on] has a form that turns it off, such as --no-steam.
      All about it: bake weigh --help

      """#
    #expect(sample.help(verb: "weigh") == expected)
  }

  @Test("the long help has paragraphs, all flags and the notes")
  func long() {
    let expected = #"""
      bake - bread of any size

      Mixes, kneads and bakes. Nothing is eaten.

      Rye takes longer.

        bake --heat 250 --loaves 3  three hot loaves
        bake weigh loaf.txt         how heavy it became

      USAGE  bake [mix] [flags]
             bake VERB [flags]

      VERBS
        mix                     mix and bake                                [default]
        weigh LOAF [OTHER]      weigh a loaf, or compare two
        store DIR               put loaves away
        help [VERB]             everything about the program, or about one verb

      DOUGH
        -n, --loaves N
            how many loaves

            Default: 1.

        -w, --heat A [B]
            degrees at the start, at the end

            One number holds for both ends.

            The κ-oven takes -0.5 too.

            Default: 220. Only with mix.

        --span A B
            two ends

        --grain NAME|FILE
            which flour

            Choices: rye, wheat or another value. Default: rye.

        --order ORDER
            how the parts are mixed

            Choices: together or in-turn. Default: together. Only with mix and store.

        --keep A,B,...
            what is kept

            Choices: crumb or crust. Several are separated by commas.

        --set KEY=VALUE
            change one entry of the recipe

            May be given more than once.

        --seeds SEED...
            what is strewn on it

      OVEN
        --steam
            let steam in

            --no-steam turns it off. On by default.

        --turbo
            blow the heat about

            --no-turbo turns it off.

        --out DIR
            where loaves go

      TALK
        -q, --quiet
            say nothing

        -v, --verbose
            say more

        -h, --help
            -h one line per flag, --help everything

        --version
            print the version

      EXIT STATUS
        0                       bread
        2                       wrong usage

      ENVIRONMENT
        OVEN                    the device

      FILES
        loaf.txt                what came out

      """#
    #expect(sample.help(.long) == expected)
  }

  @Test("no line is wider than the terminal", arguments: [40, 41, 53, 79, 100])
  func width(width: Int) {
    for detail in [HelpDetail.short, .long] {
      for verb in [nil, "mix", "weigh", "store"] {
        let widest =
          sample.help(verb: verb, detail, width: width)
          .split(separator: "\n").map(\.count).max() ?? 0
        #expect(widest <= width)
      }
    }
  }

  @Test("a terminal narrower than 40 columns is taken for 40")
  func narrow() { #expect(sample.help(width: 5) == sample.help(width: 40)) }

  @Test("a default that does not fit beside its text stands at the margin below")
  func defaultBelow() {
    let flag = Flag(
      "a", values: .one("A"), defaultText: "default", section: "S",
      summary: String(repeating: "x", count: 45))
    let lines = sample.shortLines(of: flag, width: 79)
    #expect(lines.count == 2)
    #expect(lines.last == String(repeating: " ", count: 70) + "[default]")
  }

  @Test("a long label pushes its text aside, or above it when the line is full")
  func longLabel() {
    let label = "      --a-long-name-of-a-flag X"
    let short = Flag("a-long-name-of-a-flag", values: .one("X"), section: "S", summary: "text")
    #expect(sample.shortLines(of: short, width: 79) == [label + "  text"])
    let words = String(repeating: "word ", count: 10) + "end"
    let long = Flag("a-long-name-of-a-flag", values: .one("X"), section: "S", summary: words)
    #expect(
      sample.shortLines(of: long, width: 79)
        == [label, String(repeating: " ", count: 26) + words])
  }

  @Test("without a switch that is on, nothing is said about turning off")
  func noSwitch() {
    let grammar = CommandLineGrammar(
      program: "p", abstract: "a", version: "1", verbs: [Verb("run", summary: "s")],
      defaultVerb: "run", flags: [Flag("x", section: "S", summary: "s")])
    #expect(!grammar.help().contains("[on]"))
  }
}
