import FixedMemory
import Support
import Testing

@testable import CampaignCatalog

struct ColumnTableTests {
  private let dimensions: [Dimension] = [.domain, .app, .os, .deviceType]

  /// What a table must say: for each dimension and key, who includes and who excludes it.
  private struct Model {
    var include: [[Dimension: Set<String>]]
    var exclude: [[Dimension: Set<String>]]

    init(lineItems: Int) {
      include = Array(repeating: [:], count: lineItems)
      exclude = include
    }

    func including(_ dimension: Dimension, _ key: String) -> [Int] {
      include.indices.filter { include[$0][dimension]?.contains(key) == true }
    }

    func excluding(_ dimension: Dimension, _ key: String) -> [Int] {
      exclude.indices.filter { exclude[$0][dimension]?.contains(key) == true }
    }

    func unconstrained(_ dimension: Dimension) -> [Int] {
      include.indices.filter { include[$0][dimension] == nil }
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 129, 1_000])
  func answersLikeADictionary(lineItems: Int) {
    let seed = UInt64(lineItems) + 7
    var generator = SeededGenerator(seed: seed)
    var model = Model(lineItems: lineItems)
    var builder = ColumnTableBuilder(lineItemCount: lineItems)
    // A few keys that nearly everyone names make dense columns, many rare ones sparse columns.
    let keys = ["all", "half"] + (0..<400).map { "key\($0)" }
    for lineItem in 0..<lineItems {
      for dimension in dimensions {
        add(lineItem, dimension, keys, &generator, &model, &builder)
      }
    }
    let table = builder.build()
    for dimension in dimensions {
      for key in keys + ["", "key", "key4000", "ALL"] {
        check(table, model, dimension, key, seed)
      }
      var accepted = BitmapWords(bitCount: lineItems)
      accepted.assign(table.words, from: Int(dimension.rawValue) * table.wordCount)
      #expect(accepted.members == model.unconstrained(dimension), "seed \(seed) \(dimension)")
    }
  }

  private func add(
    _ lineItem: Int, _ dimension: Dimension, _ keys: [String],
    _ generator: inout SeededGenerator, _ model: inout Model, _ builder: inout ColumnTableBuilder
  ) {
    func pick() -> String {
      Int.random(in: 0..<4, using: &generator) == 0
        ? keys.randomElement(using: &generator)! : keys[Int.random(in: 0..<2, using: &generator)]
    }
    if Bool.random(using: &generator) {
      builder.constrain(dimension, lineItem: lineItem)
      for _ in 0..<3 {
        let key = pick()
        model.include[lineItem][dimension, default: []].insert(key)
        builder.include(dimension, ColumnTableBuilder.key(key), lineItem: lineItem)
      }
    }
    if Bool.random(using: &generator) {
      let key = pick()
      model.exclude[lineItem][dimension, default: []].insert(key)
      builder.exclude(dimension, ColumnTableBuilder.key(key), lineItem: lineItem)
    }
  }

  private func check(
    _ table: borrowing ColumnTable, _ model: Model, _ dimension: Dimension, _ key: String,
    _ seed: UInt64
  ) {
    let bytes = Array(key.utf8)
    let slot = table.slot(dimension, bytes.rawSpan)
    var including = BitmapWords(bitCount: table.lineItemCount)
    var kept = BitmapWords(bitCount: table.lineItemCount)
    kept.insertAll()
    if let slot {
      table.addIncluding(slot, to: &including)
      table.removeExcluding(slot, from: &kept)
    }
    let dropped = Set(0..<table.lineItemCount).subtracting(kept.members).sorted()
    #expect(including.members == model.including(dimension, key), "seed \(seed) \(key)")
    #expect(dropped == model.excluding(dimension, key), "seed \(seed) \(key)")
  }

  @Test func choosesABitmapWhereAListWouldBeMoreWork() {
    var builder = ColumnTableBuilder(lineItemCount: 640)
    for lineItem in 0..<6 { builder.include(.os, [1], lineItem: lineItem) }
    for lineItem in 0..<5 { builder.include(.os, [2], lineItem: lineItem) }
    let table = builder.build()
    let key: [UInt8] = [1]
    let other: [UInt8] = [2]
    let dense = table.slot(.os, key.rawSpan).map { table.slots[$0].include.isDense }
    let sparse = table.slot(.os, other.rawSpan).map { table.slots[$0].include.isDense }
    #expect(dense == true)
    #expect(sparse == false)
  }

  @Test func countsARepeatedValueOnce() {
    var builder = ColumnTableBuilder(lineItemCount: 1)
    for _ in 0..<3 { builder.include(.os, [9], lineItem: 0) }
    let table = builder.build()
    let key: [UInt8] = [9]
    let count = table.slot(.os, key.rawSpan).map { table.slots[$0].include.count }
    #expect(count == 1)
  }

  @Test func findsNumbersAsKeysOfEightBytes() {
    var builder = ColumnTableBuilder(lineItemCount: 2)
    builder.include(.deviceType, ColumnTableBuilder.key(4), lineItem: 1)
    let table = builder.build()
    let numbers: [UInt64] = [0, 4, 5, .max]
    let found = numbers.map { table.slot(.deviceType, number: $0) != nil }
    #expect(found == [false, true, false, false])
    let inOtherDimension = table.slot(.position, number: 4)
    #expect(inOtherDimension == nil)
  }

  /// Two values with the same hash, which no key of a document is likely to have.
  @Test func verifiesTheWholeKeyAndTheDimensionWhereHashesAreEqual() {
    let keys: [UInt8] = Array("fra\u{0}usa\u{0}".utf8)
    let wanted: [UInt8] = Array("usa\u{0}".utf8)
    let hash = ColumnHash.hash(.geo, wanted.rawSpan)
    var slots = FixedArray<ColumnSlot>(repeating: .vacant, count: 4)
    let home = Int(truncatingIfNeeded: hash) & 3
    func slot(_ dimension: Dimension, offset: UInt32) -> ColumnSlot {
      ColumnSlot(
        hash: hash, dimension: dimension, keyOffset: offset, keyCount: 4, include: .empty,
        exclude: .empty)
    }
    slots[home] = slot(.geo, offset: 0)
    slots[(home + 1) & 3] = slot(.os, offset: 4)
    slots[(home + 2) & 3] = slot(.geo, offset: 4)
    var buffer = FixedBuffer(capacity: 8)
    buffer.append(keys.rawSpan)
    let table = ColumnTable(
      lineItemCount: 0, wordCount: 1, slots: slots, keys: buffer,
      indices: FixedArray(copying: []), words: FixedArray(copying: []),
      uses: FixedArray(copying: []),
      keyLengths: FixedArray(repeating: .max, count: Dimension.allCases.count))
    let found = table.slot(.geo, wanted.rawSpan)
    #expect(found == (home + 2) & 3)
  }

  /// Against a list of keys, for values that differ from one in a case, a byte or the length.
  @Test(arguments: [3, 8, 21] as [UInt64])
  func findsValuesInAnyCaseAsAPlainSearchDoes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var builder = ColumnTableBuilder(lineItemCount: 1)
    var keys: [[UInt8]] = []
    for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 62, 63, 64, 200] {
      for _ in 0..<3 {
        let key = (0..<length).map { _ in UInt8.random(in: 0x2C...0xFF, using: &random) }
        keys.append(key.map(\.asciiLowercased))
        builder.include(.category, keys[keys.count - 1], lineItem: 0)
      }
    }
    let table = builder.build()
    for _ in 0..<20_000 {
      var value = keys.randomElement(using: &random)!
      let place = Int.random(in: 0..<value.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: value[place] ^= 0x20
      case 1: value[place] = UInt8.random(in: 0...255, using: &random)
      case 2: value.remove(at: place)
      default: value = value.map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }
      }
      let folded = value.map(\.asciiLowercased)
      let inAnyCase = table.slot(.category, ignoringCase: value.rawSpan) != nil
      let asItIs = table.slot(.category, value.rawSpan) != nil
      let inOtherDimension = table.slot(.language, ignoringCase: value.rawSpan) != nil
      #expect(inAnyCase == keys.contains(folded))
      #expect(asItIs == keys.contains(value))
      #expect(!inOtherDimension)
    }
  }

  @Test func knowsWhichDimensionsAreUsed() {
    var builder = ColumnTableBuilder(lineItemCount: 1)
    builder.exclude(.app, [1], lineItem: 0)
    builder.constrain(.os, lineItem: 0)
    let table = builder.build()
    let uses = [Dimension.app, .os, .geo].map { table.isUsed($0) }
    let includes = [Dimension.app, .os, .geo].map { table.hasIncludes($0) }
    #expect(uses == [true, true, false])
    #expect(includes == [false, true, false])
  }
}
