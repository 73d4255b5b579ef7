import Arguments
import Recording

extension Grammar {
  /// The flags that only sweeps have.
  static let sweepFlags: [Flag] = [
    Flag(
      "over", values: .one("NAME=VALUES"), isRepeatable: true, verbs: ["sweep"], section: "SWEEP",
      summary: "an axis of the sweep, as in kappa=geom:0.01:100:51",
      discussion:
        "NAME is a flag without its dashes, or any key of the scenario; VALUES a list such as "
        + "1e-4,1e-3, geom:A:B:N (constant ratio), linear:A:B:N (constant difference), A..B (whole "
        + "numbers) or a list in JSON. LABEL:NAME=VALUES calls the axis something else. Several "
        + "axes give every combination, the last one fastest."),
    Flag(
      "zip", values: .oneOrMore("NAME"), isList: true, isRepeatable: true, verbs: ["sweep"],
      section: "SWEEP", summary: "axes of --over that take their values together",
      discussion: "They become one axis, named after the first."),
    Flag(
      "seeds", values: .one("VALUES"), verbs: ["sweep"], section: "SWEEP",
      summary: "seeds of every combination, as in 0..99"),
    Flag(
      "sweep", values: .one("FILE"), completesWith: .file, verbs: ["sweep"], section: "SWEEP",
      summary: "axes and seeds from a JSON file",
      discussion: "It holds what the key sweep of a scenario holds: axes and seeds."),
    Flag(
      "dry-run", verbs: ["sweep"], section: "SWEEP",
      summary: "list the runs with time and disk, do nothing"),
    Flag(
      "jobs", values: .one("N"), defaultText: "all cores", verbs: ["sweep"], section: "SWEEP",
      summary: "runs at the same time",
      discussion: "Results do not depend on it, bit for bit."),
    Flag(
      "keep", values: .one("WORD"), choices: RunRecorder.Keep.allCases.map(\.rawValue),
      defaultText: "full", verbs: ["sweep"], section: "SWEEP",
      summary: "what is kept of each run",
      discussion:
        "full: every quantity at every recorded iteration. last: every quantity at the end. summary: "
        + "only the measures, which all three have: final loss and risk, where the risk is least, its "
        + "most prominent peak, half-learning steps and those predicted."),
    Flag(
      "shards", values: .one("N"), defaultText: "at most 100", verbs: ["sweep"], section: "SWEEP",
      summary: "parts of 'plan' and 'submit'",
      discussion: "Shard I of N does run I and every N-th after it."),
    Flag(
      "shard", values: .one("I/N"), defaultText: "1/1", verbs: ["sweep"], section: "SWEEP",
      summary: "the part that 'work' does",
      discussion: "From 1/N to N/N."),
    Flag(
      "partial", verbs: ["sweep"], section: "SWEEP",
      summary: "let 'merge' write what there is",
      discussion: "What is missing becomes NaN."),
    Flag(
      "slurm", verbs: ["sweep"], section: "SWEEP",
      summary: "submit shards and a merge to Slurm",
      discussion: "Words after -- go to sbatch, as in -- --partition=short --time=30."),
    Flag(
      "script-only", verbs: ["sweep"], section: "SWEEP",
      summary: "write the scripts for Slurm only"),
  ]

  /// The verb.
  static let sweepVerb = Verb(
    "sweep",
    operands: Verb.Operands(
      "[plan|work|merge|submit] [DIR]", count: 0...Int.max,
      completesWith: .directory),
    summary: "run all combinations",
    discussion:
      "Does all runs that are not done yet and writes one file, sweep.h5, whose arrays have the axes of "
      + "the sweep. A sweep that was stopped or killed goes on when the same command is given again. "
      + "'plan' writes what is to be run into --out, 'work DIR --shard I/N' does a part of it on any "
      + "machine, 'merge DIR' writes the file, 'submit --slurm' has Slurm do both.",
    examples: [
      Definition("dyn sweep --over kappa=geom:0.1:10:21 --seeds 0..9", "210 runs"),
      Definition("dyn sweep plan --over hidden=1..50 --out s", "what other machines need"),
      Definition(
        "seq 8 | parallel -S host1,host2 dyn sweep work s --shard {}/8", "eight shards over ssh"),
      Definition("dyn sweep submit --slurm --seeds 0..9999 -- --time=30", "on a cluster"),
    ])
}
