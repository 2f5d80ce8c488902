import FixedMemory
import Foundation
import Support
import Testing

@testable import AuctionTypes

@Suite struct DecimalNumberTests {
  private func parse(_ text: String) -> DecimalNumber? {
    var buffer = FixedBuffer(capacity: max(1, text.utf8.count))
    for byte in text.utf8 { buffer.append(byte) }
    return DecimalNumber(buffer.bytes)
  }

  @Test(
    arguments: [
      ("0", 0, 0), ("1", 1_000_000, 1_000_000), ("0.0000005", 1, 0), ("1e-400", 1, 0),
      ("1e-19", 1, 0), ("1e-26", 1, 0), ("0e999999999999999999999", 0, 0),
      ("1e-999999999999999999999", 1, 0), ("1e999999999999999999999", .max, .max),
      ("0.1234567890123456789012345", 123_457, 123_456),
      ("1.0000000000000000000000001", 1_000_001, 1_000_000),
      ("1.00000000000000000000000000", 1_000_000, 1_000_000),
      ("00000000000000000000000001", 1_000_000, 1_000_000),
      ("0.000000000000000000000000000001e30", 1_000_000, 1_000_000),
      ("9223372036854.775807", .max, .max), ("9223372036854.775806", .max - 1, .max - 1),
      ("9223372036854.7758061", .max, .max - 1), ("99999999999999999999", .max, .max),
      ("-1.5", -1_500_000, -1_500_000), ("-0.0000001", -1, 0), ("-1e30", -.max, -.max),
      ("18446744073709551616", .max, .max), ("1.8446744073709551616", 1_844_675, 1_844_674),
    ] as [(String, Int64, Int64)])
  func scalesExactly(_ text: String, _ up: Int64, _ down: Int64) throws {
    let number = try #require(parse(text))
    #expect(number.scaled(by: 6, rounding: .up) == up)
    #expect(number.scaled(by: 6, rounding: .down) == down)
  }

  @Test(
    arguments: [
      ("1", 1), ("1.9", 1), ("-1.9", -1), ("2147483648", .max), ("-2147483649", .min), ("1e1", 10),
      ("1.25e2", 125), ("0.99", 0), (" 7 ", 7), ("+7", 7), ("7.", 7), (".7", 0), ("007", 7),
    ] as [(String, Int32)])
  func truncatesToIntegers(_ text: String, _ expected: Int32) {
    #expect(parse(text)?.truncated == expected)
  }

  @Test(arguments: [
    "", " ", ".", "+", "-", "e5", "1e", "1e+", "1 2", "1,5", "0x10", "--1", "+-1", "1.2.3", "abc",
    "1a", "١", "NaN", "$1", "1e5.5", "- 1",
  ])
  func refusesWhatIsNoNumber(_ text: String) {
    #expect(parse(text) == nil)
  }

  @Test(arguments: [5, 6] as [UInt64]) func agreesWithFoundationsDecimals(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let round = [NSDecimalNumber.RoundingMode.up, .down].map {
      NSDecimalNumberHandler(
        roundingMode: $0, scale: 0, raiseOnExactness: false, raiseOnOverflow: false,
        raiseOnUnderflow: false, raiseOnDivideByZero: false)
    }
    for _ in 0..<2_000 {
      let integer = Int64.random(in: 0...1_000_000, using: &generator)
      let digits = Int.random(in: 1...12, using: &generator)
      let fraction = (0..<digits).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
      let text = "\(integer).\(fraction)e\(Int.random(in: -5...3, using: &generator))"
      let exact = NSDecimalNumber(string: text).multiplying(byPowerOf10: 6)
      let number = try #require(parse(text))
      let up = exact.rounding(accordingToBehavior: round[0]).int64Value
      let down = exact.rounding(accordingToBehavior: round[1]).int64Value
      #expect(number.scaled(by: 6, rounding: .up) == up, "\(text)")
      #expect(number.scaled(by: 6, rounding: .down) == down, "\(text)")
    }
  }
}
