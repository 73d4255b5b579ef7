import Foundation
import Recording

/// The scripts by which Slurm does a sweep: an array of shards, and a merge after all of them.
public struct SlurmScripts: Sendable {
  /// Text of the script of a shard.
  public let shards: String
  /// Text of the script of the merge.
  public let merge: String
  /// Text of a script that submits both.
  public let submit: String

  /// Scripts for the sweep of a folder.
  ///
  /// A shard learns its number from Slurm and their count from the script: an array that is submitted
  /// again for some shards only has other counts.
  ///
  /// - Parameters:
  ///   - folder: full path of the folder of the sweep.
  ///   - program: full path of the program.
  ///   - shards: number of shards.
  ///   - options: words for sbatch, for both.
  public init(folder: String, program: String, shards: Int, options: [String]) {
    let (dyn, place) = (Self.quoted(program), Self.quoted(folder))
    let directives = Self.lines(of: options).map { "#SBATCH \($0)\n" }.joined()
    func head(_ name: String, _ log: String) -> String {
      """
      #!/bin/bash
      #SBATCH --job-name=\(name)
      #SBATCH --output=\(Self.quoted(folder + "/log/" + log))
      #SBATCH --open-mode=append

      """
    }
    self.shards =
      head("dyn-shards", "shard-%a.log")
        + """
        #SBATCH --array=1-\(shards)
        #SBATCH --requeue
        \(directives)exec \(dyn) sweep work \(place) --shard "$SLURM_ARRAY_TASK_ID/\(shards)" \\
          --jobs "${SLURM_CPUS_PER_TASK:-1}" --quiet

        """
    merge =
      head("dyn-merge", "merge.log") + directives + "exec \(dyn) sweep merge \(place)\n"
    submit = """
      #!/bin/bash
      # Submits the shards, and the merge for when all of them have ended well.
      set -eu
      array=$(sbatch --parsable \(Self.quoted(folder + "/shards.sbatch")))
      array=${array%%;*}
      merge=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes \\
        \(Self.quoted(folder + "/merge.sbatch")))
      echo "$array ${merge%%;*}"

      """
  }

  /// Writes the scripts and makes the folder of the logs.
  ///
  /// - Throws: an error of Foundation.
  public func write(to folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/log", withIntermediateDirectories: true)
    for (name, text) in [
      ("shards.sbatch", shards), ("merge.sbatch", merge), ("submit.sh", submit),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name), options: .atomic)
    }
  }

  /// One line for each option, with its value.
  static func lines(of options: [String]) -> [String] {
    var lines: [String] = []
    for word in options {
      if word.hasPrefix("-") || lines.isEmpty {
        lines.append(quoted(word))
      } else {
        lines[lines.count - 1] += " " + quoted(word)
      }
    }
    return lines
  }

  /// A word as a shell reads it back.
  static func quoted(_ word: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/._-+:@,=%"))
    guard word.isEmpty || word.unicodeScalars.contains(where: { !plain.contains($0) }) else {
      return word
    }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
