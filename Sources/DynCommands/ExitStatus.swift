import Arguments
import Dissection
import FiniteGroups
import Dynamics
import Experiments
import Foundation
import HDF5
import LinearAlgebra
import Plotting
import Recording
import Scenarios
import Spelling

/// How the program ends.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case usage = 2
  case diverged = 3
  case file = 4

  /// The status that an error leads to.
  init(of error: any Error) {
    switch error {
    case is ArgumentError, is ScenarioError, is TheoryChoiceError, is DissectionError,
      is GroupError:
      self = .usage
    case SweepFolderError.changed, SweepFolderError.occupied, SweepFolderError.absent: self = .usage
    case RecordingError.axisTaken, RecordingError.tooManyIterations: self = .usage
    case RunFolderError.exists, RecordingError.unknownQuantity, RecordingError.notRecorded,
      RecordingError.needsOneQuantity, RecordingError.noProblem, RecordingError.noNetworks:
      self = .usage
    case PlottingError.unknownFigure, PlottingError.nothingToDraw, PlottingError.nothingInCommon:
      self = .usage
    case PlottingError.notDrawn, PlottingError.notStarted: self = .failed
    case is RunFolderError, is RecordingError, is DescentStateError, is HDF5Error,
      is PlottingError, is CocoaError:
      self = .file
    default: self = .failed
    }
  }
}

extension Error {
  /// The error as one sentence for a person, on one line whatever is in the names that it quotes.
  var sentence: String {
    switch self {
    case let error as CustomStringConvertible: error.description.onOneLine
    default: localizedDescription.onOneLine
    }
  }
}
