import FixedMemory
import Support
import Testing

struct BitmapRowsTests {
  /// Against bits one by one, for bitmaps of less than a block of eight words, of some and of some
  /// that overlap.
  @Test(arguments: [1, 63, 64, 65, 448, 511, 512, 513, 1_000, 1_024, 2_500])
  func narrowsAsBitsOneByOneDo(bitCount: Int) {
    let seed = UInt64(bitCount)
    var random = SeededGenerator(seed: seed)
    let wordCount = (bitCount + 63) / 64
    var rows = BitmapRows(rows: 3, bitCount: 2_500)
    for _ in 0..<200 {
      let density = [0, 5, 60, 95, 100].randomElement(using: &random)!
      let table = FixedArray(copying: (0..<wordCount * 4).map { _ in word(density, &random) })
      var bitmap = BitmapWords(bitCount: bitCount)
      for bit in 0..<bitCount where Int.random(in: 0..<100, using: &random) < 50 {
        bitmap.insert(bit)
      }
      rows.reset(bitCount: bitCount)
      let list = FixedArray(
        copying: (0..<5).map { _ in UInt32.random(in: 0..<UInt32(bitCount), using: &random) })
      let copy = rows.copy(table, from: wordCount)
      rows.insert(list, 1..<4, into: copy)
      let sum = rows.empty()
      rows.formUnion(sum, table, from: wordCount * 2)
      rows.insert(list, 0..<0, into: sum)
      var left = bitmap.members
      var alive: [Int] = [left.count]
      func has(_ row: Int, _ bit: Int) -> Bool {
        table[row * wordCount + bit / 64] >> UInt64(bit % 64) & 1 != 0
      }
      func narrow(_ isKept: (Int) -> Bool) {
        left = left.filter(isKept)
        alive.append(left.count)
      }
      let listed = Set((1..<4).map { Int(list[$0]) })
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let row = Int.random(in: 0..<4, using: &random)
        let place = RowPlace(table: row * wordCount)
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
          rows.keep(place)
          narrow { has(row, $0) }
        case 1:
          rows.drop(place)
          narrow { !has(row, $0) }
        case 2:
          rows.keep(copy, or: place)
          narrow { has(1, $0) || listed.contains($0) || has(row, $0) }
        case 3:
          rows.drop(copy)
          narrow { !(has(1, $0) || listed.contains($0)) }
        default:
          rows.keep(place, or: sum)
          narrow { has(row, $0) || has(2, $0) }
        }
      }
      let steps = rows.stepCount
      let furthest = rows.narrow(&bitmap, by: table)
      #expect(bitmap.members == left, "seed \(seed)")
      let emptied = alive.firstIndex(of: 0).map { $0 - 1 }
      #expect(furthest == emptied ?? steps, "seed \(seed)")
      #expect(rows.stepCount == 0)
    }
  }

  private func word(_ density: Int, _ random: inout SeededGenerator) -> UInt64 {
    var word: UInt64 = 0
    for bit in 0..<64 where Int.random(in: 0..<100, using: &random) < density {
      word |= 1 << UInt64(bit)
    }
    return word
  }

  @Test func holdsAsManyStepsAndRowsAsItSays() {
    var rows = BitmapRows(rows: 1, bitCount: 100)
    let table = FixedArray<UInt64>(repeating: .max, count: 2)
    var bitmap = BitmapWords(bitCount: 100)
    bitmap.insert(99)
    let row = rows.copy(table, from: 0)
    for _ in 0..<BitmapRows.maxSteps { rows.keep(row) }
    let furthest = rows.narrow(&bitmap, by: table)
    #expect(furthest == BitmapRows.maxSteps)
    let isThere = bitmap.contains(99)
    #expect(isThere)
  }

  @Test func narrowsABitmapWithoutBits() {
    var rows = BitmapRows(rows: 1, bitCount: 0)
    let table = FixedArray<UInt64>(repeating: 0, count: 1)
    var bitmap = BitmapWords(bitCount: 0)
    rows.keep(rows.empty(), or: RowPlace(table: 0))
    let furthest = rows.narrow(&bitmap, by: table)
    #expect(furthest == -1)
    let isEmpty = bitmap.isEmpty
    #expect(isEmpty)
  }

  @Test func refusesMoreThanFits() async {
    await #expect(processExitsWith: .failure) {
      var rows = BitmapRows(rows: 1, bitCount: 100)
      for _ in 0...BitmapRows.maxSteps { rows.keep(RowPlace(table: 0)) }
    }
    await #expect(processExitsWith: .failure) {
      var rows = BitmapRows(rows: 1, bitCount: 1_000)
      rows.reset(bitCount: 100)
      for _ in 0..<2 { _ = rows.empty() }
    }
  }

  /// A row outlives neither the rows it was one of nor their length.
  @Test func refusesRowsThatItDoesNotHave() async {
    await #expect(processExitsWith: .failure) {
      var rows = BitmapRows(rows: 2, bitCount: 2_500)
      let table = FixedArray<UInt64>(repeating: .max, count: 40)
      var bitmap = BitmapWords(bitCount: 2_500)
      _ = rows.empty()
      let second = rows.empty()
      rows.removeAll()
      _ = rows.empty()
      rows.keep(RowPlace(table: 0), or: second)
      _ = rows.narrow(&bitmap, by: table)
    }
    await #expect(processExitsWith: .failure) {
      var rows = BitmapRows(rows: 2, bitCount: 2_500)
      let table = FixedArray<UInt64>(repeating: .max, count: 40)
      var bitmap = BitmapWords(bitCount: 100)
      _ = rows.empty()
      let second = rows.empty()
      rows.reset(bitCount: 100)
      _ = rows.empty()
      rows.drop(second)
      _ = rows.narrow(&bitmap, by: table)
    }
    await #expect(processExitsWith: .failure) {
      var rows = BitmapRows(rows: 1, bitCount: 100)
      let table = FixedArray<UInt64>(repeating: .max, count: 2)
      var bitmap = BitmapWords(bitCount: 100)
      rows.keep(RowPlace(table: 1))
      _ = rows.narrow(&bitmap, by: table)
    }
  }
}

extension BitmapWords {
  /// The bits set.
  fileprivate var members: [Int] { (0..<bitCount).filter { contains($0) } }
}
