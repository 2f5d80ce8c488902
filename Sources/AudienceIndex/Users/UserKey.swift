/// What Nod knows a user by: a keyed 128-bit hash of the id space's name and the normalised id.
///
/// Two ids are taken for the same user only if all 128 bits agree: about 1e-21 for any two of a
/// billion ids, treated as never. The id itself is not kept anywhere.
@usableFromInline
package struct UserKey: Comparable, Hashable, Sendable, BitwiseCopyable {
  /// The half that chooses a bucket and comes first in the order.
  @usableFromInline package let high: UInt64
  /// The half that fingerprints are cut from.
  @usableFromInline package let low: UInt64

  /// - Note: the all-zero key means "no user" in tables, so it is replaced by its neighbour.
  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = high | low == 0 ? 1 : low
  }

  @inlinable
  package static func < (left: UserKey, right: UserKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

extension UserKey: CustomStringConvertible {
  /// 32 hexadecimal digits.
  @usableFromInline package var description: String { Self.hex(high) + Self.hex(low) }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
