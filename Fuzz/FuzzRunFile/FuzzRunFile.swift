import Foundation
import HDF5

/// Changes a valid run in the way that the bytes say, then does with it one of the things
/// that verbs do: it ends, or is refused in one sentence.
///
/// The changes are made through the HDF5 library, so that the file stays one that it can read and
/// what is hunted is our own code. Bytes that no program has written are left to `DamagedFileTests`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRunFile(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  guard let trials = Trials.shared else { preconditionFailure("no run to begin with") }
  var bytes = Choices(Array(UnsafeBufferPointer(start: data, count: size)))
  let use = bytes.next()
  let folder = trials.fresh(isComplete: bytes.next() % 2 == 0)
  for name in ["run.h5", "checkpoint.h5"] {
    let count = name == "run.h5" ? Int(bytes.next() % 4) + 1 : Int(bytes.next() % 3)
    guard let file = try? HDF5File.open(folder + "/" + name, mode: .readWrite) else { continue }
    if let root = try? file.root {
      for _ in 0..<count { Change.make(in: root, of: file, by: &bytes) }
    }
    if (try? file.close()) == nil { file.abandon() }
  }
  Uses.one(use, of: folder, beside: trials.complete)
  return 0
}

/// The input as a sequence of choices; after its end, zeros.
struct Choices {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> UInt8 {
    guard place < bytes.count else { return 0 }
    place += 1
    return bytes[place - 1]
  }

  mutating func of<Element>(_ list: [Element]) -> Element? {
    let choice = Int(next())
    return list.isEmpty ? nil : list[choice % list.count]
  }
}
