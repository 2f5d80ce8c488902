/// Memory that fills the caches of the processor, so that nothing else is left in them.
struct ColdMemory {
  /// Twice the third-level cache that a core of the measuring machines has for itself.
  private static let words = 64 << 20 / 8

  private var memory: [UInt64]
  /// What was read, so that it must be.
  private(set) var sum: UInt64 = 0

  init(isUsed: Bool) { memory = Array(repeating: 1, count: isUsed ? Self.words : 0) }

  /// Writes and reads a word of each line.
  mutating func touch() {
    for place in stride(from: 0, to: memory.count, by: 8) {
      memory[place] &+= 1
      sum &+= memory[place]
    }
  }
}
