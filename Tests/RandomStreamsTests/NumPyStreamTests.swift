import LinearAlgebra
import RandomStreams
import Testing

@Suite struct NumPyStreamTests {
  // Normals are compared by bits: on x86-64 with glibc the logarithm is the one NumPy used.
  @Test("Every reference vector of NumPy's legacy stream is met bit for bit")
  func referenceVectors() throws {
    let entries = try JSON.reference("numpy_legacy").value("seeds").list
    #expect(entries.count == 8)
    for entry in entries {
      let start = try stream(seed: entry.value("seed"))
      try compare(entry, except: ["seed"], with: checks(start), "NumPy \(entry.value("seed"))")
    }
  }

  private func stream(seed: JSON) throws -> NumPyStream {
    if let seed = seed.integer { return try NumPyStream(seed: seed) }
    if seed == .text("range(700)") { return try NumPyStream(words: Array(0..<700)) }
    return try NumPyStream(words: seed.list.map { UInt32(try #require($0.integer)) })
  }

  private func checks(_ start: NumPyStream) -> [String: () throws -> JSON] {
    /// A check by a function of a fresh stream.
    func fresh(_ draw: @escaping (inout NumPyStream) -> JSON) -> () -> JSON {
      {
        var stream = start
        return draw(&stream)
      }
    }
    func words(from first: Int, count: Int) -> JSON {
      var generator = start.generator
      return .words((0..<first + count).map { _ in generator.nextWord() }.suffix(count))
    }
    return [
      "u32": { words(from: 0, count: 8) },
      "u32_at_1000": { words(from: 1000, count: 4) },
      "random_sample": fresh { stream in .bits((0..<8).map { _ in stream.uniform() }) },
      "randn": fresh { .bits($0.normals(count: 10)) },
      "randn_50x2": fresh {
        let matrix = $0.normals(rows: 50, columns: 2)
        return .table([
          "sha256_le_f64": .digest(matrix.elements), "first_row": .bits(matrix.row(0)),
          "last_row": .bits(matrix.row(49)),
        ])
      },
      "randn_100000_sha256_le_f64": fresh { .digest($0.normals(count: 100_000)) },
      "uniform_-1_1": fresh { stream in
        .bits((0..<4).map { _ in stream.uniform(from: -1, to: 1) })
      },
      "normal_2_0.5": fresh { stream in
        .bits((0..<4).map { _ in stream.normal(mean: 2, deviation: 0.5) })
      },
      "shuffle_arange10": fresh { .integers(shuffled(10, by: &$0)) },
      "shuffle_arange50": fresh { .integers(shuffled(50, by: &$0)) },
      "permutation_10": fresh { .integers($0.permutation(count: 10)) },
      "randint_0_10": fresh { .integers($0.integers(in: 0..<10, count: 10)) },
      "randint_5_6_then_0_1000": fresh {
        .integers($0.integers(in: 5..<6, count: 3) + $0.integers(in: 0..<1000, count: 5))
      },
      "randint_0_2p32": fresh { .integers($0.integers(in: 0..<1 << 32, count: 4)) },
      "randint_0_2p40": fresh { .integers($0.integers(in: 0..<1 << 40, count: 4)) },
      "randint_full_i64": fresh { .integers($0.integers(in: Int.min..<Int.max, count: 3)) },
      "choice_20_k6": fresh { .integers($0.choice(from: 20, count: 6)) },
      "choice_20_k6_noreplace": fresh {
        .integers($0.choice(from: 20, count: 6, replacing: false))
      },
      "mixed_randn1_rand1_randn1_randn3[0]_rand1": fresh {
        let first = [$0.normal(), $0.uniform(), $0.normal()]
        return .bits(first + [$0.normals(count: 3)[0], $0.uniform()])
      },
      "shuffle_eps_randn8_x0.1": fresh {
        var noise = $0.normals(count: 8).map { $0 * 0.1 }
        $0.shuffle(&noise)
        return .bits(noise)
      },
    ]
  }

  private func shuffled(_ count: Int, by stream: inout NumPyStream) -> [Int] {
    var numbers = Array(0..<count)
    stream.shuffle(&numbers)
    return numbers
  }

  @Test("A saved stream continues exactly, whether or not a normal is cached", arguments: [4, 5])
  func restoring(count: Int) throws {
    var stream = try NumPyStream(seed: 12)
    _ = stream.normals(count: count)
    #expect((stream.cachedNormal != nil) == (count == 5))
    let generator = try MersenneTwister(
      state: stream.generator.state, position: stream.generator.position)
    var restored = NumPyStream(generator: generator, cachedNormal: stream.cachedNormal)
    #expect(restored == stream)
    #expect(restored.normals(count: 1001) == stream.normals(count: 1001))
    #expect(restored.uniform() == stream.uniform())
  }

  @Test("Normals do not depend on how a draw is divided")
  func dividedDraws() throws {
    var whole = try NumPyStream(seed: 42)
    var parts = whole
    let expected = whole.normals(count: 17)
    var numbers = [parts.normal()]
    for count in [0, 3, 1, 0, 5, 6] { numbers += parts.normals(count: count) }
    numbers.append(parts.normal())
    #expect(numbers == expected)
    #expect(parts == whole)
  }

  @Test("Rows of a matrix are shuffled like the elements of an array", arguments: [0, 1, 2, 10])
  func shuffledRows(rows: Int) throws {
    var stream = try NumPyStream(seed: 12)
    var other = stream
    let original = Matrix<Double>(rows: rows, columns: 3) { i, j in Double(3 * i + j) }
    var matrix = original
    stream.shuffleRows(of: &matrix)
    let order = other.permutation(count: rows)
    #expect((0..<rows).map { matrix.row($0) } == order.map { original.row($0) })
    #expect(stream == other)
  }

  @Test("One possible integer takes no word; a bound of n takes those of the maximum n − 1")
  func bounds() throws {
    let start = try NumPyStream(seed: 0)
    var stream = start
    #expect(stream.integer(upTo: 0) == 0)
    #expect(stream.integer(below: 1) == 0)
    #expect(stream == start)
    var other = start
    for bound in [2, 7, 8, 9, 1 << 32, 1 << 32 + 1, Int.max] {
      #expect(UInt64(stream.integer(below: bound)) == other.integer(upTo: UInt64(bound - 1)))
    }
    #expect(stream == other)
    var words = start.generator
    stream = start
    #expect(stream.integer(upTo: .max) == words.nextDoubleWord())
  }

  @Test("Seeds outside 32 bits are refused with their value", arguments: [-1, 1 << 32, Int.min])
  func refusedSeeds(seed: Int) {
    #expect(throws: RandomStreamError.seedOutOfRange(seed)) { try NumPyStream(seed: seed) }
  }

  @Test("An empty list of seed words is refused")
  func refusedWords() {
    #expect(throws: RandomStreamError.noSeedWords) { try NumPyStream(words: []) }
  }
}
