import Testing

@testable import Arguments

@Suite struct MarkdownTests {
  @Test("the page has examples, verbs, a table per section and the notes")
  func page() {
    let expected = #"""
      # The command line of `bake`

      Bread of any size.

      Mixes, kneads and bakes. Nothing is eaten.

      Rye takes longer.

      This page is generated from the list of flags that also makes `bake --help`, the man page and the completion scripts.

      ```sh
      bake --heat 250 --loaves 3  # three hot loaves
      bake weigh loaf.txt         # how heavy it became
      ```

      ## Verbs

      | verb | what it does |
      |---|---|
      | `mix` | mix and bake (the default) |
      | `weigh LOAF [OTHER]` | weigh a loaf, or compare two |
      | `store DIR` | put loaves away |
      | `help [VERB]` | everything about the program, or about one verb |

      ### `bake [mix] [flags]`

      Flour comes first.

      ### `bake weigh LOAF [OTHER] [flags]`

      ```sh
      bake weigh a.txt b.txt  # which is heavier
      ```

      ## Flags

      ### Dough

      | flag | default | meaning |
      |---|---|---|
      | `-n`, `--loaves N` | 1 | how many loaves |
      | `-w`, `--heat A [B]` | 220 | degrees at the start, at the end |
      | `--span A B` | | two ends |
      | `--grain NAME\|FILE` | rye | which flour |
      | `--order ORDER` | together | how the parts are mixed |
      | `--keep A,B,...` | | what is kept |
      | `--set KEY=VALUE` | | change one entry of the recipe |
      | `--seeds SEED...` | | what is strewn on it |

      - `--heat`: One number holds for both ends.

        The κ-oven takes -0.5 too.

        Only with mix.
      - `--grain`: Choices: rye, wheat or another value.
      - `--order`: Choices: together or in-turn. Only with mix and store.
      - `--keep`: Choices: crumb or crust. Several are separated by commas.
      - `--set`: May be given more than once.

      ### Oven

      | flag | default | meaning |
      |---|---|---|
      | `--steam` | on | let steam in |
      | `--turbo` | | blow the heat about |
      | `--out DIR` | | where loaves go |

      - `--steam`: --no-steam turns it off.
      - `--turbo`: --no-turbo turns it off.

      ### Talk

      | flag | default | meaning |
      |---|---|---|
      | `-q`, `--quiet` | | say nothing |
      | `-v`, `--verbose` | | say more |
      | `-h`, `--help` | | -h one line per flag, --help everything |
      | `--version` | | print the version |

      ## Exit status

      | | meaning |
      |---|---|
      | `0` | bread |
      | `2` | wrong usage |

      ## Environment

      | | meaning |
      |---|---|
      | `OVEN` | the device |

      ## Files

      | | meaning |
      |---|---|
      | `loaf.txt` | what came out |

      """#
    #expect(sample.markdown() == expected)
  }

  @Test("what Markdown would take for markup is escaped, but not inside code")
  func escapes() {
    let grammar = CommandLineGrammar(
      program: "p", abstract: "a_b *c* <d> [e]", version: "1",
      verbs: [Verb("run", summary: "x|y and `a_b|c`")], defaultVerb: "run", flags: [])
    let page = grammar.markdown()
    #expect(page.contains("A\\_b \\*c\\* \\<d> \\[e]."))
    #expect(page.contains("| `run` | x\\|y and `a_b\\|c` (the default) |"))
  }
}
