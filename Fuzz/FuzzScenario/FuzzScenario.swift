import Experiments
import Scenarios

/// Reads any bytes as a scenario file: they are refused with a sentence, or read back equal.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScenario(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  do {
    let scenario = try Scenario(JSON.read(bytes, name: "fuzz"))
    let again = try Scenario(JSON.read(Array(scenario.json.prettyText.utf8), name: "again"))
    precondition(again == scenario, "a scenario did not read back equal")
    _ = MemoryEstimate(scenario).bytes
    _ = scenario.record.schedule
  } catch let error as ScenarioError {
    precondition(!error.description.isEmpty && !error.description.contains("\n"))
  } catch {
    preconditionFailure("an error of another kind: \(error)")
  }
  return 0
}
