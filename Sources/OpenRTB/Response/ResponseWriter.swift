import AuctionTypes
import FixedMemory

/// Writes a BidResponse (OpenRTB 2.6 section 4.2) member by member into a buffer that the caller
/// owns; it keeps nothing but whether a comma is due.
///
/// The order of calls is the order of the JSON: ``begin(id:into:)``, then for each seat
/// ``beginSeat(_:into:)``, its bids, ``endSeat(into:)``, and ``end(currency:into:)``. A bid is
/// ``beginBid(id:impressionID:price:decimals:into:)``, any `append`, ``endBid(into:)``. What does
/// not fit shows in the buffer's `overflowed`.
package struct ResponseWriter {
  private var hasSeat = false
  private var hasBid = false

  package init() {}

  /// Opens the response.
  ///
  /// - Parameter id: the request's `id` as JSON, byte for byte.
  package mutating func begin(id: RawSpan, into buffer: inout FixedBuffer) {
    hasSeat = false
    buffer.append("{\"id\":")
    buffer.append(id)
    buffer.append(",\"seatbid\":[")
  }

  /// Opens an element of `seatbid`.
  ///
  /// - Parameter seat: the inside of a JSON string.
  package mutating func beginSeat(_ seat: RawSpan, into buffer: inout FixedBuffer) {
    if hasSeat { buffer.append(UInt8(ascii: ",")) }
    hasSeat = true
    hasBid = false
    buffer.append("{\"seat\":\"")
    buffer.append(seat)
    buffer.append("\",\"bid\":[")
  }

  /// Opens a bid with the members that every bid has.
  ///
  /// - Parameters:
  ///   - id: the bid's own, the inside of a JSON string.
  ///   - impressionID: the impression's `id` as JSON, byte for byte.
  ///   - price: what is bid, rounded down to `decimals` places.
  ///   - decimals: 0 to 6.
  package mutating func beginBid(
    id: RawSpan, impressionID: RawSpan, price: CPM, decimals: Int,
    into buffer: inout FixedBuffer
  ) {
    if hasBid { buffer.append(UInt8(ascii: ",")) }
    hasBid = true
    buffer.append("{\"id\":\"")
    buffer.append(id)
    buffer.append("\",\"impid\":")
    buffer.append(impressionID)
    buffer.append(",\"price\":")
    Self.append(price: price, decimals: decimals, into: &buffer)
  }

  /// Adds members that were written beforehand: `"adid":"…","crid":"…"`, without braces.
  package func append(members: RawSpan, into buffer: inout FixedBuffer) {
    buffer.append(UInt8(ascii: ","))
    buffer.append(members)
  }

  /// Adds `cid`.
  ///
  /// - Parameter campaignID: the inside of a JSON string.
  package func append(campaignID: RawSpan, into buffer: inout FixedBuffer) {
    buffer.append(",\"cid\":\"")
    buffer.append(campaignID)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Adds `dealid`.
  ///
  /// - Parameter dealID: the deal's `id` as JSON, byte for byte.
  package func append(dealID: RawSpan, into buffer: inout FixedBuffer) {
    buffer.append(",\"dealid\":")
    buffer.append(dealID)
  }

  /// Adds `w` and `h`.
  package func append(size: Size, into buffer: inout FixedBuffer) {
    buffer.append(",\"w\":")
    buffer.append(decimal: UInt64(size.width))
    buffer.append(",\"h\":")
    buffer.append(decimal: UInt64(size.height))
  }

  /// Adds `exp`, in seconds.
  package func append(expirySeconds: UInt32, into buffer: inout FixedBuffer) {
    buffer.append(",\"exp\":")
    buffer.append(decimal: UInt64(expirySeconds))
  }

  /// Closes the bid.
  package func endBid(into buffer: inout FixedBuffer) {
    buffer.append(UInt8(ascii: "}"))
  }

  /// Closes the seat.
  package func endSeat(into buffer: inout FixedBuffer) {
    buffer.append("]}")
  }

  /// Closes the response.
  ///
  /// - Parameter currency: of every price in it.
  package func end(currency: CurrencyCode, into buffer: inout FixedBuffer) {
    buffer.append("],\"cur\":\"")
    for index in 0..<3 { buffer.append(currency.letter(index)) }
    buffer.append("\"}")
  }
}

extension ResponseWriter {
  /// A price in whole units with a fixed number of decimals, rounded down; integers throughout.
  ///
  /// - Precondition: the price is not negative, and `decimals` is 0 to 6.
  package static func append(price: CPM, decimals: Int, into buffer: inout FixedBuffer) {
    precondition(price.micros >= 0 && decimals >= 0 && decimals <= 6)
    let (units, micros) = price.micros.quotientAndRemainder(dividingBy: 1_000_000)
    buffer.append(decimal: UInt64(units))
    guard decimals > 0 else { return }
    buffer.append(UInt8(ascii: "."))
    // All six digits, the first in the lowest byte: dividing by ten is a multiplication, dividing
    // by a place would not be.
    var rest = UInt64(truncatingIfNeeded: micros)
    var digits: UInt64 = 0
    for _ in 0..<6 {
      digits = digits << 8 | (0x30 &+ rest % 10)
      rest /= 10
    }
    buffer.append(word: digits, count: decimals)
  }

  /// The no-bid form `{}`.
  package static func appendEmptyObject(into buffer: inout FixedBuffer) {
    buffer.append("{}")
  }

  /// The no-bid forms `{"id":…,"seatbid":[]}` and, with a reason, `{"id":…,"seatbid":[],"nbr":…}`.
  ///
  /// - Parameters:
  ///   - id: the request's `id` as JSON, byte for byte; without it the form is `{}` or only `nbr`.
  ///   - reason: a code of OpenRTB 3.0's list of no-bid reasons.
  package static func appendNoBid(
    id: RawSpan, reason: UInt8?, into buffer: inout FixedBuffer
  ) {
    buffer.append(UInt8(ascii: "{"))
    if !id.isEmpty {
      buffer.append("\"id\":")
      buffer.append(id)
      buffer.append(",\"seatbid\":[]")
    }
    if let reason {
      if !id.isEmpty { buffer.append(UInt8(ascii: ",")) }
      buffer.append("\"nbr\":")
      buffer.append(decimal: UInt64(reason))
    }
    buffer.append(UInt8(ascii: "}"))
  }
}
