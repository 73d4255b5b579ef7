import Datasets
import Foundation
import Recording
import Scenarios
import Synchronization
import Testing

@testable import Experiments

@Suite("Work on a sweep")
struct SweepWorkTests {
  private let root = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  /// Aligned modes, coupled ones, fewer samples than inputs, and rates beyond what is stable.
  private static let sweep = #"""
    {"data": {"samples": 6, "test_samples": 20},
     "training": {"iterations": 700}, "record": {"schedule": "geom:30", "save": ["gradient_norm"]},
     "sweep": {"axes": [
       {"name": "init", "keys": ["network.init"], "values": ["diagonal", "gaussian"]},
       {"name": "dim", "keys": ["data.dim"], "values": [2, 8]},
       {"name": "lr", "keys": ["training.lr"], "values": [0.001, 30]}], "seeds": "3..5"}}
    """#

  private func plan(_ text: String = sweep, keep: RunRecorder.Keep = .full) throws -> SweepPlan {
    try SweepPlan(Scenario(JSON.read(Array(text.utf8), name: "test")), keep: keep)
  }

  private func folder(_ name: String, keep: RunRecorder.Keep = .full) throws -> SweepFolder {
    try SweepFolder(at: root + "/" + name, plan: plan(keep: keep), replacing: false)
  }

  @discardableResult
  private func work(
    _ folder: SweepFolder, _ shard: SweepShard = .whole, jobs: Int = 2, until most: Int = .max
  ) throws -> SweepWork.Progress {
    let done = Mutex(0)
    return try SweepWork(folder, shard: shard, jobs: jobs, reading: { try readTextMatrix($0) })
      .perform(
        progress: { progress in done.withLock { $0 = progress.done } },
        isInterrupted: { done.withLock { $0 >= most } })
  }

  private func digest(_ folder: SweepFolder, partial: Bool = false) throws -> String {
    try folder.merge(isPartial: partial, provenance: [], progress: { _ in })
  }

  @Test("one file, bit for bit, whatever the jobs, the shards, their order, stops and repeats")
  func sameBits() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let one = try folder("one")
    #expect(try work(one, jobs: 1).done == 24)
    let expected = try digest(one)
    let two = try folder("two")
    try work(two, jobs: 3)
    #expect(try digest(two) == expected)
    let shards = try folder("shards")
    for number in [3, 1, 3, 4, 2] { try work(shards, #require(SweepShard("\(number)/4"))) }
    #expect(try digest(shards) == expected)
    let stopped = try folder("stopped")
    #expect(try work(stopped, jobs: 1, until: 5).isInterrupted)
    #expect(throws: SweepFolderError.self) { try digest(stopped) }
    let rest = try work(stopped)
    #expect(rest.skipped == 5)
    #expect(rest.done == 19)
    #expect(try digest(stopped) == expected)
  }

  @Test("what is kept of a run is what its own file holds, bit for bit")
  func likeRunFile() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let sweep = try folder("sweep")
    try work(sweep)
    _ = try digest(sweep)
    let file = try SweepFile(path: sweep.sweepFile)
    let iterations = try file.iterations()
    let (risks, _) = try file.values("risk")
    let (products, shape) = try file.values("product")
    let (steps, _) = try file.values("last_iteration")
    for run in [0, 4, 9, 13, 22] {
      let member = try file.grid.member(run)
      _ = try MemberCurves.run(
        member, curves: ["risk"], in: root + "/run-\(run)", reading: { try readTextMatrix($0) })
      let single = try RunFile(path: root + "/run-\(run)/run.h5")
      let own = try single.iterations()
      let risk = try single.series("risk").values
      let product = try single.series("product")
      #expect(steps[run] == Double(own.last ?? -1))
      for (row, iteration) in own.enumerated() {
        let place = run * iterations.count + (try #require(iterations.firstIndex(of: iteration)))
        #expect(risks[place].bitPattern == risk[row].bitPattern)
        let (rows, columns) = (product.shape[0], product.shape[1])
        for i in 0..<rows {
          for j in 0..<columns {
            let kept = products[(place * shape[1] + i) * shape[2] + j]
            #expect(kept.bitPattern == product.values[(row * rows + i) * columns + j].bitPattern)
          }
        }
      }
    }
  }

  @Test(
    "a run that was stopped midway goes on from its checkpoint to the same bits",
    arguments: [
      #"{"training": {"iterations": 40000, "engine": "statistics", "decay": 1e-6}}"#,
      #"""
      {"data": {"kind": "two-task"}, "network": {"kind": "dense", "hidden": [6, 5]},
       "ensemble": 2, "training": {"rule": "adam", "iterations": 4000, "batch": 8}}
      """#,
    ])
  func checkpoint(_ text: String) throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let scenario = try plan(text).grid.member(0).scenario
    func perform(_ found: [String], stops: Int) throws -> RunRecord? {
      var asked = 0
      let run = MemberRun(
        scenario: scenario, keep: .full, reading: { try readTextMatrix($0) },
        checkpoint: MemberCheckpoint(own: root + "/run-0.x", found: found, interval: 1e9))
      return try run.perform(run.draw()) {
        asked += 1
        return asked > stops
      }
    }
    let whole = try #require(try perform([], stops: .max))
    #expect(try perform([], stops: 300) == nil)
    let found = MemberCheckpoint.found(in: root)
    #expect(found[0]?.count == 1)
    let rest = try #require(try perform(found[0] ?? [], stops: .max))
    #expect(rest.encoded() == whole.encoded())
  }

  @Test(
    "runs that go side by side keep what each keeps alone", arguments: RunRecorder.Keep.allCases)
  func sideBySide(_ keep: RunRecorder.Keep) throws {
    // Aligned modes, whole matrices beyond what is stable, and some that diverge on the way.
    for (start, rates, most) in [
      ("diagonal", "[0.001, 0.01]", 0), ("rank-one", "[0.001, 0.0192, 0.05]", 20),
    ] {
      let grid = try plan(
        #"""
        {"data": {"samples": 6, "test_samples": 20}, "network": {"init": "\#(start)"},
         "training": {"iterations": 9000}, "record": {"schedule": "geom:60"},
         "sweep": {"axes": [{"keys": ["training.lr"], "values": \#(rates)}], "seeds": "0..18"}}
        """#, keep: keep
      ).grid
      let runs = try (0..<grid.count).map {
        MemberRun(
          scenario: try grid.member($0).scenario, keep: keep, reading: { try readTextMatrix($0) })
      }
      let drawn = try runs.map { try $0.draw() }
      let lanes = try drawn.map { try #require(MemberBatch.Lane($0)) }
      let groups = Dictionary(grouping: lanes.indices) { lanes[$0].training.engine.name }
      var alone = 0
      for group in groups.values {
        let kept = try MemberBatch(keep: keep).perform(group.map { lanes[$0] }) { false }
        for (run, record) in zip(group, kept) {
          let single = try #require(try runs[run].perform(drawn[run]) { false })
          if record == nil { alone += 1 }
          #expect((single.status == .diverged) == (record == nil))
          if let record { #expect(record.encoded() == single.encoded()) }
        }
      }
      #expect(alone <= most)
    }
  }

  @Test("runs that would fill the memory while they wait for others go alone")
  func large() throws {
    for change in [#""network": {"hidden": 60000}"#, #""data": {"test_samples": 60000}"#] {
      let run = MemberRun(
        scenario: try plan("{\(change)}").grid.member(0).scenario, keep: .summary,
        reading: { try readTextMatrix($0) })
      let lane = MemberBatch.Lane(try run.draw())
      #expect(lane.map(\.training.engine.name) == nil)
    }
  }

  @Test("dense networks of several shapes are kept in one file, what some have not as NaN")
  func dense() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let text = #"""
      {"data": {"kind": "two-task"}, "network": {"kind": "dense"}, "ensemble": 2,
       "training": {"rule": "sgd", "lr": 0.01, "iterations": 40, "batch": 8},
       "record": {"schedule": "every:10"},
       "sweep": {"axes": [{"name": "hidden", "keys": ["network.hidden"],
         "values": [[4], [5, 3, 2]]}], "seeds": "1..2"}}
      """#
    let sweep = try SweepFolder(at: root + "/dense", plan: plan(text), replacing: false)
    try work(sweep)
    _ = try digest(sweep)
    let file = try SweepFile(path: sweep.sweepFile)
    #expect(try file.statuses() == [.complete, .complete, .complete, .complete])
    let (norms, shape) = try file.values("weight_norm")
    #expect(shape == [5, 2, 4])
    #expect(
      (0..<8).map { norms[$0].isNaN } == [false, false, true, true, false, false, true, true])
    #expect(!norms[(2 * 5) * 8..<(2 * 5 + 1) * 8].contains { $0.isNaN })
    for run in 0..<4 {
      _ = try MemberCurves.run(
        file.grid.member(run), curves: ["valid_loss[1]"], in: root + "/run-\(run)",
        reading: { try readTextMatrix($0) })
      let single = try RunFile(path: root + "/run-\(run)/run.h5").series("valid_loss").values
      let kept = try file.values("valid_loss").values[run * single.count..<(run + 1) * single.count]
      #expect(Array(kept) == single)
      #expect(
        try file.values("final_valid_loss").values[2 * run..<2 * run + 2].elementsEqual(
          single.suffix(2)))
    }
  }

  @Test("networks of different kinds do not go into one file")
  func mixed() throws {
    #expect(throws: ScenarioError.self) {
      try plan(
        #"""
        {"training": {"rule": "sgd", "loss": "cross-entropy"}, "data": {"kind": "two-task"},
         "network": {"kind": "dense"}, "sweep": {"axes": [
           {"keys": ["training.loss"], "values": ["cross-entropy", "mse"]}]}}
        """#)
    }
  }

  @Test("runs that fail are noted with their reason and stop no other")
  func failures() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let text = #"""
      {"training": {"iterations": 50}, "sweep": {"axes": [
        {"name": "teacher", "keys": ["data.teacher"], "values": ["ones", "nowhere.txt"]}],
        "seeds": "0..2"}}
      """#
    let folder = try SweepFolder(at: root + "/failing", plan: plan(text), replacing: false)
    let progress = try work(folder)
    #expect(progress.failures.map(\.run) == [3, 4, 5])
    _ = try digest(folder)
    let file = try SweepFile(path: folder.sweepFile)
    #expect(try file.statuses() == [.complete, .complete, .complete, .failed, .failed, .failed])
    #expect(try file.failures().allSatisfy { $0.message.contains("nowhere.txt") })
    #expect(
      try file.values("final_risk").values.map(\.isNaN) == [false, false, false, true, true, true])
    // They are tried again.
    #expect(try work(folder).done == 3)
  }

  @Test("only what is to be kept is kept")
  func keeps() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let (last, summary) = (try folder("last", keep: .last), try folder("summary", keep: .summary))
    for folder in [last, summary] {
      try work(folder)
      _ = try digest(folder)
    }
    #expect(
      try SweepFile(path: summary.sweepFile).names() == RunMeasure.all(of: Scenario()).map(\.name))
    let file = try SweepFile(path: last.sweepFile)
    #expect(try file.iterations().contains(700))
    #expect(try file.names().contains("gradient_norm"))
  }

  @Test("a changed sweep is refused with what changed; other words are no change")
  func changed() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let text = #"{"sweep": {"axes": [{"keys": ["data.kappa"], "values": [1, 2]}]}}"#
    let first = try plan(text)
    #expect(try first.differences(to: plan(text)) == [])
    #expect(
      try first.differences(to: plan(#"{"title": "x", "# + text.dropFirst())) == [])
    let other = try plan(text.replacing("[1, 2]", with: "[1, 3]"))
    #expect(
      first.differences(to: other) == ["sweep.axes[1].values is [1, 2] there and [1, 3] here"])
    _ = try SweepFolder(at: root + "/a", plan: first, replacing: false)
    #expect(throws: SweepFolderError.self) {
      try SweepFolder(at: root + "/a", plan: other, replacing: false)
    }
    _ = try SweepFolder(at: root + "/a", plan: other, replacing: true)
    #expect(throws: SweepFolderError.occupied(path: root)) {
      try SweepFolder(at: root, plan: other, replacing: true)
    }
  }

  @Test("a run is another one when the teacher's file has other contents")
  func teacherFile() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let teacher = root + "/teacher.txt"
    func write(_ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: teacher))
    }
    let text = #"""
      {"data": {"teacher": "\#(teacher)"}, "training": {"iterations": 5},
       "sweep": {"seeds": "1..2"}}
      """#
    try write("1 0\n0 1\n")
    let first = try plan(text)
    let sweep = try SweepFolder(at: root + "/a", plan: first, replacing: false)
    try work(sweep)
    try write("1 0\n0 2\n")
    let second = try plan(text)
    #expect(try first.identity(of: 0) != second.identity(of: 0))
    #expect(first.differences(to: second).first?.hasPrefix("contents of \(teacher)") == true)
    #expect(throws: SweepFolderError.changedFile(path: teacher)) {
      try work(SweepFolder(at: root + "/a"))
    }
    // What was done under the plan can still be merged, and a file put back counts as the same.
    _ = try digest(SweepFolder(at: root + "/a"))
    try write("1 0\n0 1\n")
    #expect(try plan(text).identity(of: 1) == first.identity(of: 1))
    #expect(try work(SweepFolder(at: root + "/a")).skipped == 2)
  }

  @Test("shards are parts of the runs, and other words are none")
  func shards() throws {
    let parts = try (1...3).flatMap { Array(try #require(SweepShard("\($0)/3")).runs(of: 10)) }
    #expect(parts.sorted() == Array(0..<10))
    for word in ["0/3", "4/3", "-1/3", "1/0", "a/3", "1", "1/2/3", ""] {
      #expect(SweepShard(word) == nil)
    }
  }

  @Test("a peak is as prominent as the smaller of its slopes")
  func peaks() {
    #expect(MemberMeasures.peak(of: [4, 1, 3, 2]).map(\.index) == 2)
    #expect(MemberMeasures.peak(of: [4, 1, 3, 2])?.prominence == 1.0 / 3)
    #expect(MemberMeasures.peak(of: [4, 2, 1]) == nil)
    #expect(MemberMeasures.peak(of: [1, 2, 4]) == nil)
    #expect(MemberMeasures.peak(of: [.nan]) == nil)
  }
}
