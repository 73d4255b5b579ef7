import Foundation
import Synchronization

/// Address and length of the sentence that is written when the library fails, or 0.
private let sentenceAddress = Atomic<UInt>(0)
private let sentenceLength = Atomic<Int>(0)

/// Ends the program with a sentence and status 4 when a damaged file makes the HDF5 library fail.
///
/// The library trusts some sizes and addresses in a file that have no checksum, and reads where
/// nothing is, or without end. Nothing can be done then but to say which file it was.
enum DamageGuard {
  /// Watches over the reading of a file until the process ends.
  static func watch(_ path: String) {
    let text =
      "dyn: \(path) is damaged in a way that the HDF5 library does not survive: "
      + "take a copy of it from elsewhere, or start the run over.\n"
    let bytes = Array(text.utf8)
    // Kept for good: a handler may need them at any time.
    let kept = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    kept.initialize(from: bytes, count: bytes.count)
    sentenceLength.store(bytes.count, ordering: .releasing)
    sentenceAddress.store(UInt(bitPattern: kept), ordering: .releasing)
    // A stack of its own, as the file may have exhausted the other one.
    let size = 64 << 10
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(SA_ONSTACK)
    action.__sigaction_handler.sa_handler = { _ in
      if let address = UnsafePointer<UInt8>(
        bitPattern: sentenceAddress.load(ordering: .acquiring))
      {
        _ = write(STDERR_FILENO, address, sentenceLength.load(ordering: .acquiring))
      }
      _exit(ExitStatus.file.rawValue)
    }
    // Who starts the program may have left them blocked.
    var watched = sigset_t()
    sigemptyset(&watched)
    for signal in [SIGSEGV, SIGBUS, SIGABRT, SIGALRM] {
      sigaction(signal, &action, nil)
      sigaddset(&watched, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }

  /// Lets a function that takes milliseconds with an honest file take no more than 20 seconds.
  static func limitingTime<Result>(_ body: () throws -> Result) rethrows -> Result {
    alarm(20)
    defer { alarm(0) }
    return try body()
  }
}
