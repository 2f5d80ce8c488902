import AuctionTypes
import FixedMemory

/// Lists of scalars. One string in the place of a list is a list of it; empty strings and
/// elements of another kind are left out.
extension BidRequest {
  /// A list of strings, at the end of ``texts``.
  mutating func readTexts(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> ListSlice {
    let start = texts.count
    if let fits = json.readPlainStrings(member, body, into: &texts) {
      if !fits { isOverCapacity = true }
    } else {
      try readOtherTexts(&json, body)
    }
    return ListSlice(start: start, count: texts.count &- start)
  }

  @inline(never)
  private mutating func readOtherTexts(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    if json.peek(body) == JSONText.quote { return append(try readText(&json, body)) }
    var more = try json.enterIfArray(body)
    while more {
      append(try readText(&json, body))
      more = try json.nextElement(body)
    }
  }

  private mutating func append(_ text: Text) {
    if !text.isEmpty && !texts.append(text) { isOverCapacity = true }
  }

  /// `cur`, into ``currencies``.
  mutating func readCurrencies(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) {
    currencies.removeAll()
    let list = try readTexts(member, &json, body)
    for index in list.indices {
      if !currencies.append(currency(texts[index], body)) { isOverCapacity = true }
    }
    texts.truncate(to: Int(list.start))
  }

  /// A list of integers.
  mutating func readNumbers(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> NumberSet {
    if let small = json.readSmallNumbers(member, body) {
      return NumberSet(small: small, others: .empty)
    }
    return try readOtherNumbers(&json, body)
  }

  private mutating func readOtherNumbers(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> NumberSet {
    let start = numbers.count
    var small: UInt64 = 0
    var more = try json.enterIfArray(body)
    while more {
      if let number = try readInteger(&json, body) {
        if number >= 0 && number < 64 {
          small |= 1 &<< UInt64(number)
        } else if !numbers.append(number) {
          isOverCapacity = true
        }
      }
      more = try json.nextElement(body)
    }
    return NumberSet(
      small: small, others: ListSlice(start: start, count: numbers.count &- start))
  }
}
