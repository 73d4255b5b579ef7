import Datasets
import Dynamics
import Experiments
import Foundation
import HDF5
import Integration
import LinearAlgebra
import Plotting
import Recording
import Scenarios
import Theory

/// What verbs do with a run, without terminal and signals.
enum Uses {
  /// One thing that can be done with the run in a folder, beside another run that is whole.
  static func one(_ choice: UInt8, of folder: String, beside other: String) {
    let path = folder + "/run.h5"
    switch choice % 6 {
    case 0: attempt { try resume(folder) }
    case 1: attempt { _ = try TheoryReport.lay(.automatic, over: path) }
    case 2:
      attempt {
        let (run, whole) = (try RunFile(path: path), try RunFile(path: other + "/run.h5"))
        _ = try RunComparison(run).gaps(to: whole)
        _ = try RunComparison(whole).gaps(to: run)
      }
    case 3:
      attempt {
        let run = try RunFile(path: path)
        for name in Figures.names {
          attempt {
            guard let figure = try Figures.figure(named: name, of: run) else { return }
            _ = try FigureFiles.write(figure, to: folder, heading: [])
          }
        }
      }
    case 4:
      attempt {
        let run = try RunFile(path: path)
        for format in SeriesExport.Format.allCases {
          for names in format == .npy ? [["loss"], ["product"], ["iteration"]] : [[]] {
            attempt { try SeriesExport(of: run, quantities: names, as: format).write { _ in } }
          }
        }
      }
    default:
      attempt {
        let run = try RunFile(path: path)
        attempt { _ = try run.tree() }
        attempt { _ = try run.digest() }
        attempt { _ = try run.provenance() }
        attempt { _ = try StepSizeBound(problem: run.problem) }
      }
    }
  }

  private static func resume(_ path: String) throws {
    let folder = try RunFolder(resuming: path)
    defer { folder.removeIfEmpty() }
    let resumption = try Resumption(of: folder, iterations: nil)
    guard !resumption.isFinished else { return }
    // A run that is asked for is no attack, and takes the memory and time that it needs.
    let scenario = resumption.scenario
    guard MemoryEstimate(scenario).bytes < 1e8 else { return }
    var options = Run.Options()
    options.checkpoint = resumption.checkpoint
    options.continuesFile = resumption.continuesFile
    let training = try resumption.training(in: folder, reading: readMatrix)
    var looks = 0
    _ = try Run.perform(
      training, into: folder, stepSize: StepSizeBound(problem: training.problem), options: options,
      theory: TheoryChoice(scenario.theory), progress: { _ in },
      isInterrupted: {
        looks += 1
        return looks > 20
      })
  }

  /// Does something that may be refused, in one sentence.
  private static func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      let words = String(describing: error)
      precondition(!words.isEmpty, "an empty sentence")
      switch error {
      case is HDF5Error, is RecordingError, is RunFolderError, is DescentStateError,
        is ScenarioError, is PlottingError, is TheoryChoiceError, is TheoryError,
        is LinearAlgebraError, is CocoaError:
        break
      default: preconditionFailure("an error of another kind: \(error)")
      }
    }
  }
}
