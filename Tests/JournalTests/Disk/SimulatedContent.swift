import Support

/// The bytes of one file: those that are durable, and what was done since.
struct SimulatedContent {
  enum Change {
    case write([UInt8], offset: Int)
    case truncate(Int)
  }

  private(set) var durable: [UInt8]
  /// As the process sees it.
  private(set) var cached: [UInt8]
  private var changes: [Change] = []

  init(durable: [UInt8]) {
    self.durable = durable
    cached = durable
  }

  mutating func write(_ bytes: [UInt8], at offset: Int) {
    changes.append(.write(bytes, offset: offset))
    Self.write(bytes, at: offset, &cached)
  }

  mutating func truncate(to size: Int) {
    changes.append(.truncate(size))
    Self.truncate(to: size, &cached)
  }

  mutating func sync() {
    durable = cached
    changes = []
  }

  /// What is durable and some of the changes since, each whole, not at all, or in part: the front,
  /// the end behind zeros, or zeros alone.
  func afterLossOfPower(using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = durable
    for change in changes {
      switch change {
      case .truncate(let size):
        if Bool.random(using: &generator) { Self.truncate(to: size, &bytes) }
      case .write(let written, let offset):
        let place = Int.random(in: 0...written.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: break
        case 1: Self.write(written, at: offset, &bytes)
        case 2: Self.write(Array(written.prefix(place)), at: offset, &bytes)
        case 3:
          let zeros = [UInt8](repeating: 0, count: place)
          Self.write(zeros + written.dropFirst(place), at: offset, &bytes)
        default:
          Self.write([UInt8](repeating: 0, count: written.count), at: offset, &bytes)
        }
      }
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8], at offset: Int, _ content: inout [UInt8]) {
    if bytes.isEmpty { return }
    let end = offset + bytes.count
    if content.count < end { content += [UInt8](repeating: 0, count: end - content.count) }
    content.replaceSubrange(offset..<end, with: bytes)
  }

  private static func truncate(to size: Int, _ content: inout [UInt8]) {
    content = Array(content.prefix(size))
  }
}
