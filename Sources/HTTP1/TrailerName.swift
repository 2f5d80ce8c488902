/// The name of a trailer field as it comes in byte by byte: enough of it to know the names that
/// must not stand there, since they would change what the message is (RFC 9110 section 6.5.1).
struct TrailerName: Sendable, BitwiseCopyable {
  /// Whether there is no name: the line is the blank one that ends the message.
  let isLast: Bool
  private var count = 0
  /// The first 24 bytes in small letters, the first in the lowest place.
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)

  init(isLast: Bool = false) { self.isLast = isLast }

  init(first byte: UInt8) {
    isLast = false
    append(byte)
  }

  mutating func append(_ byte: UInt8) {
    let letter = UInt64(byte | 0x20) << UInt64(count & 7 &* 8)
    switch count >> 3 {
    case 0: words.0 |= letter
    case 1: words.1 |= letter
    case 2: words.2 |= letter
    default: break
    }
    count &+= 1
  }

  /// `host`, `content-length` or `transfer-encoding`.
  var isForbidden: Bool {
    switch count {
    case 4: words.0 == 0x7473_6F68
    case 14: words.0 == 0x2D74_6E65_746E_6F63 && words.1 == 0x6874_676E_656C
    case 17:
      words.0 == 0x7265_6673_6E61_7274 && words.1 == 0x6E69_646F_636E_652D && words.2 == 0x67
    default: false
    }
  }
}
