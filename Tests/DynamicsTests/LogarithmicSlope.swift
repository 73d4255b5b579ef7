import Foundation

/// The slope of a straight line through (log x, log y), by least squares.
func logarithmicSlope(_ x: [Double], _ y: [Double]) -> Double {
  let (u, v) = (x.map { log($0) }, y.map { log($0) })
  let (meanU, meanV) = (u.reduce(0, +) / Double(u.count), v.reduce(0, +) / Double(v.count))
  let above = zip(u, v).reduce(0) { $0 + ($1.0 - meanU) * ($1.1 - meanV) }
  let below = u.reduce(0) { $0 + ($1 - meanU) * ($1 - meanU) }
  return above / below
}
