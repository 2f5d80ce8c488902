/// A calendar day of a campaign's time zone: days since 1970-01-01, until 2149.
@usableFromInline
package struct LocalDay: Comparable, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: UInt16

  @inlinable
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The day of a local time in seconds since 1970.
  package init(atLocalSeconds seconds: Int64) {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    rawValue = UInt16(clamping: day)
  }

  @inlinable
  package static func < (left: LocalDay, right: LocalDay) -> Bool {
    left.rawValue < right.rawValue
  }
}
