import Foundation
import Recording
import Testing

@Suite("Equal scenarios and seeds give equal bits")
struct SameBitsTests {
  /// Every way of computing steps, with matrices so large that OpenBLAS would share them out.
  private static let scenarios = [
    ["-t", "20000"],
    ["-t", "20000", "-d", "40", "--outputs", "40", "--engine", "modes"],
    [
      "-t", "1000", "-n", "100", "-d", "20", "--outputs", "10", "--hidden", "300", "--sigma-noise",
      "0.3", "--init", "gaussian", "--engine", "statistics",
    ],
    [
      "-t", "100", "-n", "300", "-d", "200", "--outputs", "100", "--hidden", "300", "--init",
      "gaussian", "--engine", "statistics", "--record", "every:25", "--lr", "1e-4",
    ],
    [
      "-t", "50", "-n", "300", "-d", "200", "--outputs", "20", "--hidden", "300", "--engine",
      "literal", "--record", "every:25",
    ],
    [
      "-t", "20", "-n", "300", "-d", "200", "--outputs", "20", "--hidden", "300", "--gradients",
      "autograd", "--record", "every:10",
    ],
    [
      "-t", "50", "-n", "200", "-d", "150", "--outputs", "20", "--hidden", "150", "--depth", "4",
      "--record", "every:25", "--lr", "1e-4",
    ],
  ]

  /// Settings under which OpenBLAS computes with one thread, and with two.
  private static let threads = [
    ["OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"],
    ["OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"],
  ]

  /// `DYN_OTHER_BUILD=.build/release/dyn swift test --filter SameBitsTests` compares builds too.
  private static let programs =
    [Program.path]
    + [ProcessInfo.processInfo.environment["DYN_OTHER_BUILD"]].compactMap { $0 }
    .map { URL(fileURLWithPath: $0).path }

  @Test("whatever the threads of the linear algebra and the build", arguments: scenarios)
  func digests(scenario: [String]) throws {
    let folder = try TemporaryFolder()
    var digests: [String] = []
    for program in Self.programs {
      for environment in Self.threads {
        let name = "run\(digests.count)"
        let outcome = try Program.spawn(
          program, scenario + ["--no-plot", "--quiet", "--out", name], in: folder.path,
          environment: environment)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let shown = try Program.spawn(program, ["inspect", name, "--digest"], in: folder.path)
        digests.append(shown.output)
      }
    }
    #expect(digests.count == 2 * Self.programs.count)
    #expect(Set(digests).count == 1, "\(digests)")
    #expect(digests[0].count == 65)
  }
}
