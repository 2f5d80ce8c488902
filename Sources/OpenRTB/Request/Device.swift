import AuctionTypes
import FixedMemory

/// The user's device (OpenRTB 2.6 section 3.2.18).
@usableFromInline
package struct Device: Sendable, BitwiseCopyable {
  /// `ua`, the user agent.
  @usableFromInline package var userAgent = Text.absent
  /// `devicetype`; nil when absent.
  @usableFromInline package var type: Int32? = nil
  /// `os`.
  @usableFromInline package var operatingSystem = Text.absent
  /// `language`.
  @usableFromInline package var language = Text.absent
  /// `ifa`, the advertising id.
  @usableFromInline package var advertisingID = Text.absent
  /// `lmt` = 1: the user limits tracking.
  @usableFromInline package var limitsTracking = false
  /// `dnt` = 1: the browser says "do not track".
  @usableFromInline package var doNotTrack = false
  /// `geo`.
  @usableFromInline package var geo = Geo()

  init() {}
}

/// A place (OpenRTB 2.6 section 3.2.19).
@usableFromInline
package struct Geo: Sendable, BitwiseCopyable {
  /// `country` of three or two letters; nil when absent or no such code.
  @usableFromInline package var country: CountryCode? = nil
  /// `region`, such as `CA` or `US-CA`.
  @usableFromInline package var region = Text.absent
  /// `city`.
  @usableFromInline package var city = Text.absent
  /// `metro`, Google's and Nielsen's numbers.
  @usableFromInline package var metro = Text.absent
  /// `zip`.
  @usableFromInline package var zip = Text.absent

  init() {}

  /// Whether nothing is known.
  @inlinable
  package var isEmpty: Bool {
    country == nil && region.isEmpty && city.isEmpty && metro.isEmpty && zip.isEmpty
  }
}
