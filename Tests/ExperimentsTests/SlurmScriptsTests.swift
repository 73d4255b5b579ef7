import Testing

@testable import Experiments

@Suite("Scripts for Slurm")
struct SlurmScriptsTests {
  @Test("a shard is named with the number of all, options have their values, words are quoted")
  func scripts() {
    let scripts = SlurmScripts(
      folder: "/a b/s", program: "/opt/dyn", shards: 7,
      options: ["--partition", "short", "--time=30", "--comment=it's"])
    #expect(scripts.shards.contains("#SBATCH --array=1-7\n"))
    #expect(scripts.shards.contains("--shard \"$SLURM_ARRAY_TASK_ID/7\""))
    #expect(scripts.shards.contains("exec /opt/dyn sweep work '/a b/s'"))
    #expect(!scripts.shards.contains("TASK_COUNT"))
    for script in [scripts.shards, scripts.merge] {
      #expect(script.contains("#SBATCH --partition short\n#SBATCH --time=30\n"))
      #expect(script.contains("#SBATCH '--comment=it'\\''s'\n"))
      #expect(script.hasPrefix("#!/bin/bash\n"))
    }
    #expect(scripts.submit.contains("--kill-on-invalid-dep=yes"))
  }
}
