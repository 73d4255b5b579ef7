import Foundation
import Testing

@testable import Recording

@Suite("Journals of a sweep")
struct RunJournalTests {
  private let folder = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString)"
  private let identity = RunIdentity(String(repeating: "a", count: 64))

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func record(_ value: Double) -> RunRecord {
    var record = RunRecord(.complete, sizes: [.mode: 2, .layer: 2])
    record.measures = (0..<11).map { value + Double($0) }
    record.iterations = [0, 1, 10]
    record.series = [[value, .nan, -value], [1, 2, 3, 4, 5, 6]]
    return record
  }

  private func journals(thorough: Bool = false) throws -> RunJournals {
    try RunJournals(in: folder, count: 10, isThorough: thorough) { _ in identity }
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { folder + "/" + $0 }
  }

  @Test("a record is its bytes, and no part of them")
  func bytes() throws {
    let record = record(3)
    let bytes = record.encoded()
    let read = try #require(bytes.withUnsafeBytes(RunRecord.init))
    #expect(read.encoded() == bytes)
    #expect(read.sizes == record.sizes)
    #expect(read.iterations == record.iterations)
    #expect(read.series[1] == record.series[1])
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(bytes.prefix(count).withUnsafeBytes(RunRecord.init) == nil)
    }
    let failed = RunRecord(failure: "no – such file").encoded()
    #expect(failed.withUnsafeBytes(RunRecord.init)?.message == "no – such file")
  }

  @Test("runs are found in finished journals and in those that were left behind")
  func found() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try RunJournal(in: folder, name: "all")
    try first.append(run: 4, identity: identity, record(4))
    try first.finish()
    let second = try RunJournal(in: folder, name: "all")
    try second.append(run: 2, identity: identity, record(2))
    try second.append(run: 7, identity: identity, RunRecord(failure: "broken"))
    try second.append(run: 99, identity: identity, record(99))
    try second.append(run: 5, identity: RunIdentity(String(repeating: "b", count: 64)), record(5))
    let found = try journals()
    #expect((0..<10).filter(found.isFinished) == [2, 4])
    #expect(found.status(of: 7) == .failed)
    #expect(found.record(of: 4)?.measures == record(4).measures)
    #expect(found.layout(of: 2)?.iterations == [0, 1, 10])
    #expect(found.record(of: 3) == nil)
    // A run that failed is run again, and then counts as what it became.
    try second.append(run: 7, identity: identity, record(7))
    #expect(try journals().isFinished(7))
  }

  @Test("a torn end loses the run that it cut, and none before", arguments: [1, 50, 111, 112, 200])
  func torn(_ bytes: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = try RunJournal(in: folder, name: "all")
    for run in 0..<3 { try journal.append(run: run, identity: identity, record(Double(run))) }
    let file = try #require(files.first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    try whole.dropLast(bytes).write(to: URL(fileURLWithPath: file))
    let found = try journals()
    #expect((0..<3).filter(found.isFinished) == [0, 1])
  }

  @Test("damage inside a finished journal is noticed when it matters, and the run done again")
  func damaged() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = try RunJournal(in: folder, name: "all")
    for run in 0..<3 { try journal.append(run: run, identity: identity, record(Double(run))) }
    try journal.finish()
    let file = try #require(files.first)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[bytes.count - 9] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file))
    #expect(try journals(thorough: true).damaged == [2])
    #expect(try !journals().isFinished(2))
    #expect(try journals().isFinished(1))
  }
}
