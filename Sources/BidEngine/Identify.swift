import AuctionTypes
import AudienceIndex
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Collects the keys of all usable ids, the most specific first; none where the request's privacy
  /// signals forbid to read them.
  static func identify(
    _ request: borrowing BidRequest, _ body: RawSpan, exchange: Int,
    _ spaces: borrowing IdentitySpaces, into keys: inout FixedArray<UserKey>
  ) {
    keys.removeAll()
    let unescaped = request.unescaped.bytes
    append(spaces.buyer, body.slice(request.user.buyerID, unescaped: unescaped), to: &keys)
    append(
      spaces.exchanges[exchange], body.slice(request.user.id, unescaped: unescaped), to: &keys)
    if !request.device.limitsTracking && !request.device.doNotTrack {
      let id = body.slice(request.device.advertisingID, unescaped: unescaped)
      append(spaces.device, id, to: &keys)
    }
    appendExtended(request, body, request.user.extendedIDs, spaces, to: &keys)
    appendExtended(request, body, request.user.extensionExtendedIDs, spaces, to: &keys)
  }

  private static func appendExtended(
    _ request: borrowing BidRequest, _ body: RawSpan, _ list: ListSlice,
    _ spaces: borrowing IdentitySpaces, to keys: inout FixedArray<UserKey>
  ) {
    let unescaped = request.unescaped.bytes
    for index in list.indices {
      let extended = request.userIDs[index]
      let hasher = spaces.hasher(ofSource: body.slice(extended.source, unescaped: unescaped))
      append(hasher, body.slice(extended.id, unescaped: unescaped), to: &keys)
    }
  }

  @inline(__always)
  private static func append(
    _ hasher: UserKeyHasher, _ id: RawSpan, to keys: inout FixedArray<UserKey>
  ) {
    guard isUsableID(id), let key = hasher.key(of: id) else { return }
    keys.append(key)
  }
}
