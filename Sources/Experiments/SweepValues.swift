import Recording
import Scenarios

/// Arrays of a sweep as its figures want them: over some of its axes, averaged over the seeds.
struct SweepValues {
  private let file: SweepFile
  /// The axes with numbers and more than one value, without the seeds, by place among all.
  let parameters: [Int]
  /// Place of the seeds among the axes; nil if there are none.
  let seeds: Int?

  init(_ file: SweepFile) {
    self.file = file
    let axes = file.grid.axes
    seeds = axes.firstIndex { $0.coordinate == "seed" }
    parameters = axes.indices.filter { axis in
      axes[axis].coordinate != "seed" && file.grid.shape[axis] > 1
        && axes[axis].values.values.indices.allSatisfy {
          axes[axis].value(of: 0, at: $0).number != nil
        }
    }
  }

  /// Name of an axis.
  func name(_ axis: Int) -> String { file.grid.axes[axis].coordinate }

  /// The numbers along an axis.
  func numbers(_ axis: Int) -> [Double] {
    let own = file.grid.axes[axis]
    return own.values.values.indices.map { own.value(of: 0, at: $0).number ?? .nan }
  }

  /// An array of the file as rows of what each run has, if the file has it.
  ///
  /// Runs that diverged are missing: their last values would hide all others. Of what the networks
  /// of an ensemble have there is the mean.
  func array(_ name: String) throws -> RunArray? {
    guard try file.names().contains(name) else { return nil }
    var (values, shape) = try file.values(name)
    var width = shape.reduce(1, *)
    for (run, status) in try file.statuses().enumerated() where status == .diverged {
      for place in run * width..<(run + 1) * width { values[place] = .nan }
    }
    if let nets = shape.last, try file.axes(of: name).last == .net {
      values = stride(from: 0, to: values.count, by: nets).map { start in
        let finite = values[start..<start + nets].filter(\.isFinite)
        return finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count)
      }
      shape.removeLast()
      width = shape.reduce(1, *)
    }
    return RunArray(values: values, width: width, rowWidth: shape.dropFirst().reduce(1, *))
  }

  /// The runs at some places of some axes, whatever the others.
  func runs(at places: [Int: Int]) -> [Int] {
    var runs = [0]
    for (axis, size) in file.grid.shape.enumerated() {
      let chosen = places[axis].map { $0...$0 } ?? 0...(size - 1)
      runs = runs.flatMap { run in chosen.map { run * size + $0 } }
    }
    return runs
  }
}

/// One array of a sweep.
struct RunArray {
  let values: [Double]
  /// Values of a run.
  let width: Int
  /// Values at one iteration, where the array has iterations.
  let rowWidth: Int

  /// The values of a run.
  func row(_ run: Int) -> ArraySlice<Double> { values[run * width..<(run + 1) * width] }

  /// A single value of a run.
  func value(_ run: Int, _ place: Int = 0) -> Double { values[run * width + place] }

  /// The mean of what is finite of some runs; NaN for none.
  func mean(_ runs: [Int], _ place: Int = 0) -> Double {
    let finite = runs.map { value($0, place) }.filter(\.isFinite)
    return finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count)
  }
}
