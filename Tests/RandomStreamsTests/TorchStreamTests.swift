import LinearAlgebra
import RandomStreams
import Testing

@Suite struct TorchStreamTests {
  @Test(
    "Every reference vector of PyTorch's CPU stream is met bit for bit",
    arguments: [
      // Between 2²⁸ and 2³² values the earlier version draws one word for an integer, not two.
      ("torch_2.13.0_avx2", []), ("torch_1.13.0_avx2", ["randint_0_2p30_n4"]),
    ] as [(String, Set<String>)])
  func referenceVectors(file: String, skipped: Set<String>) throws {
    let entries = try JSON.reference(file).value("seeds").list
    #expect(entries.count == 5)
    for entry in entries {
      let seed = try #require(try entry.value("seed").text)
      try compare(
        entry, except: skipped.union(["seed"]), with: checks(seed: seed), "\(file) seed \(seed)")
    }
  }

  @Test("Kernels without AVX2 differ in single precision normals only, by at most 2·10⁻⁶")
  func otherKernels() throws {
    for entry in try JSON.reference("torch_1.13.0_default").value("seeds").list {
      let seed = try #require(try entry.value("seed").text)
      let checks = checks(seed: seed)
      for key in ["rand5_f32", "rand3_f64", "u64", "normal_std0.1_n2", "normal_std0.1_n15"] {
        #expect(try checks[key]?() == entry.value(key).exact)
      }
      for key in ["normal_std0.1_n16", "normal_std0.1_n17", "normal_std0.1_n40"] {
        let ours = try #require(try checks[key]?()).floats
        let theirs = try entry.value(key).floats
        #expect(ours.count == theirs.count && ours != theirs)
        #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) <= 2e-6 })
      }
    }
  }

  private func checks(seed: String) -> [String: () throws -> JSON] {
    let start = Int(seed).map(TorchStream.init) ?? UInt64(seed).map(TorchStream.init)
    /// A check by a function of a fresh stream.
    func fresh(_ draw: @escaping (inout TorchStream) throws -> JSON) -> () throws -> JSON {
      {
        var stream = try #require(start, "\(seed) is no seed")
        return try draw(&stream)
      }
    }
    func normals(_ count: Int, mean: Double = 0, deviation: Double = 1) -> () throws -> JSON {
      fresh { .bits($0.normals(count: count, mean: mean, deviation: deviation)) }
    }
    /// The form for a tensor of equal deviations: scaled after the draw, each step rounded.
    func scaled(_ count: Int, mean: Float) -> () throws -> JSON {
      fresh { .bits($0.normals(count: count).map { $0 * 0.1 + mean }) }
    }
    func layer(_ inputs: Int, _ outputs: Int, bias: Bool) -> () throws -> JSON {
      fresh {
        let (weights, biases) = $0.linearLayer(inputs: inputs, outputs: outputs, bias: bias)
        #expect(weights.rows == outputs && weights.columns == inputs)
        return .table([
          "weight_sha256_le_f32": .digest(weights.elements),
          "weight_first8": .bits(Array(weights.elements.prefix(8))),
          "bias": biases.map(JSON.bits) ?? .null,
        ])
      }
    }
    return [
      "initial_seed": {
        // PyTorch reports the seed as unsigned: seeding by that number is the same.
        let unsigned = UInt64(seed) ?? Int(seed).map { UInt64(bitPattern: Int64($0)) }
        let number = try #require(unsigned)
        #expect(TorchStream(seed: number) == start)
        return .text(String(number))
      },
      "u64": fresh { stream in
        .list((0..<4).map { _ in .text(String(stream.nextDoubleWord())) })
      },
      "rand5_f32": fresh { stream in .bits((0..<5).map { _ in stream.uniformFloat() }) },
      "rand3_f64": fresh { stream in .bits((0..<3).map { _ in stream.uniformDouble() }) },
      "normal_std0.1_n2": normals(2, deviation: 0.1),
      "normal_std0.1_n15": normals(15, deviation: 0.1),
      "normal_std0.1_n16": normals(16, deviation: 0.1),
      "normal_std0.1_n17": normals(17, deviation: 0.1),
      "normal_std0.1_n40": normals(40, deviation: 0.1),
      "chain_n3_n16_n1_n2_std1": fresh { stream in
        .bits([3, 16, 1, 2].flatMap { stream.normals(count: $0) })
      },
      "normal_mean1.5_std0.1_n3": normals(3, mean: 1.5, deviation: 0.1),
      "normal_mean1.5_std0.1_n16": normals(16, mean: 1.5, deviation: 0.1),
      "randn_n20000_sha256_le_f32": fresh { .digest($0.normals(count: 20_000)) },
      "randn_20x2": normals(40),
      "randn5_f64": fresh { .bits($0.doubleNormals(count: 5)) },
      "randn20_f64": fresh { .bits($0.doubleNormals(count: 20)) },
      "uniform_pm0.3_n20000_sha256_le_f32": fresh {
        .digest($0.uniforms(from: -0.3, to: 0.3, count: 20_000))
      },
      "linear_in2_out50_bias0": layer(2, 50, bias: false),
      "linear_in50_out2_bias0": layer(50, 2, bias: false),
      "linear_in3_out4_bias1": layer(3, 4, bias: true),
      "linear_in1_out1_bias1": layer(1, 1, bias: true),
      "notebook_two_normals_n2_std0.1": fresh { stream in
        .bits([2, 2].flatMap { stream.normals(count: $0, deviation: 0.1) })
      },
      "normal_size0d_then_n3": fresh { stream in
        .bits([1, 3].flatMap { stream.normals(count: $0, deviation: 0.1) })
      },
      "normal_tensor_std_n17": scaled(17, mean: 0.25),
      "normal_tensor_std_0d": scaled(1, mean: 0),
      "randperm10": fresh { .integers($0.permutation(count: 10)) },
      "randint_0_10_n8": fresh { .integers($0.integers(in: 0..<10, count: 8)) },
      "randint_0_2p30_n4": fresh { .integers($0.integers(in: 0..<1 << 30, count: 4)) },
      "randint_0_2p33_n4": fresh { .integers($0.integers(in: 0..<1 << 33, count: 4)) },
    ]
  }

  @Test("A saved stream continues exactly, whether or not a normal is cached", arguments: [2, 3])
  func restoring(count: Int) throws {
    var stream = TorchStream(seed: 12)
    _ = stream.normals(count: count)
    #expect((stream.cachedNormal != nil) == (count == 3))
    let generator = try MersenneTwister(
      state: stream.generator.state, position: stream.generator.position)
    var restored = TorchStream(generator: generator, cachedNormal: stream.cachedNormal)
    #expect(restored == stream)
    for count in [1, 40, 1001, 2] {
      #expect(restored.normals(count: count) == stream.normals(count: count))
    }
  }

  @Test("A uniform number that rounding carries to the upper bound becomes the lower one")
  func upperBound() {
    var stream = TorchStream(seed: 12)
    // Nothing lies between the bounds, so one number in two is rounded up to the upper one.
    let numbers = stream.uniforms(from: 1, to: Double(Float(1).nextUp), count: 100)
    #expect(numbers.allSatisfy { $0 == 1 })
  }

  @Test("The weights of a layer have PyTorch's bound, which takes a detour by a gain")
  func boundOfLayer() {
    let slope = 5.0.squareRoot()
    let gain = (2 / (1 + slope * slope)).squareRoot()
    for inputs in 1...1000 {
      var stream = TorchStream(seed: 12)
      var other = stream
      let bound = 3.0.squareRoot() * (gain / Double(inputs).squareRoot())
      let expected = other.uniforms(from: -bound, to: bound, count: inputs)
      let layer = stream.linearLayer(inputs: inputs, outputs: 1, bias: false)
      #expect(layer.weights.elements == expected && layer.biases == nil)
    }
  }

  @Test("Double normals are scaled and shifted by two rounded operations", arguments: [5, 20])
  func scaledDoubleNormals(count: Int) {
    var plain = TorchStream(seed: 0)
    var scaled = plain
    let expected = plain.doubleNormals(count: count).map { $0 * 0.5 + 3 }  // 0.5 is exact
    #expect(scaled.doubleNormals(count: count, mean: 3, deviation: 0.5) == expected)
  }

  @Test("Empty draws take no word and give nothing")
  func emptyDraws() {
    let start = TorchStream(seed: 12)
    var stream = start
    #expect(stream.normals(count: 0).isEmpty && stream.doubleNormals(count: 0).isEmpty)
    #expect(stream.integers(in: 0..<0, count: 0).isEmpty && stream.permutation(count: 0).isEmpty)
    #expect(stream.permutation(count: 1) == [0])
    #expect(stream == start)
  }
}

extension TorchStream {
  /// The next 64-bit word, drawn from a copy of the generator that is put back.
  fileprivate mutating func nextDoubleWord() -> UInt64 {
    var generator = generator
    defer { self = TorchStream(generator: generator, cachedNormal: cachedNormal) }
    return generator.nextDoubleWord()
  }
}
