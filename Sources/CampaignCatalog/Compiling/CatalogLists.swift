import CampaignDocuments
import FixedMemory

/// The catalog's lists while they grow.
struct CatalogLists {
  var advertisers: [CatalogAdvertiser] = []
  var campaigns: [CatalogCampaign] = []
  var lineItems: [CatalogLineItem] = []
  var creatives: [CatalogCreative] = []
  var creativeIndices: [UInt32] = []
  var bidParts: [ByteSlice] = []
  var markupPieces: [ByteSlice] = []
  var caps: [CatalogCap] = []
  var seatsJSON: [ByteSlice] = []
  var seatNumbers: [UInt32] = []
  var attributeNumbers: [Int32] = []
  var texts: [ByteSlice] = []
  var timings: [LineItemTiming] = []
  /// For each advertiser, the index of its first creative.
  var firstCreative: [Int] = []

  private var seats: [String: UInt32] = [:]
  private var places: [Int: [String: Int]] = [:]

  /// Adds creative attributes and returns their places in the list.
  mutating func add(attributes added: [Int32]) -> IndexRange {
    let start = attributeNumbers.count
    attributeNumbers += added
    return IndexRange(start..<attributeNumbers.count)
  }

  /// Adds texts and returns their places in the list.
  mutating func add(texts added: [ByteSlice]) -> IndexRange {
    let start = texts.count
    texts += added
    return IndexRange(start..<texts.count)
  }

  /// Adds pieces of markup and returns their places in the list.
  mutating func add(markupPieces added: [ByteSlice]) -> IndexRange {
    let start = markupPieces.count
    markupPieces += added
    return IndexRange(start..<markupPieces.count)
  }

  /// Adds frequency caps and returns their places in the list.
  mutating func add(caps added: [CatalogCap]) -> IndexRange {
    let start = caps.count
    caps += added
    return IndexRange(start..<caps.count)
  }

  /// The number of a seat on an exchange.
  mutating func seatNumber(of seat: String, exchange: Int) -> UInt32 {
    let key = "\(exchange)/\(seat)"
    if let number = seats[key] { return number }
    let number = UInt32(seats.count)
    seats[key] = number
    return number
  }

  /// The places of an advertiser's creatives by id.
  mutating func creativePlaces(of advertiser: Advertiser, index: Int) -> [String: Int] {
    if let known = places[index] { return known }
    var byID: [String: Int] = [:]
    for (place, creative) in advertiser.creatives.enumerated() { byID[creative.id] = place }
    places[index] = byID
    return byID
  }
}
