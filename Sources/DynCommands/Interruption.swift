import Foundation
import Synchronization

/// The signal that asked the program to stop, or 0.
private let requestedStop = Atomic<Int32>(0)

/// Turns SIGINT and SIGTERM into a request to stop at the next block of steps.
enum Interruption {
  /// Installs the handlers; a second signal leaves at once.
  static func watch() {
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(SA_RESTART)
    action.__sigaction_handler.sa_handler = { signal in
      let first = requestedStop.compareExchange(
        expected: 0, desired: signal, ordering: .acquiringAndReleasing
      ).exchanged
      if !first { _exit(128 + signal) }
    }
    // Some programs start others with these signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(Int32(SIG_UNBLOCK), &signals, nil)
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
    _ = Foundation.signal(SIGPIPE, SIG_IGN)
  }

  /// The signal that asked to stop, if one did.
  static var signal: Int32? {
    let signal = requestedStop.load(ordering: .acquiring)
    return signal == 0 ? nil : signal
  }
}
