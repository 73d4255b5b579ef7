import Foundation
import HDF5
import Recording
import Testing

@Suite("Files that HDF5 can read but no run is like")
struct HostileFileTests {
  /// A change of a run file that a stranger could have made.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the sentence names.
    let names: String
    let make: @Sendable (HDF5Group) throws -> Void

    init(
      _ testDescription: String, names: String,
      _ make: @escaping @Sendable (HDF5Group) throws -> Void
    ) {
      self.testDescription = testDescription
      self.names = names
      self.make = make
    }
  }

  /// Puts another dataset in the place of one.
  private static func replace(
    _ name: String, in group: HDF5Group, shape: [Int], type: HDF5ElementType = .float64
  ) throws {
    try group.remove(name)
    _ = try group.createDataset(
      name, elementType: type, shape: shape, unlimitedFirstAxis: !shape.isEmpty,
      chunk: shape.isEmpty ? nil : shape.map { min(max($0, 1), 8) })
  }

  static let changes = [
    Change("no trajectory", names: "trajectory") { try $0.remove("trajectory") },
    Change("no scenario", names: "scenario") { try $0.remove("scenario") },
    Change("a group where the loss should be", names: "loss") {
      let trajectory = try $0.group("trajectory")
      try trajectory.remove("loss")
      _ = try trajectory.createGroup("loss")
    },
    Change("a text where the fit should be", names: "fit") {
      let data = try $0.group("data")
      try data.remove("fit")
      _ = try data.createDataset("fit", text: "none")
    },
    Change("a loss of three axes", names: "loss") {
      try replace("loss", in: $0.group("trajectory"), shape: [11, 2, 2])
    },
    Change("a product of another shape", names: "product") {
      try replace("product", in: $0.group("trajectory"), shape: [11, 7, 1])
    },
    Change("as many iterations as no disk holds", names: "iteration") {
      try replace("iteration", in: $0.group("trajectory"), shape: [1 << 50], type: .int64)
    },
    Change("a product as wide as no disk holds", names: "product") {
      try replace("product", in: $0.group("trajectory"), shape: [11, 1 << 30, 1 << 30])
    },
    Change("a dataset of our own name elsewhere, as large as no disk holds", names: "fit") {
      try replace("fit", in: $0.group("data"), shape: [1 << 31, 1 << 31])
    },
    Change("iterations that fall", names: "iteration") {
      let labels = try $0.group("trajectory").dataset("iteration")
      try labels.write([Int64](repeating: 9, count: labels.shape[0]))
    },
    Change("iterations beyond the last step", names: "iteration") {
      let labels = try $0.group("trajectory").dataset("iteration")
      try labels.write((0..<labels.shape[0]).map { Int64.max - 100 + Int64($0) })
    },
    Change("iterations before the first step", names: "iteration") {
      let labels = try $0.group("trajectory").dataset("iteration")
      try labels.write((0..<labels.shape[0]).map { Int64($0) - 50 })
    },
    Change("a fit that is not finite", names: "fit") {
      try $0.group("data").dataset("fit").write([Double](repeating: .nan, count: 4))
    },
    Change("rates that are not finite", names: "rates") {
      try $0.group("data").attributes.set("rates", to: [Double.infinity, 1])
    },
    Change("more rates than layers", names: "rates") {
      try $0.group("data").attributes.set("rates", to: [1.0, 1, 1])
    },
    Change("a rank above the sizes", names: "modes") {
      try $0.group("data").attributes.set("rank", to: 7)
    },
    Change("more layers than can be", names: "layers") {
      try $0.group("data").attributes.set("layers", to: 1 << 40)
    },
    Change("brackets nested without end", names: "scenario") {
      let scenario = try $0.group("scenario")
      try scenario.remove("json")
      _ = try scenario.createDataset("json", text: String(repeating: "[", count: 1_000_000))
    },
    Change("a status that is no word of ours", names: "status") {
      try $0.attributes.set("status", to: "half 'done'\n")
    },
    Change("a later format", names: "format version 9") {
      try $0.attributes.set("format_version", to: [9, 0])
    },
  ]

  @Test("every verb refuses it in one sentence with status 4", arguments: changes)
  func refused(change: Change) throws {
    let folder = try TemporaryFolder()
    let flags = ["-t", "100", "--record", "every:10", "--no-plot", "--quiet", "--out"]
    try #require(Program.run(flags + ["run"], in: folder.path).status == 0)
    try #require(Program.run(flags + ["whole"], in: folder.path).status == 0)
    let file = try HDF5File.open(folder.path + "/run/run.h5", mode: .readWrite)
    try change.make(file.root)
    try file.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/run/run.h5"))
    for verb in [
      ["inspect", "run"], ["inspect", "run", "--digest"], ["plot", "run"], ["theory", "run"],
      ["compare", "run"], ["compare", "run", "whole"], ["compare", "whole", "run"],
      ["export", "run"], ["resume", "run", "-t", "200"],
    ] {
      let outcome = try Program.run(verb, in: folder.path)
      if verb[0] == "resume", outcome.status == 0 {
        // What HDF5 itself refuses is set aside, and the run made again from its checkpoint.
        #expect(outcome.errors.contains("run.h5.damaged"), "\(verb): \(outcome.errors)")
        continue
      }
      #expect(outcome.status == 4, "\(verb): \(outcome.errors)")
      #expect(outcome.output.isEmpty, "\(verb): \(outcome.output)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(verb): \(outcome.errors)")
      #expect(outcome.errors.contains("run.h5"), "\(verb): \(outcome.errors)")
      #expect(outcome.errors.contains(change.names), "\(verb): \(outcome.errors)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/run/run.h5")) == before)
    }
  }
}
