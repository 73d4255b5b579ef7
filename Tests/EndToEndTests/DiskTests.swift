import Foundation
import Recording
import Testing

@Suite("Disks and folders that fail under a run")
struct DiskTests {
  private static let run = [
    "-t", "200000", "--record", "every:2", "--no-plot", "--quiet", "--checkpoint", "0.05", "--out",
  ]

  @Test("a full disk ends the run with status 4, keeps what is complete, and space lets it go on")
  func full() throws {
    let folder = try TemporaryFolder()
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    guard let mount = Program.tool("mount"), let umount = Program.tool("umount"),
      try Program.spawn(mount, ["-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]).status == 0
    else {
      print("skipped: only root can make a small disk")
      return
    }
    defer { _ = try? Program.spawn(umount, [disk]) }
    let outcome = try Program.run(Self.run + ["disk/run"], in: folder.path)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("No space left on device. Free some space"))
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    let left = try RunFile(path: disk + "/run/run.h5")
    #expect(left.status == .running)
    #expect(left.rows > 1000)
    #expect(try left.iterations() == (0..<left.rows).map { 2 * $0 })
    // Still full, and a reader does not stand in the way: the same again, and nothing is lost.
    let again = try Program.run(["resume", "disk/run", "--no-plot", "--quiet"], in: folder.path)
    #expect(again.status == 4)
    // While it is open here, the library would show the same state again.
    let rows = left.rows
    try left.close()
    #expect(try RunFile(path: disk + "/run/run.h5").rows >= rows)

    try #require(Program.spawn(mount, ["-o", "remount,size=200m", disk]).status == 0)
    let end = try Program.run(["resume", "disk/run", "--no-plot", "--quiet"], in: folder.path)
    #expect(end.status == 0, "\(end.errors)")
    try #require(Program.run(Self.run + ["whole"], in: folder.path).status == 0)
    #expect(
      try RunFile(path: disk + "/run/run.h5").digest()
        == RunFile(path: folder.path + "/whole/run.h5").digest())
  }

  @Test("a folder that is removed under a run ends it with status 4 and the reason")
  func removed() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = [
      "-t", "1e9", "--no-plot", "--quiet", "--checkpoint", "0.05", "--out", "run",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let file = folder.path + "/run/checkpoint.h5"
    while !FileManager.default.fileExists(atPath: file), process.isRunning { usleep(1000) }
    try FileManager.default.moveItem(atPath: folder.path + "/run", toPath: folder.path + "/away")
    process.waitUntilExit()
    #expect(process.terminationStatus == 4)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("No such file or directory"), "\(said)")
    #expect(said.split(separator: "\n").count == 1)
    #expect(try RunFile(path: folder.path + "/away/run.h5").rows > 0)
  }

  @Test("a results path that is a file is a file error")
  func file() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: folder.path + "/results"))
    let outcome = try Program.run(["-t", "10", "--quiet"], in: folder.path)
    #expect(outcome.status == 4)
    #expect(folder.contents == ["results"] || folder.contents == ["plots", "results"])
  }
}
