import FixedMemory

/// The ids of synthetic users: 38 digits, as Adobe's, that depend on a seed and the user's number.
package struct SyntheticIDs: Equatable, Sendable {
  /// The digits of an id.
  package static let digits = 38
  private let seed: UInt64

  /// The ids of a seed.
  package init(seed: UInt64) { self.seed = seed }

  /// The id of a user.
  package func id(of user: Int) -> String {
    var buffer = FixedBuffer(capacity: Self.digits)
    append(user, to: &buffer)
    return String(decoding: (0..<buffer.count).map { buffer.bytes.byte(at: $0) }, as: UTF8.self)
  }

  /// Appends the id of a user: a 4, zeros, the user's number, and up to 19 digits by chance.
  package func append(_ user: Int, to buffer: inout FixedBuffer) {
    var random = SyntheticGenerator(seed: seed ^ UInt64(user) &* 0x9E37_79B9_7F4A_7C15)
    let digits = random.next() % 10_000_000_000_000_000_000
    let zeros = Self.digits - 1 - Self.count(of: UInt64(user)) - Self.count(of: digits)
    buffer.append(UInt8(ascii: "4"))
    for _ in 0..<zeros { buffer.append(UInt8(ascii: "0")) }
    buffer.append(decimal: UInt64(user))
    buffer.append(decimal: digits)
  }

  private static func count(of number: UInt64) -> Int {
    var rest = number
    var count = 1
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return count
  }
}
