import Support
import Testing

@testable import BidServer

@Suite struct FunnelColumnTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func givesBackWhatItWasGiven(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var expected: [UInt32: UInt64] = [:]
    var column = FunnelColumn()
    var account: UInt32 = 0
    for _ in 0..<Int.random(in: 0...1_500, using: &generator) {
      account += UInt32.random(in: 0...(seed % 3 == 0 ? 400 : 2), using: &generator)
      let count = UInt64.random(in: 1...1 << UInt64.random(in: 0...63, using: &generator))
      column.append(count, account: account)
      expected[account] = count
      account += 1
    }
    let trimmed = column.trimmed()
    for number in 0...(account + 300) {
      #expect(trimmed.count(of: number) == expected[number] ?? 0, "seed \(seed), \(number)")
    }
  }

  @Test func isEmptyAtFirst() {
    #expect(FunnelColumn().count(of: 0) == 0)
    #expect(FunnelColumn().byteCount == 0)
  }

  @Test func takesTwoToFourBytesALineItem() {
    var column = FunnelColumn()
    for account in 0..<100_000 as Range<UInt32> { column.append(12_345, account: account) }
    #expect(column.byteCount < 310_000)
  }
}
