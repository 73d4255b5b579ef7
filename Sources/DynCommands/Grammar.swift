import Arguments
import Plotting
import Recording

/// The one list of verbs and flags, from which parsing, help, documentation and completions come.
enum Grammar {
  /// Version of the program.
  static let version = "0.1.0"

  /// The flags that set keys of the scenario.
  static let scenarioFlags: [ScenarioFlag] = [
    ScenarioFlag("samples", "n", key: "data.samples", .one("N"), section: "DATA"),
    ScenarioFlag("dim", "d", key: "data.dim", .one("N"), section: "DATA"),
    ScenarioFlag("outputs", key: "data.outputs", .one("N"), section: "DATA"),
    ScenarioFlag(
      "test-samples", key: "data.test_samples", .one("N"), default: "100·n", section: "DATA"),
    ScenarioFlag(
      "kappa", key: "data.kappa", .one("X"), section: "DATA",
      "The eigenvalues of Σxx = XᵀX have the ratio κ². 'none' leaves the spectrum as drawn."),
    ScenarioFlag(
      "unit-values", key: "data.unit_values", .one("P"), default: "half", section: "DATA"),
    ScenarioFlag("continuous-eigs", key: "data.continuous_eigs", section: "DATA"),
    ScenarioFlag(
      "transform-data", key: "data.transform_data", section: "DATA",
      "Inputs become U·F with exactly XᵀX = F²; without it they are U·F·Vᵀ with random V."),
    ScenarioFlag(
      "sigmas", key: "data.sigmas", .one("X|LIST"), isList: true, section: "DATA",
      "One number for all inputs, a list with one for each, geo (geometric from A to B of "
        + "--s-range) or halves (1 for the first half of the inputs, 0.01 for the rest)."),
    ScenarioFlag("s-range", "r", key: "data.s_range", .range(2...2, "A"), section: "DATA"),
    ScenarioFlag("normalized", key: "data.normalized", section: "DATA"),
    ScenarioFlag(
      "teacher", key: "data.teacher", .one("WORD"), section: "DATA",
      "compensated: zero but for s_i/F_i² on the diagonal, with nearly equal s_i and F the singular "
        + "values that κ prescribes; only on transformed data are the s_i the strengths of the "
        + "modes. ones: every entry 1. gaussian: standard normal, drawn before the inputs. A text "
        + "file of rows (inputs) and columns (outputs), or file.h5:/dataset, gives any other."),
    ScenarioFlag("scale-beta", key: "data.scale_beta", section: "DATA"),
    ScenarioFlag("sigma-noise", key: "data.sigma_noise", .range(1...2, "A"), section: "DATA"),
    ScenarioFlag(
      "coupled-noise", key: "data.coupled_noise", section: "DATA",
      "Noise along the left singular vectors of X, of the first level of --sigma-noise where the "
        + "singular value is at least 1 and of the second elsewhere."),
    ScenarioFlag("standardise", key: "data.standardise", section: "DATA"),
    ScenarioFlag("pcs", key: "data.pcs", .one("K"), default: "all", section: "DATA"),
    ScenarioFlag(
      "data", key: "data.path", .one("PATH"), default: "Fashion-MNIST", section: "DATA",
      "Of labelled images: a folder with the files of MNIST, Fashion-MNIST or CIFAR-10 under their "
        + "own names, or a table with the classes in a column, see data.format."),
    ScenarioFlag("one-hot", key: "data.one_hot", section: "DATA"),

    ScenarioFlag(
      "hidden", key: "network.hidden", .oneOrMore("N"), isList: true, section: "NETWORK",
      "One width for all hidden layers of a linear network, one for each of a dense network."),
    ScenarioFlag("depth", key: "network.depth", .one("N"), section: "NETWORK"),
    ScenarioFlag("space", key: "network.space", .one("WORD"), section: "NETWORK"),
    ScenarioFlag(
      "init", key: "network.init", .one("WORD"), section: "NETWORK",
      "diagonal: Gaussian entries on the diagonal in the basis of the modes. diagonal-fixed: the "
        + "same with entries equal to the scales. constant: every weight equal to the scale. "
        + "rank-one: one hidden direction. balanced: balanced layers in random directions, see "
        + "--balance. gaussian, kaiming, uniform (or tuned): independent weights. A dense network "
        + "starts with torch (as new layers of PyTorch), gaussian, kaiming or uniform weights."),
    ScenarioFlag("scales", "w", key: "network.scales", .oneOrMore("A"), section: "NETWORK"),
    ScenarioFlag("unsigned", key: "network.unsigned", section: "NETWORK"),
    ScenarioFlag(
      "balance", key: "network.balance", .one("λ"), section: "NETWORK",
      "(η₁·W₂ᵀW₂ − η₂·W₁W₁ᵀ)/√(η₁η₂) = λI at the start of an init that is balanced."),
    ScenarioFlag(
      "frozen", key: "network.frozen", .oneOrMore("LAYER"), isList: true, section: "NETWORK"),
    ScenarioFlag("activation", key: "network.activation", .one("WORD"), section: "NETWORK"),
    ScenarioFlag("bias", key: "network.bias", section: "NETWORK"),
    ScenarioFlag("precision", key: "network.precision", .one("WORD"), section: "NETWORK"),
    ScenarioFlag("ensemble", key: "ensemble", .one("N"), section: "NETWORK"),

    ScenarioFlag("rule", key: "training.rule", .one("WORD"), section: "TRAINING"),
    ScenarioFlag("loss", key: "training.loss", .one("WORD"), section: "TRAINING"),
    ScenarioFlag(
      "batch", key: "training.batch", .one("N"), default: "all", section: "TRAINING"),
    ScenarioFlag("momentum", key: "training.momentum", .one("μ"), section: "TRAINING"),
    ScenarioFlag("lr", key: "training.lr", .oneOrMore("A"), section: "TRAINING"),
    ScenarioFlag(
      "weight-decay", key: "training.weight_decay", .oneOrMore("β"), section: "TRAINING"),
    ScenarioFlag("decay", key: "training.decay", .one("γ"), section: "TRAINING"),
    ScenarioFlag(
      "update", key: "training.update", .one("WORD"), section: "TRAINING",
      "simultaneous is gradient descent; sequential lets the second layer see the new first one."),
    ScenarioFlag("gradients", key: "training.gradients", .one("WORD"), section: "TRAINING"),
    ScenarioFlag(
      "engine", key: "training.engine", .one("WORD"), section: "TRAINING",
      "auto takes the fastest that applies: modes (two numbers for each mode that evolves alone), "
        + "statistics (correlations instead of samples, the least hidden width), literal (a pass "
        + "over all samples at every step)."),
    ScenarioFlag("reduction", key: "training.reduction", .one("WORD"), section: "TRAINING"),
    ScenarioFlag("iterations", "t", key: "training.iterations", .one("N"), section: "TRAINING"),

    ScenarioFlag(
      "theory", key: "theory", .one("ID"), section: "THEORY",
      "auto lays every exact solution over the run, none does not; an id of 'dyn theory --list' "
        + "forces one and says what is violated; flow integrates gradient flow numerically.",
      verbs: ["run", "theory", "compare", "sweep"]),

    ScenarioFlag("risk-loss", key: "record.risk_loss", .one("WORD"), section: "RECORDING"),
    ScenarioFlag(
      "record", key: "record.schedule", .one("SCHEDULE"), section: "RECORDING",
      "geom:N records {0, T} and the whole parts of T^(i/(N-1)), every:N each N-th step, all every "
        + "step, none only the start and the end."),
    ScenarioFlag(
      "jacobian", key: "record.jacobian", section: "RECORDING",
      "Adds ntk_spectrum and layer_share to what is saved."),
    ScenarioFlag(
      "save", key: "record.save", .oneOrMore("NAME"), isList: true, section: "RECORDING",
      "Any of " + Quantity.all.filter { !$0.isUsual }.map(\.name).joined(separator: ", ")
        + "; of dense networks the weights and biases of each layer, W1, b1, W2, …."),
  ]

  /// Where a scenario starts from.
  static let startFlags: [Flag] = [
    Flag(
      "scenario", values: .one("NAME"), defaultText: "exact-solutions",
      completesWith: .file, verbs: ["run", "theory", "sweep"], section: "SCENARIO",
      summary: "scenario that all else starts from",
      discussion: "A name that 'dyn scenarios' lists, or a file that ends in .json."),
    Flag(
      "set", values: .one("KEY=VALUE"), isRepeatable: true, verbs: ["run", "theory", "sweep"],
      section: "SCENARIO",
      summary: "set any key of the scenario, as in data.kappa=3"),
    Flag(
      "seed", values: .one("N|random"), choices: ["random"], acceptsOtherValues: true,
      defaultText: "12", verbs: ["run", "theory", "sweep"], section: "SCENARIO",
      summary: "seed of every random stream",
      discussion: "From 0 to 4294967295; random draws one and reports it."),
  ]

  /// What is kept, and what the terminal shows.
  static let outputFlags: [Flag] = [
    Flag(
      "out", values: .one("DIR"), completesWith: .directory,
      verbs: ["run", "export", "plot", "sweep"],
      section: "OUTPUT", summary: "the run folder itself, plots in DIR/plots",
      discussion:
        "For 'export' it is the file to write; without it the values are printed. For 'plot' it is "
        + "the folder of the figures; without it they go to the run's plots, those of several runs to "
        + "plots/overlaid of the first."),
    Flag(
      "quantity", values: .oneOrMore("NAME"), isList: true, isRepeatable: true,
      verbs: ["export"], section: "OUTPUT", summary: "quantities to export",
      discussion: "All that the run recorded unless some are named."),
    Flag(
      "format", values: .one("WORD"), choices: SeriesExport.Format.allCases.map(\.rawValue),
      defaultText: "csv", verbs: ["export"], section: "OUTPUT", summary: "how values are written",
      discussion: "npy is NumPy's array file and holds one quantity."),
    Flag(
      "figure", values: .oneOrMore("NAME"), choices: Figures.names, isList: true,
      isRepeatable: true, verbs: ["plot"], section: "OUTPUT", summary: "figures to draw",
      discussion:
        "All that the run has something for unless some are named; of several runs, all that "
        + "they have in common."),
    Flag(
      "terminal", values: .one("WORD"), choices: Gnuplot.Format.allCases.map(\.rawValue),
      defaultText: "png", verbs: ["plot"], section: "OUTPUT", summary: "what pictures are",
      discussion: "dumb draws with letters, right here."),
    Flag(
      "follow", verbs: ["plot"], section: "OUTPUT",
      summary: "draw again while the run goes on",
      discussion: "Ends with the run, or when nothing writes it any more. Of one run only."),
    Flag(
      "root", values: .one("DIR"), defaultText: ".", completesWith: .directory,
      verbs: ["run", "sweep"],
      section: "OUTPUT", summary: "where results/ and plots/ are"),
    Flag(
      "save-results", isOnByDefault: true, verbs: ["run"], section: "OUTPUT",
      summary: "keep the run file and the summary"),
    Flag(
      "plot", isOnByDefault: true, verbs: ["run", "resume", "analyze", "sweep"], section: "OUTPUT",
      summary: "write and draw the figures"),
    Flag(
      "details", values: .one("TEXT"), verbs: ["run", "sweep"], section: "OUTPUT",
      summary: "a note that is kept with the run"),
    Flag(
      "force", verbs: ["run", "sweep"], section: "OUTPUT",
      summary: "replace the run in an existing --out"),
    Flag(
      "checkpoint", values: .one("SECONDS"), defaultText: "30", verbs: ["run", "resume", "sweep"],
      section: "OUTPUT", summary: "time between checkpoints",
      discussion: "A run that is killed loses no more than this; one that stops loses nothing."),
    Flag(
      "print-freq", values: .one("N"), defaultText: "1000", verbs: ["run", "resume"],
      section: "TERMINAL",
      summary: "steps between lines of progress"),
    Flag(
      "gpu", values: .one("N"), verbs: ["run"], section: "TERMINAL",
      summary: "accepted for old command lines, does nothing"),
    Flag(
      "quiet", short: "q", section: "TERMINAL", summary: "only the final summary"),
    Flag("list", verbs: ["theory"], section: "OUTPUT", summary: "every solution and its regime"),
    Flag(
      "until", values: .one("TIME"), verbs: ["theory"], section: "OUTPUT",
      summary: "curves of theory alone, up to this time"),
    Flag(
      "points", values: .one("N"), defaultText: "200", verbs: ["theory"], section: "OUTPUT",
      summary: "points of these curves"),
    Flag(
      "tolerance", values: .one("X"), verbs: ["compare"], section: "OUTPUT",
      summary: "largest relative gap that is no failure"),
    Flag(
      "at", values: .one("STEP"), defaultText: "the end", verbs: ["analyze"], section: "OUTPUT",
      summary: "recorded step whose weights are analysed",
      discussion: "For representations also 'all', against training time."),
    Flag(
      "group", values: .one("NAME"), defaultText: "S5", verbs: ["analyze"], section: "OUTPUT",
      summary: "the group of 'analyze group'"),
    Flag(
      "draws", values: .one("N"), defaultText: "2 to 2000", verbs: ["analyze"],
      section: "OUTPUT", summary: "new networks to compare with",
      discussion:
        "2000 for readout, 100 for pullback, 10 for representations, 4 for spectrum and resample, "
        + "2 for align."),
    Flag(
      "net", values: .one("N"), defaultText: "1", verbs: ["analyze"], section: "OUTPUT",
      summary: "network to keep details of or resample"),
    Flag(
      "ranks", values: .oneOrMore("K…"), defaultText: "about 24", verbs: ["analyze"],
      section: "OUTPUT", summary: "directions that clip keeps"),
    Flag(
      "digest", verbs: ["inspect"], section: "OUTPUT",
      summary: "only the digest of everything but provenance"),
    Flag(
      "verbose", short: "v", verbs: ["run", "resume"], section: "TERMINAL",
      summary: "also the verdict of every theory"),
    Flag(
      "color", values: .one("WHEN"), choices: Terminal.ColourChoice.allCases.map(\.rawValue),
      defaultText: "auto", verbs: ["run"], section: "TERMINAL", summary: "colour of warnings"),
    Flag("all", verbs: ["check"], section: "OUTPUT", summary: "every scenario of the catalogue"),
    Flag(
      "quick", verbs: ["check"], section: "OUTPUT",
      summary: "every scenario not marked slow"),
    Flag(
      "gallery", values: .one("DIR"), completesWith: .directory, verbs: ["check"],
      section: "OUTPUT", summary: "draw a small picture of every scenario",
      discussion: "The first figure that the scenario lays out, as NAME.png."),
    Flag(
      "threads", values: .one("N"), defaultText: "all cores",
      verbs: ["run", "resume", "check", "analyze"],
      section: "OUTPUT", summary: "runs at the same time",
      discussion:
        "Every run is independent and single-threaded, so that nothing depends on it. Analyses work "
        + "on as many parts of the samples at a time."),
    Flag(
      "json",
      verbs: ["run", "resume", "inspect", "theory", "compare", "check", "analyze", "sweep"],
      section: "TERMINAL",
      summary: "the summary as one JSON object"),
    Flag(
      "completions", values: .one("SHELL"), choices: Shell.allCases.map(\.rawValue),
      verbs: ["run"], section: "TERMINAL", summary: "print a completion script"),
    .help(section: "TERMINAL"),
    .version(section: "TERMINAL"),
  ]

  /// The whole grammar.
  static let dyn = CommandLineGrammar(
    program: "dyn", abstract: "learning dynamics of linear networks, beside their exact theory",
    discussion:
      "Samples data whose spectrum is controlled, trains a linear network by gradient descent, "
      + "records the whole trajectory, and draws it. Every flag is optional; without any, the run "
      + "is the scenario exact-solutions.",
    version: version,
    examples: [
      Definition("dyn --kappa 10 --hidden 50", "train, record, plot"),
      Definition("dyn -d 6 --outputs 4 --sigma-noise 0.3", "coupled modes, noisy targets"),
      Definition("dyn compare results/2026-11-22T09-30-00Z", "how far it is from theory"),
      Definition("dyn plot results/2026-11-22T09-30-00Z", "draw the figures of a run again"),
    ],
    verbs: [
      Verb(
        "run", summary: "train, record and plot (the default)",
        discussion: "Draws the data of the scenario, trains the network and records it."),
      Verb(
        "plot",
        operands: Verb.Operands("RUN [RUN…]", count: 1...Int.max, completesWith: .directory),
        summary: "draw the figures of a run, or several runs in one",
        discussion:
          "RUN is a run folder or its run.h5. Several runs are laid over one another, their colours by "
          + "run; the legend names the keys in which their scenarios differ, such as κ = 3. Every "
          + "figure is a gnuplot script beside its table, which runs alone.",
        examples: [
          Definition("dyn plot RUN --figure loss --terminal pdf", "one figure for a paper"),
          Definition("dyn plot RUN1 RUN2 RUN3 --figure risk --out compared", "three runs in one"),
        ]),
      Verb(
        "compare", operands: Verb.Operands("RUN [RUN]", count: 1...2, completesWith: .directory),
        summary: "largest gaps between a run and theory, or two runs",
        discussion: "With --tolerance the exit status is 1 when a relative gap is larger."),
      Verb(
        "theory", operands: Verb.Operands("[RUN]", count: 0...1, completesWith: .directory),
        summary: "lay theory over a run, list it, or draw it alone",
        discussion:
          "'dyn theory RUN' adds overlays to an old run without training it again; "
          + "'dyn theory --scenario NAME --until TIME' prints curves with no training at all."),
      Verb(
        "resume", operands: Verb.Operands("RUN", completesWith: .directory),
        summary: "go on with a run that was stopped or killed",
        discussion:
          "RUN is a run folder. The finished file is the one that a run without a stop would have "
          + "written, bit for bit. With -t the run goes on to more steps than it was started with: "
          + "the recorded rows stay, and of the longer run's schedule those after them are added.",
        examples: [
          Definition("dyn resume results/2026-11-22T09-30-00Z", "go on to the end"),
          Definition("dyn resume results/2026-11-22T09-30-00Z -t 1e6", "add steps"),
        ]),
      Verb(
        "analyze",
        operands: Verb.Operands("ANALYSIS [RUN [RUN]]", count: 1...3, completesWith: .directory),
        summary: "dissect the networks of a run",
        discussion:
          "readout: what the outputs read off the last hidden layer. pullback: which part of each "
          + "layer serves which output. spectrum: eigenvalues of activations and weights, and which "
          + "stand out of the bulk of the start. clip: how few directions of each layer are enough. "
          + "align: how alike two networks are, those of a run or of two. resample: whether the "
          + "covariances of the weights are all that was learned. representations: what networks on "
          + "a group learned, irreducible representation by representation. Beside new networks of the same "
          + "start, with a test of the difference. The findings go into the file of the first run, "
          + "to /analysis. group is of no run: it checks the representations of a group.",
        examples: [
          Definition("dyn analyze readout RUN", "singular values, cosines, spaces"),
          Definition("dyn analyze pullback RUN --json", "distinct maps, gradients, capture"),
          Definition("dyn analyze spectrum RUN", "eigenvalues, bulk, power law"),
          Definition("dyn analyze clip RUN --ranks 1 5 10 50", "accuracy at these ranks"),
          Definition("dyn analyze align RUN RUN", "r² of every hidden layer, eigenvectors"),
          Definition("dyn analyze resample RUN --draws 10", "rainbow networks and their control"),
          Definition("dyn analyze representations RUN --at all", "on a group, over time"),
          Definition("dyn analyze group --group S5", "irreducible representations, checked"),
        ]),
      Verb(
        "inspect", operands: Verb.Operands("RUN", completesWith: .directory),
        summary: "say what a run file holds",
        discussion: "RUN is a run folder or its run.h5."),
      Verb(
        "export", operands: Verb.Operands("RUN", completesWith: .directory),
        summary: "write recorded values for other programs",
        discussion: "RUN is a run folder or its run.h5, also of a run that goes on.",
        examples: [
          Definition("dyn export RUN --quantity loss risk", "a table to standard output"),
          Definition(
            "dyn export RUN --quantity product --format npy --out W.npy", "one array for NumPy"),
        ]),
      Verb(
        "scenarios", operands: Verb.Operands("[show NAME]", count: 0...2),
        summary: "list the scenarios, or show one whole",
        discussion:
          "'dyn scenarios show NAME' prints every key, defaults included, where the scenario comes "
          + "from and what it must show."),
      sweepVerb,
      Verb(
        "check", operands: Verb.Operands("[NAME…]", count: 0...1000),
        summary: "hold scenarios against what they must show",
        discussion:
          "Prints what each expectation of a scenario says, what its runs show and whether that "
          + "agrees; the exit status is 1 when one does not.",
        examples: [
          Definition("dyn check double-descent-one-layer", "one scenario"),
          Definition("dyn check --quick", "all that take little time"),
        ]),
    ],
    defaultVerb: "run", flags: startFlags + scenarioFlags.map(\.flag) + sweepFlags + outputFlags,
    exitStatuses: [
      Definition("0", "done"), Definition("1", "a comparison failed, or a computation"),
      Definition("2", "wrong usage, or a scenario that cannot be"),
      Definition("3", "the run diverged; its file is kept"),
      Definition("4", "a file could not be read or written"),
      Definition("130, 143", "interrupted; what was recorded is kept"),
    ],
    environment: [Definition("NO_COLOR", "no colour, unless --color always")],
    files: [
      Definition("results/<UTC stamp>/run.h5", "the run, see docs/file-format.md"),
      Definition("results/<UTC stamp>/summary.json", "its summary"),
      Definition("results/<UTC stamp>/checkpoint.h5", "what 'dyn resume' starts from"),
      Definition("plots/<UTC stamp>/", "a script, a table and a picture for each figure"),
    ])
}
