import DynCommands

/// Reads any text as a command line, one argument a line: a scenario, help, or one sentence.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArguments(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
  let arguments = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard !arguments.contains(where: { $0.contains("/") || $0.hasSuffix(".json") }) else { return 0 }
  if let sentence = DynCommands.objection(to: arguments) {
    precondition(!sentence.isEmpty, "an error without words")
  }
  return 0
}
