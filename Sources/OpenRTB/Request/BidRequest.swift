import AuctionTypes
import FixedMemory

/// What the pipeline needs of one bid request: memory allocated once and used for every request.
///
/// Strings are ``FixedMemory/Text``: resolve one with `body.slice(text, unescaped:
/// request.unescaped.bytes)`, where the body is the one decoded. Lists are ``ListSlice`` of the
/// arrays here. `docs/OPENRTB.md` has every field.
@usableFromInline
package struct BidRequest: ~Copyable {
  /// `id` as JSON, quotes included: echoed byte for byte.
  @usableFromInline package internal(set) var rawID = ByteSlice.empty
  /// `id` without quotes and escapes.
  @usableFromInline package internal(set) var id = Text.absent
  /// `at`: 1 first price, 2 (also when absent) second price, 500 and above the exchange's own.
  @usableFromInline package internal(set) var auctionType: Int32 = 2
  /// `tmax` in milliseconds; nil when absent, unreadable or not positive.
  @usableFromInline package internal(set) var maximumMilliseconds: Int32? = nil
  /// `test` = 1: not billable.
  @usableFromInline package internal(set) var isTest = false
  /// `cur`; empty when absent. What is no code reads as `unreadable`.
  @usableFromInline package internal(set) var currencies: FixedArray<CurrencyCode>
  /// `bcat`, in ``texts``.
  @usableFromInline package internal(set) var blockedCategories = ListSlice.empty
  /// `acat`, in ``texts``.
  @usableFromInline package internal(set) var allowedCategories = ListSlice.empty
  /// `cattax` of both category lists; 1, IAB 1.0, when absent.
  @usableFromInline package internal(set) var categoryTaxonomy: Int32 = 1
  /// `badv`, in ``texts``.
  @usableFromInline package internal(set) var blockedAdvertisers = ListSlice.empty
  /// `bapp`, in ``texts``.
  @usableFromInline package internal(set) var blockedApps = ListSlice.empty
  /// `wseat`, in ``texts``.
  @usableFromInline package internal(set) var allowedSeats = ListSlice.empty
  /// `bseat`, in ``texts``.
  @usableFromInline package internal(set) var blockedSeats = ListSlice.empty
  /// `wlang`, in ``texts``.
  @usableFromInline package internal(set) var allowedLanguages = ListSlice.empty
  /// `site`, `app` or `dooh`.
  @usableFromInline package internal(set) var inventory = Inventory()
  /// `device`.
  @usableFromInline package internal(set) var device = Device()
  /// `user`.
  @usableFromInline package internal(set) var user = User()
  /// `regs`.
  @usableFromInline package internal(set) var regulations = Regulations()

  /// `imp`, in order.
  @usableFromInline package internal(set) var impressions: FixedArray<Impression>
  /// The sizes of all banners.
  @usableFromInline package internal(set) var formats: FixedArray<Size>
  /// The deals of all impressions.
  @usableFromInline package internal(set) var deals: FixedArray<Deal>
  /// The strings of all lists.
  @usableFromInline package internal(set) var texts: FixedArray<Text>
  /// The integers of all lists that are not below 64.
  @usableFromInline package internal(set) var numbers: FixedArray<Int32>
  /// The ids of `eids`.
  @usableFromInline package internal(set) var userIDs: FixedArray<UserID>
  /// The strings that were written with escapes, unescaped.
  @usableFromInline package internal(set) var unescaped: FixedBuffer

  /// The impression that is being read. What is being read is kept here because the members of a
  /// local structure would be moved about in registers and the stack at every member of the JSON.
  var impression = Impression()
  /// The banner that is being read.
  var banner = Banner()
  /// The place that is being read.
  var place = Geo()
  /// Reads the body; absent while it does.
  var cursor: JSONCursor? = JSONCursor()
  /// The elements of `imp`, also those that did not fit.
  var impressionCount = 0
  /// Whether one of them has no id.
  var hasImpressionWithoutID = false
  /// Whether something did not fit.
  var isOverCapacity = false
  private let inPlace = InPlace()

  /// An empty request with the memory for every later one.
  package init() {
    currencies = FixedArray(capacity: RequestLimits.currencies)
    impressions = FixedArray(capacity: RequestLimits.impressions)
    formats = FixedArray(
      capacity: RequestLimits.impressions * RequestLimits.formatsPerImpression)
    deals = FixedArray(capacity: RequestLimits.deals)
    texts = FixedArray(capacity: RequestLimits.texts)
    numbers = FixedArray(capacity: RequestLimits.numbers)
    userIDs = FixedArray(capacity: RequestLimits.userIDs)
    unescaped = FixedBuffer(capacity: RequestLimits.unescapedBytes)
  }

  /// Where the user is: `device.geo`, or `user.geo` when that says nothing.
  @inlinable package var geo: Geo { device.geo.isEmpty ? user.geo : device.geo }

  /// Whether a list of integers has one.
  ///
  /// - Complexity: O(1) for 0 to 63, else O(others).
  @inlinable
  package func contains(_ number: Int32, in set: NumberSet) -> Bool {
    if number >= 0 && number < 64 { return set.small >> UInt64(number) & 1 != 0 }
    for index in set.others.indices where numbers[index] == number { return true }
    return false
  }
}
