import CZlib
import Foundation
import Scenarios

/// Whether bytes begin as those of a gzip file do.
func isGzip(_ bytes: Data) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

/// The contents of a gzip file, all its members one after the other.
///
/// - Parameters:
///   - bytes: the file.
///   - name: its path, for errors.
/// - Throws: `ScenarioError` for a file that is cut off or whose check sum is wrong.
func gunzipped(_ bytes: Data, name: String) throws -> Data {
  let remedy = "get the file again"
  var stream = z_stream()
  // 16 more than the largest window: a gzip header and its check sum.
  guard
    inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else {
    throw ScenarioError(
      problem: "zlib does not start for '\(name)'", remedy: "give an uncompressed file")
  }
  defer { inflateEnd(&stream) }
  var result = Data()
  var block = [UInt8](repeating: 0, count: 1 << 18)
  return try bytes.withUnsafeBytes { (source: UnsafeRawBufferPointer) in
    stream.next_in = UnsafeMutablePointer(
      mutating: source.bindMemory(to: UInt8.self).baseAddress)
    var left = source.count
    while true {
      if stream.avail_in == 0 {
        stream.avail_in = UInt32(min(left, 1 << 30))
        left -= Int(stream.avail_in)
      }
      let (status, made) = block.withUnsafeMutableBufferPointer { block in
        stream.next_out = block.baseAddress
        stream.avail_out = UInt32(block.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, block.count - Int(stream.avail_out))
      }
      result.append(contentsOf: block[..<made])
      switch status {
      case Z_STREAM_END:
        guard stream.avail_in > 0 || left > 0 else { return result }
        inflateReset(&stream)
      case Z_OK: continue
      case Z_BUF_ERROR:
        throw ScenarioError(
          problem: "The gzip file '\(name)' ends after \(bytes.count) bytes in the middle of its "
            + "data", remedy: remedy)
      default:
        throw ScenarioError(
          problem: "The gzip file '\(name)' is damaged after \(result.count) bytes of data",
          remedy: remedy)
      }
    }
  }
}
