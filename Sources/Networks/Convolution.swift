/// Where the patches of a convolutional layer lie in what it is handed, without padding.
///
/// Units of a layer lie [channel][row][column]; a patch holds, of each channel, a square of pixels:
/// [channel][row][column], too. What the layer does to each patch is what a dense layer does to its
/// inputs, so that a convolution is a dense layer on patches.
public struct Convolution: Equatable, Sendable {
  /// Channels, rows and columns of what the layer is handed.
  public let inputChannels, inputHeight, inputWidth: Int
  /// Channels of what it hands on.
  public let channels: Int
  /// Rows and columns of a patch.
  public let kernel: Int
  /// Pixels from a patch to the next.
  public let stride: Int

  /// A layer.
  ///
  /// - Precondition: the kernel is no larger than the image, and everything at least 1.
  public init(
    inputChannels: Int, inputHeight: Int, inputWidth: Int, channels: Int, kernel: Int, stride: Int
  ) {
    precondition(
      min(inputChannels, channels, kernel, stride) >= 1 && kernel <= min(inputHeight, inputWidth),
      "no patches of \(kernel) × \(kernel) in \(inputHeight) × \(inputWidth)")
    (self.inputChannels, self.inputHeight, self.inputWidth) =
      (inputChannels, inputHeight, inputWidth)
    (self.channels, self.kernel, self.stride) = (channels, kernel, stride)
  }

  /// Rows of what it hands on.
  public var height: Int { (inputHeight - kernel) / stride + 1 }
  /// Columns of what it hands on.
  public var width: Int { (inputWidth - kernel) / stride + 1 }
  /// Number of patches.
  public var positions: Int { height * width }
  /// Numbers in a patch.
  public var patch: Int { inputChannels * kernel * kernel }
  /// Units that it is handed.
  var inputs: Int { inputChannels * inputHeight * inputWidth }
  /// Units that it hands on.
  var units: Int { channels * positions }

  /// Where in the units that it is handed an entry of a patch lies, relative to the patch's corner.
  private func offset(_ entry: Int) -> Int {
    let (channel, pixel) = (entry / (kernel * kernel), entry % (kernel * kernel))
    return (channel * inputHeight + pixel / kernel) * inputWidth + pixel % kernel
  }

  /// Calls a function with every entry of the patches of some channels: where it lies among the
  /// patches, [entry][position], and where among the units.
  @inline(__always)
  private func forEachEntry(
    ofChannels part: Range<Int>, _ body: (_ patch: Int, _ unit: Int) -> Void
  ) {
    let size = kernel * kernel
    for entry in part.lowerBound * size..<part.upperBound * size {
      let start = offset(entry)
      for row in 0..<height {
        for column in 0..<width {
          body(
            entry * positions + row * width + column,
            start + stride * (row * inputWidth + column))
        }
      }
    }
  }

  /// Copies the patches, [entry][position][row of the block], out of units [unit][row].
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func gather<Scalar: DenseScalar>(
    from units: UnsafePointer<Scalar>, to patches: UnsafeMutablePointer<Scalar>, rows: Int,
    threads: Int
  ) {
    inParts(of: inputChannels, atLeast: 16, threads: threads) { channels in
      forEachEntry(ofChannels: channels) { patch, unit in
        (patches + patch * rows).update(from: units + unit * rows, count: rows)
      }
    }
  }

  /// Adds up for every unit what the patches that it is in say about it.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func scatter<Scalar: DenseScalar>(
    from patches: UnsafePointer<Scalar>, to units: UnsafeMutablePointer<Scalar>, rows: Int,
    threads: Int
  ) {
    let size = inputHeight * inputWidth * rows
    let add = Scalar.kernels.add
    inParts(of: inputChannels, atLeast: 16, threads: threads) { channels in
      (units + channels.lowerBound * size).update(repeating: 0, count: channels.count * size)
      forEachEntry(ofChannels: channels) { patch, unit in
        add(Int64(rows), patches + patch * rows, units + unit * rows)
      }
    }
  }
}
