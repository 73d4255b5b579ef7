import Testing

@testable import HDF5

/// What other programs make of the files; each check says so when its program is not installed.
@Suite struct InteroperabilityTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file laid out as the runs are: shared scales at the root, series on their own iteration.
  private func trajectory() throws -> String {
    try folder.file { root in
      for (name, size) in [("input", 2), ("output", 3)] {
        try root.createDataset(name, values: Array(0..<size)).makeScale(name: name)
      }
      try root.createDataset("title", text: "κ-Läufe ✓")
      try root.attributes.set("kappa", to: 10.0)
      try root.attributes.set("status", to: "complete")
      let group = try root.createGroup("trajectory")
      let iteration = try group.createDataset(
        "iteration", elementType: .int64, shape: [0], unlimitedFirstAxis: true, chunk: [64])
      try iteration.makeScale(name: "iteration")
      let loss = try group.createDataset(
        "loss", elementType: .float64, shape: [0], unlimitedFirstAxis: true, chunk: [64])
      let product = try group.createDataset(
        "product", elementType: .float64, shape: [0, 3, 2], unlimitedFirstAxis: true,
        chunk: [16, 3, 2], compression: 4)
      try loss.attachScale(iteration, axis: 0)
      for (axis, scale) in [iteration, try root.dataset("output"), try root.dataset("input")]
        .enumerated()
      { try product.attachScale(scale, axis: axis) }
      try loss.attributes.set("units", to: "1")
      for step in 0..<100 {
        try iteration.append(rows: [step * step])
        try loss.append(rows: [1 / Double(step + 1)])
        try product.append(rows: (0..<6).map { Double(step * 6 + $0) })
      }
    }
  }

  /// The output of Python's program, nil when it or one of the modules is not there.
  private func python(_ modules: [String], _ program: String) throws -> String? {
    let imports = modules.map { "import \($0)" }.joined(separator: "\n")
    guard let check = try run("python3", ["-c", imports]), check.succeeded else {
      print("SKIPPED: python3 with \(modules.joined(separator: ", ")) is not installed")
      return nil
    }
    let result = try #require(try run("python3", ["-c", imports + "\n" + program]))
    #expect(result.succeeded, "\(result.output)")
    return result.output
  }

  @Test("xarray opens a group with named axes and coordinates", arguments: ["h5netcdf", "netcdf4"])
  func xarray(engine: String) throws {
    let path = try trajectory()
    let module = engine == "netcdf4" ? "netCDF4" : engine
    let output = try python(
      ["warnings", "xarray", module],
      """
      warnings.simplefilter("error", UserWarning)
      d = xarray.open_dataset("\(path)", group="trajectory", engine="\(engine)")
      print(d.loss.dims, d.product.dims, sorted(d.coords), dict(d.sizes)["iteration"])
      print(d.iteration.dtype, int(d.iteration[-1]), float(d.loss.sel(iteration=81)))
      print(float(d.product.isel(iteration=99, output=2, input=1)), d.loss.attrs["units"])
      r = xarray.open_dataset("\(path)", engine="\(engine)")
      print(float(r.attrs["kappa"]), r.attrs["status"], r["title"].item())
      """)
    guard let output else { return }
    #expect(
      output.split(separator: "\n").map(String.init) == [
        "('iteration',) ('iteration', 'output', 'input') ['iteration'] 100",
        "int64 9801 0.1", "599.0 1", "10.0 complete κ-Läufe ✓",
      ])
  }

  @Test("h5py's files are read: fixed texts, big-endian, booleans, scalars, other files' values")
  func h5py() throws {
    let path = folder.path("foreign.h5")
    let other = try folder.file("other.h5") {
      try $0.createGroup("group").createDataset("values", values: [1.0])
    }
    let output = try python(
      ["h5py", "numpy"],
      """
      f = h5py.File("\(path)", "w")
      f["big"] = numpy.arange(4, dtype=">f8")
      f["half"] = numpy.array([0.5, 2], dtype="<f2")
      f["short"] = numpy.array([-3], dtype=">i2")
      f["unsigned"] = numpy.array([2**64 - 1], dtype="u8")
      f["flag"] = numpy.array([True, False])
      f["complex"] = numpy.array([1 + 2j])
      f["fixed"] = numpy.array([b"ab", b"c"], dtype="S4")
      f["empty"] = h5py.Empty("f8")
      f.attrs["fixed"] = numpy.bytes_("abc")
      f.attrs["one"] = numpy.array([2.5])
      f.attrs["unsigned"] = numpy.uint64(2**64 - 1)
      f.attrs["grid"] = numpy.arange(6).reshape(2, 3)
      f.attrs["empty"] = h5py.Empty("f8")
      f.attrs["flag"] = True
      f["soft"] = h5py.SoftLink("/big")
      f["dangling"] = h5py.SoftLink("/none")
      f["outside"] = h5py.ExternalLink("\(other)", "/group")
      f.create_group("loop")
      f["loop/self"] = f["loop"]
      f.create_dataset("raw", (2,), "f8", external="\(path).raw")
      layout = h5py.VirtualLayout(shape=(4,), dtype="f8")
      layout[:] = h5py.VirtualSource("\(path)", "big", shape=(4,))
      f.create_virtual_dataset("virtual", layout)
      print("done")
      """)
    guard output == "done\n" else { return }
    let root = try HDF5File.open(path).root
    #expect(try root.childNames.contains("outside"))
    #expect(try root.dataset("big").read() == [0, 1, 2, 3])
    #expect(try root.dataset("half").read() == [0.5, 2])
    #expect(try root.dataset("half").elementType == .float(bits: 16))
    #expect(try root.dataset("short").read(as: Int.self) == [-3])
    #expect(try root.dataset("unsigned").read() == [0x1p64])
    #expect(throws: HDF5Error.self) { try root.dataset("unsigned").read(as: Int64.self) }
    #expect(message { _ = try root.dataset("flag").read() }.contains("holds enumeration"))
    #expect(message { _ = try root.dataset("complex").read() }.contains("holds compound"))
    #expect(try root.dataset("fixed").readTexts() == ["ab", "c"])
    #expect(try root.dataset("empty").read() == [])
    #expect(try root.attributes.get("fixed") == "abc")
    #expect(try root.attributes.get("one", as: Double.self) == 2.5)
    #expect(throws: HDF5Error.self) { try root.attributes.get("unsigned", as: Int.self) }
    #expect(try root.attributes.get("grid", as: [Int].self) == [0, 1, 2, 3, 4, 5])
    #expect(try root.attributes.get("empty", as: [Double].self) == [])
    #expect(throws: HDF5Error.self) { try root.attributes.get("empty", as: Double.self) }
    #expect(message { _ = try root.attributes.get("flag") }.contains("holds enumeration"))
    #expect(try root.dataset("soft").read() == [0, 1, 2, 3])
    #expect(try root.kind(of: "dangling") == .other)
    #expect(try root.kind(of: "outside") == .other)
    #expect(message { _ = try root.group("outside") }.contains("a link that leads out of the file"))
    #expect(try !root.contains("outside/values"))
    for name in ["raw", "virtual"] {
      #expect(
        message { _ = try root.dataset(name) }.contains("values in other files"), "\(name)")
    }
    #expect(try root.contains("loop/self/self"))
    // The digest ends though a group holds itself, and refuses only what it must not read.
    #expect(message { _ = try root.contentDigest() }.contains("values in other files"))
    #expect(try root.contentDigest(excluding: ["/raw", "/virtual"]).count == 64)
  }

  @Test("a reader in another process follows while this one appends")
  func concurrentReader() throws {
    let file = try HDF5File.create(folder.path("live.h5"))
    let series = try file.root.createDataset(
      "series", elementType: .float64, shape: [0], unlimitedFirstAxis: true, chunk: [16])
    try file.startSWMRWrite()
    for count in [10, 30] {
      try series.append(rows: (0..<count).map(Double.init))
      try series.flush()
      let output = try python(
        ["h5py"],
        """
        f = h5py.File("\(file.path)", "r", swmr=True)
        print(f["series"].shape[0], f["series"][-1])
        """)
      guard let output else { return }
      #expect(output == (count == 10 ? "10 9.0\n" : "40 29.0\n"))
    }
    try file.close()
  }

  @Test("h5dump shows the axes, the growth and the packing")
  func h5dump() throws {
    let path = try trajectory()
    guard let result = try run("h5dump", ["-p", "-H", path]) else {
      print("SKIPPED: h5dump is not installed")
      return
    }
    #expect(result.succeeded, "\(result.output)")
    #expect(result.output.contains("SIMPLE { ( 100, 3, 2 ) / ( H5S_UNLIMITED, 3, 2 ) }"))
    #expect(result.output.contains("COMPRESSION DEFLATE { LEVEL 4 }"))
    #expect(result.output.contains("PREPROCESSING SHUFFLE"))
    #expect(result.output.contains("ATTRIBUTE \"DIMENSION_LIST\""))
    #expect(result.output.contains("CSET H5T_CSET_UTF8"))
  }
}
