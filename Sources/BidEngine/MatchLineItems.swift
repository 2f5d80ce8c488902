import AuctionTypes
import AudienceIndex
import CampaignCatalog
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Narrows the line items by all that holds for the whole request but the user, stage by stage
  /// in the order of ``NoBidReason``; says at which stage none was left.
  static func matchRequest<Tracer: DecisionTracer & ~Copyable>(
    _ request: borrowing BidRequest, _ body: RawSpan, exchange: Int,
    _ catalog: borrowing CampaignCatalog, _ times: borrowing TimeColumns,
    _ state: inout MatchState, _ tracer: inout Tracer
  ) -> NoBidReason? {
    state.candidates.assign(times.inFlight)
    tracer.admit(&state.candidates)
    tracer.narrowed(.inactive, impression: -1, state.candidates)
    if state.candidates.isEmpty { return .inactive }

    if !(request.allowedSeats.isEmpty && request.blockedSeats.isEmpty) {
      matchSeats(request, body, exchange: exchange, catalog.columns, &state)
      tracer.narrowed(.seat, impression: -1, state.candidates)
      if state.candidates.isEmpty { return .seat }
    }
    if catalog.columns.isUsed(.exchange) {
      matchNumber(.exchange, UInt64(exchange), catalog.columns, &state)
      if end(.exchange, catalog.columns, &state, &tracer) { return .exchange }
    }
    if catalog.columns.isUsed(.inventory) {
      matchNumber(.inventory, request.inventory.kind.key, catalog.columns, &state)
      if end(.inventory, catalog.columns, &state, &tracer) { return .inventory }
    }
    if catalog.columns.isUsed(.domain) || catalog.columns.isUsed(.app) {
      let reason = matchSource(request, body, catalog.columns, &state)
      if end(reason, catalog.columns, &state, &tracer) { return reason }
    }
    if catalog.columns.isUsed(.geo) {
      matchGeo(request, body, catalog, &state)
      if end(.geo, catalog.columns, &state, &tracer) { return .geo }
    }
    if catalog.columns.isUsed(.deviceType) {
      let type = request.device.type.map { UInt64(UInt32(bitPattern: $0)) }
      matchNumber(.deviceType, type, catalog.columns, &state)
      if end(.deviceType, catalog.columns, &state, &tracer) { return .deviceType }
    }
    if catalog.columns.isUsed(.os) {
      state.begin(.os)
      let os = body.slice(request.device.operatingSystem, unescaped: request.unescaped.bytes)
      apply(.os, os, catalog.columns, &state)
      if end(.os, catalog.columns, &state, &tracer) { return .os }
    }
    if let reason = state.narrow(catalog.columns) { return reason }
    return matchContent(request, body, catalog, times, &state, &tracer)
  }

  /// The second half of ``matchRequest``: language, content, hours, and whom the request blocks.
  private static func matchContent<Tracer: DecisionTracer & ~Copyable>(
    _ request: borrowing BidRequest, _ body: RawSpan, _ catalog: borrowing CampaignCatalog,
    _ times: borrowing TimeColumns, _ state: inout MatchState, _ tracer: inout Tracer
  ) -> NoBidReason? {
    if catalog.columns.isUsed(.language) {
      matchLanguage(request, body, catalog.columns, &state)
      if end(.language, catalog.columns, &state, &tracer) { return .language }
    }
    if catalog.columns.isUsed(.category) {
      matchCategories(request, body, catalog.columns, &state)
      if end(.category, catalog.columns, &state, &tracer) { return .category }
    }
    if !times.isAlwaysDaypart {
      if let reason = state.narrow(catalog.columns) { return reason }
      let isLeft = state.candidates.formIntersection(times.inDaypart)
      tracer.narrowed(.daypart, impression: -1, state.candidates)
      if !isLeft { return .daypart }
    }
    if !request.blockedAdvertisers.isEmpty {
      state.begin(.advertiserDomain)
      applyAll(
        .advertiserDomain, request.blockedAdvertisers, request, body, catalog.columns, &state)
      if end(.blockedAdvertiser, catalog.columns, &state, &tracer) { return .blockedAdvertiser }
    }
    if !(request.blockedCategories.isEmpty && request.allowedCategories.isEmpty) {
      let reason = matchAdvertiserCategories(request, body, catalog, &state)
      tracer.narrowed(.blockedCategory, impression: -1, state.candidates)
      if let reason { return reason }
    }
    return state.narrow(catalog.columns)
  }

  /// Ends a stage. Who watches stages sees at once what is left, and is told whether nothing is;
  /// who does not is told when what waits is taken, by ``MatchState/narrow(_:)``.
  @inline(__always)
  static func end<Tracer: DecisionTracer & ~Copyable>(
    _ reason: NoBidReason, impression: Int = -1, _ columns: borrowing ColumnTable,
    _ state: inout MatchState, _ tracer: inout Tracer
  ) -> Bool {
    state.end(reason, columns)
    guard Tracer.isThorough else { return false }
    let isLeft = state.narrow(columns) == nil
    tracer.narrowed(reason, impression: impression, state.candidates)
    return !isLeft
  }

  /// Accepts the line items that include a value, and drops those that exclude it.
  static func apply(
    _ dimension: Dimension, _ value: RawSpan, _ columns: borrowing ColumnTable,
    _ state: inout MatchState
  ) {
    guard let slot = valueSlot(dimension, value, columns) else { return }
    state.apply(slot, columns)
  }

  /// Accepts by a dimension of numbers.
  static func matchNumber(
    _ dimension: Dimension, _ value: UInt64?, _ columns: borrowing ColumnTable,
    _ state: inout MatchState
  ) {
    state.begin(dimension)
    guard let value, let slot = columns.slot(dimension, number: value) else { return }
    state.apply(slot, columns)
  }

  /// `wseat` accepts the line items of its seats, `bseat` drops those of its own. Seats compare as
  /// they are.
  private static func matchSeats(
    _ request: borrowing BidRequest, _ body: RawSpan, exchange: Int,
    _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) {
    let unescaped = request.unescaped.bytes
    if !request.allowedSeats.isEmpty {
      state.accepted.removeAll()
      for index in request.allowedSeats.indices {
        let seat = body.slice(request.texts[index], unescaped: unescaped)
        if let slot = seatSlot(seat, exchange, columns, &state) {
          columns.addIncluding(slot, to: &state.accepted)
        }
      }
      _ = state.candidates.formIntersection(state.accepted)
    }
    for index in request.blockedSeats.indices {
      let seat = body.slice(request.texts[index], unescaped: unescaped)
      if let slot = seatSlot(seat, exchange, columns, &state) {
        columns.removeExcluding(slot, from: &state.candidates)
      }
    }
  }

  static func seatSlot(
    _ seat: RawSpan, _ exchange: Int, _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) -> Int? {
    guard seat.byteCount < CatalogLimits.keyBytes else { return nil }
    state.key.removeAll()
    state.key.append(UInt8(truncatingIfNeeded: exchange))
    state.key.append(seat)
    return columns.slot(.seat, state.key.bytes)
  }

  /// Lists of both kinds: a request's language and its primary subtag, such as `en` of `en-US`.
  private static func matchLanguage(
    _ request: borrowing BidRequest, _ body: RawSpan, _ columns: borrowing ColumnTable,
    _ state: inout MatchState
  ) {
    state.begin(.language)
    let language = body.slice(request.device.language, unescaped: request.unescaped.bytes)
    apply(.language, language, columns, &state)
    applyUp(to: 0x2D, .language, language, columns, &state)
    applyUp(to: 0x5F, .language, language, columns, &state)
  }

  /// Applies the part of a value before a byte, if it has the byte.
  private static func applyUp(
    to separator: UInt8, _ dimension: Dimension, _ value: RawSpan,
    _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) {
    guard let end = value.firstOffset(of: separator) else { return }
    apply(dimension, value.slice(0, end), columns, &state)
  }

  /// All categories of the inventory and its content, each with the one above it.
  private static func matchCategories(
    _ request: borrowing BidRequest, _ body: RawSpan, _ columns: borrowing ColumnTable,
    _ state: inout MatchState
  ) {
    state.begin(.category)
    let inventory = request.inventory
    applyCategories(inventory.categories, request, body, columns, &state)
    applyCategories(inventory.sectionCategories, request, body, columns, &state)
    applyCategories(inventory.pageCategories, request, body, columns, &state)
    applyCategories(inventory.contentCategories, request, body, columns, &state)
  }

  private static func applyCategories(
    _ list: ListSlice, _ request: borrowing BidRequest, _ body: RawSpan,
    _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) {
    for index in list.indices {
      let category = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      apply(.category, category, columns, &state)
      applyUp(to: 0x2D, .category, category, columns, &state)
    }
  }

  /// Applies each value of a list.
  private static func applyAll(
    _ dimension: Dimension, _ list: ListSlice, _ request: borrowing BidRequest, _ body: RawSpan,
    _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) {
    for index in list.indices {
      let value = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      apply(dimension, value, columns, &state)
    }
  }

  /// The slot of a value in any case; nil for one that is empty or longer than in any document.
  @inline(__always)
  static func valueSlot(
    _ dimension: Dimension, _ value: RawSpan, _ columns: borrowing ColumnTable
  ) -> Int? {
    guard value.byteCount > 0, value.byteCount < CatalogLimits.keyBytes else { return nil }
    return columns.slot(dimension, ignoringCase: value)
  }

  /// `bcat` and `acat`: advertisers' categories are of taxonomy 1, and lists of another one are not
  /// compared. Says at which stage none was left.
  private static func matchAdvertiserCategories(
    _ request: borrowing BidRequest, _ body: RawSpan, _ catalog: borrowing CampaignCatalog,
    _ state: inout MatchState
  ) -> NoBidReason? {
    guard request.categoryTaxonomy == 1 else { return nil }
    state.begin(.advertiserCategory)
    applyAll(
      .advertiserCategory, request.blockedCategories, request, body, catalog.columns, &state)
    state.end(.blockedCategory, catalog.columns)
    if let reason = state.narrow(catalog.columns) { return reason }
    guard !request.allowedCategories.isEmpty else { return nil }
    var next = state.candidates.firstBit()
    while let lineItem = next {
      let advertiser = catalog.advertisers[Int(catalog.lineItems[lineItem].advertiser)]
      if !isAllowed(advertiser.categories, request, body, catalog, &state) {
        state.candidates.remove(lineItem)
      }
      next = state.candidates.firstBit(from: lineItem + 1)
    }
    return state.candidates.isEmpty ? .blockedCategory : nil
  }

  /// Whether `acat` has each of an advertiser's categories, itself or the one above it; an
  /// advertiser without categories is not on the list.
  private static func isAllowed(
    _ categories: IndexRange, _ request: borrowing BidRequest, _ body: RawSpan,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) -> Bool {
    for index in categories.indices {
      if !isAllowed(catalog.texts[index], request, body, catalog, &state) { return false }
    }
    return !categories.isEmpty
  }

  private static func isAllowed(
    _ category: ByteSlice, _ request: borrowing BidRequest, _ body: RawSpan,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) -> Bool {
    for index in request.allowedCategories.indices {
      let allowed = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      guard state.loadKey(allowed) else { continue }
      if catalog.isCategory(category, below: state.key.bytes) { return true }
    }
    return false
  }
}

extension Inventory.Kind {
  /// The number by which the catalog knows it; nil where the request says nothing.
  var key: UInt64? {
    switch self {
    case .unknown: nil
    case .site: 0
    case .app: 1
    case .dooh: 2
    }
  }
}
