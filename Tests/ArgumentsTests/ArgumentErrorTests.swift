import Testing

@testable import Arguments

@Suite struct ArgumentErrorTests {
  @Test(
    "every message names the flag, the value and a remedy",
    arguments: [
      ("wiegh a", "Unknown verb `wiegh`: did you mean `weigh`?"),
      ("xyzzy", "Unknown verb `xyzzy`: the verbs are mix, weigh and store."),
      (
        "-q weigh",
        "`weigh` stands among the words for `mix`, which takes none: a verb must be the first word."
      ),
      ("--loavs 1", "Unknown flag --loavs: did you mean --loaves?"),
      ("--xyzzy", "Unknown flag --xyzzy: -h lists the flags."),
      (
        "weigh --order together a",
        "--order is not a flag of `weigh` but of `mix` and `store`: begin with one of those verbs, "
          + "or leave the flag out."
      ),
      (
        "store -w 1 d",
        "--heat is not a flag of `store` but of `mix`: begin with that verb, or leave the flag out."
      ),
      ("--no-quiet", "--quiet has no --no- form: it is off unless given, so leave it out."),
      (
        "--quiet=3",
        "--quiet is a switch and takes no value, but `3` was given: write --quiet alone, or leave "
          + "it out."
      ),
      (
        "--steam no",
        "--steam is a switch and takes no value, but `no` was given: write --steam alone, or "
          + "--no-steam to turn it off."
      ),
      ("-n", "--loaves needs a value: write --loaves N."),
      (
        "--grain -x",
        "--grain needs a value: write --grain NAME|FILE, or --grain=-x if -x is the value."
      ),
      ("--span 1", "--span needs more than 1: write --span A B."),
      (
        "--heat 1 2 3",
        "--heat takes one or two numbers, three given: 1 2 3; leave out what is too much."
      ),
      ("-n 1 x", "--loaves takes one value, two given: 1 x; leave out what is too much."),
      ("--heat=1 2", "`2` stands apart from --heat=1: write --heat 1 2."),
      ("--order inturn", "--order cannot be `inturn`: did you mean in-turn?"),
      ("--order x", "--order cannot be `x`: choose from together and in-turn."),
      ("--order=", "--order cannot be an empty text: choose from together and in-turn."),
      ("-n 1 -n 2", "--loaves is given twice, as `1` and as `2`: keep one."),
      ("--steam --no-steam", "--steam and --no-steam are both given: keep one."),
      (
        "mix a",
        "`mix` takes no words beside flags, but `a` was given: leave it out, or put the flag it "
          + "belongs to before it."
      ),
      ("weigh", "`weigh` needs LOAF [OTHER], but nothing was given: add what is missing."),
      (
        "weigh a b c",
        "`weigh` takes LOAF [OTHER], that is one or two words, three given: a b c; leave out what "
          + "is too much."
      ),
      (
        "store a b",
        "`store` takes DIR, that is one word, two given: a b; leave out what is too much."
      ),
    ])
  func parsing(line: String, message: String) {
    let error = #expect(throws: ArgumentError.self) {
      try sample.parse(line.split(separator: " ").map(String.init))
    }
    #expect(error?.description == message)
  }

  @Test(
    "every message about a number says what would do",
    arguments: [
      (
        ArgumentError.notAnInteger(flag: "--loaves", value: "1.5"),
        "--loaves needs a whole number such as 50 or 1e5, not `1.5`."
      ),
      (
        .integerOutOfRange(flag: "--loaves", value: "1e19"),
        "--loaves needs a whole number between -9223372036854775808 and 9223372036854775807, and "
          + "1e19 is not."
      ),
      (
        .notANumber(flag: "--heat", value: "hot"),
        "--heat needs a number such as 10, -0.1 or 1e-3, not `hot`."
      ),
      (
        .numberOutOfRange(flag: "--heat", value: "1e999"),
        "--heat needs a number up to 1.7976931348623157e+308 in size, and 1e999 is larger: write "
          + "inf if infinity is meant."
      ),
      (
        .undefinedNumber(flag: "--heat", value: "nan"),
        "--heat needs a number, and nan is none: leave the flag out for its default."
      ),
      (
        .missingOperand(verb: "weigh", placeholder: "A B", given: ["a"]),
        "`weigh` needs A B, but only a was given: add what is missing."
      ),
      (
        .tooManyValues(flag: "--x", count: 2...14, given: Array(repeating: "a", count: 15)),
        "--x takes two to 14 values, 15 given: a a a a a a a a a a a a a a a; leave out what is "
          + "too much."
      ),
    ])
  func conversions(error: ArgumentError, message: String) {
    #expect(error.description == message)
    #expect("\(error)" == message)
  }
}
