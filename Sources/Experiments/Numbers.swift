import Foundation

/// A number with three significant digits, for a sentence.
func brief(_ value: Double) -> String { String(format: "%.3g", value) }
