import FixedMemory

/// Where a path leads, looked up in fixed memory.
struct RouteTable: ~Copyable {
  private var names: FixedBuffer
  private var entries: FixedArray<Entry>

  /// What answers a path.
  enum Route: Equatable, BitwiseCopyable {
    case bid(exchange: Int)
    case health
    case readiness
    /// Below `/n/`.
    case notice
    case notFound
  }

  struct Entry: BitwiseCopyable {
    let name: ByteSlice
    /// The name's first eight bytes.
    let start: UInt64
  }

  init(exchanges: [ExchangeEndpoint]) {
    names = FixedBuffer(capacity: max(1, exchanges.reduce(0) { $0 + $1.name.utf8.count }))
    entries = FixedArray(capacity: max(1, exchanges.count))
    for exchange in exchanges {
      let place = names.count
      for byte in exchange.name.utf8 { names.append(byte) }
      let name = ByteSlice(offset: place, count: names.count - place)
      let start = names.bytes.slice(name).partialWord(at: 0)
      entries.append(Entry(name: name, start: start))
    }
  }

  /// - Complexity: O(exchanges), a word each.
  func route(_ path: RawSpan) -> Route {
    // "/openrtb", then "2/".
    if path.byteCount > 10, path.word(at: 0) == 0x6274_726E_6570_6F2F,
      path.halfWord(at: 8) == 0x2F32
    {
      return exchange(named: path.slice(10, path.byteCount &- 10))
    }
    // "/n/".
    if path.byteCount > 3, path.word32(at: 0) & 0xFF_FFFF == 0x2F_6E2F { return .notice }
    if path.equals("/healthz") { return .health }
    if path.equals("/readyz") { return .readiness }
    return .notFound
  }

  @inline(__always)
  private func exchange(named name: RawSpan) -> Route {
    let start = name.partialWord(at: 0)
    for index in entries.indices where entries[index].start == start {
      if names.bytes.slice(entries[index].name).equals(name) { return .bid(exchange: index) }
    }
    return .notFound
  }
}
