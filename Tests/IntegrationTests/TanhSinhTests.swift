import Foundation
import Testing

import Integration

@Suite("Tanh–sinh quadrature") struct TanhSinhTests {
  @Test("integrals with known values come out to thirteen digits")
  func known() throws {
    let rule = TanhSinh()
    #expect(abs(try rule.integral(from: 0, to: 1) { $0 * $0 } - 1 / 3) < 1e-14)
    #expect(abs(try rule.integral(from: 0, to: .pi, of: sin) - 2) < 1e-13)
    #expect(abs(try rule.integral(from: -1, to: 2, of: exp) - (exp(2) - exp(-1))) < 1e-13)
  }

  @Test("integrable singularities at an end do not hurt")
  func singular() throws {
    let rule = TanhSinh()
    #expect(abs(try rule.integral(from: 0, to: 1) { log($0) } + 1) < 1e-12)
    // 1/√x needs nodes closer to 0 than to any other end: the interval starts there.
    #expect(abs(try rule.integral(from: 0, to: 4) { 1 / $0.squareRoot() } - 4) < 1e-12)
  }

  @Test("exchanged ends change the sign and equal ends give zero")
  func orientation() throws {
    let rule = TanhSinh()
    let forward = try rule.integral(from: 0, to: 2, of: exp)
    #expect(try rule.integral(from: 2, to: 0, of: exp) == -forward)
    #expect(try rule.integral(from: 2, to: 2, of: exp) == 0)
  }

  @Test("an integrand that the rule cannot settle is an error")
  func rough() {
    #expect(throws: IntegrationError.self) {
      try TanhSinh().integral(from: 0, to: 1) { sin(1 / ($0 * $0 * $0)) }
    }
  }
}
