import Arguments

/// A small grammar with one flag of every kind; the golden texts are its own.
let sample = CommandLineGrammar(
  program: "bake",
  abstract: "bread of any size",
  discussion: "Mixes, kneads and bakes. Nothing is eaten.\n\nRye takes longer.",
  version: "bake 1.2",
  examples: [
    Definition("bake --heat 250 --loaves 3", "three hot loaves"),
    Definition("bake weigh loaf.txt", "how heavy it became"),
  ],
  verbs: [
    Verb("mix", summary: "mix and bake", discussion: "Flour comes first."),
    Verb(
      "weigh", operands: .init("LOAF [OTHER]", count: 1...2, completesWith: .file),
      summary: "weigh a loaf, or compare two",
      examples: [Definition("bake weigh a.txt b.txt", "which is heavier")]),
    Verb(
      "store", operands: .init("DIR", count: 1...1, completesWith: .directory),
      summary: "put loaves away"),
  ],
  defaultVerb: "mix",
  flags: [
    Flag(
      "loaves", short: "n", values: .one("N"), defaultText: "1", section: "DOUGH",
      summary: "how many loaves"),
    Flag(
      "heat", short: "w", values: .range(1...2, "A [B]"), defaultText: "220", verbs: ["mix"],
      section: "DOUGH", summary: "degrees at the start, at the end",
      discussion: "One number holds for both ends.\n\nThe κ-oven takes -0.5 too."),
    Flag("span", values: .range(2...2, "A B"), section: "DOUGH", summary: "two ends"),
    Flag(
      "grain", values: .one("NAME|FILE"), choices: ["rye", "wheat"], acceptsOtherValues: true,
      defaultText: "rye", completesWith: .file, section: "DOUGH", summary: "which flour"),
    Flag(
      "order", values: .one("ORDER"), choices: ["together", "in-turn"], defaultText: "together",
      verbs: ["mix", "store"], section: "DOUGH", summary: "how the parts are mixed"),
    Flag(
      "keep", values: .one("A,B,..."), choices: ["crumb", "crust"], isList: true,
      section: "DOUGH", summary: "what is kept"),
    Flag(
      "set", values: .one("KEY=VALUE"), isRepeatable: true, section: "DOUGH",
      summary: "change one entry of the recipe"),
    Flag("seeds", values: .oneOrMore("SEED..."), section: "DOUGH", summary: "what is strewn on it"),
    Flag("steam", isOnByDefault: true, section: "OVEN", summary: "let steam in"),
    Flag("turbo", isNegatable: true, section: "OVEN", summary: "blow the heat about"),
    Flag(
      "out", values: .one("DIR"), completesWith: .directory, section: "OVEN",
      summary: "where loaves go"),
    Flag("quiet", short: "q", section: "TALK", summary: "say nothing"),
    Flag("verbose", short: "v", section: "TALK", summary: "say more"),
    .help(section: "TALK"),
    .version(section: "TALK"),
  ],
  exitStatuses: [Definition("0", "bread"), Definition("2", "wrong usage")],
  environment: [Definition("OVEN", "the device")],
  files: [Definition("loaf.txt", "what came out")])
