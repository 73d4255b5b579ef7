import CHDF5

/// The sizes of a dataset's or an attribute's axes, as they stand in the file.
struct Extent: Equatable {
  /// Values along each axis; `[]` for a single value.
  var shape: [Int]
  /// What each axis may grow to; nil without bound.
  var maximum: [Int?]
  /// Whether it is HDF5's null space: no value at all, though it has no axes.
  var isNull = false

  /// The extent of an open dataspace.
  init(of space: hid_t, _ name: @autoclosure () -> String) throws {
    let rank = try checked("read the shape of", name()) { H5Sget_simple_extent_ndims(space) }
    var sizes = [hsize_t](repeating: 0, count: Int(rank))
    var limits = sizes
    try checked("read the shape of", name()) {
      H5Sget_simple_extent_dims(space, &sizes, &limits)
    }
    shape = sizes.map { Int(clamping: $0) }
    maximum = limits.map { $0 == dyn_H5S_UNLIMITED() ? nil : Int(clamping: $0) }
    isNull = H5Sget_simple_extent_type(space) == H5S_NULL
  }

  /// The number of values, `Int.max` where it cannot be counted.
  var count: Int { isNull ? 0 : saturatingProduct(shape) }

  /// The number of values in one step of the first axis, `Int.max` where it cannot be counted.
  var rowSize: Int { saturatingProduct(shape.dropFirst()) }

  /// The indices of the first value.
  var origin: [Int] { [Int](repeating: 0, count: shape.count) }

  /// The indices of the first value of a row.
  func start(ofRow row: Int) -> [Int] { [row] + origin.dropFirst() }

  /// The shape with another number of rows.
  func shape(rows: Int) -> [Int] { [rows] + shape.dropFirst() }
}

/// The product of sizes ≥ 0, `Int.max` where it is larger.
func saturatingProduct(_ sizes: some Sequence<Int>) -> Int {
  var product = 1
  var overflows = false
  for size in sizes {
    if size == 0 { return 0 }
    let (next, overflow) = product.multipliedReportingOverflow(by: size)
    overflows = overflows || overflow
    if !overflow { product = next }
  }
  return overflows ? .max : product
}

/// Throws ``HDF5Error/tooLarge(name:bytes:limit:)`` before more than `limit` bytes are allocated.
func requireMemory(
  count: Int, bytesEach: Int, limit: Int, _ name: @autoclosure () -> String
) throws {
  let bytes = saturatingProduct([count, bytesEach])
  guard bytes <= limit else {
    throw HDF5Error.tooLarge(name: name(), bytes: bytes, limit: limit)
  }
}
