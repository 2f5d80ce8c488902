import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Judges where the ad is shown: domains for sites, bundles for apps. A line item that includes
  /// only the other kind does not match, nor does one that includes either on a screen.
  static func matchSource(
    _ request: borrowing BidRequest, _ body: RawSpan, _ columns: borrowing ColumnTable,
    _ state: inout MatchState
  ) -> NoBidReason {
    // Line items that include domains or apps are bound in both dimensions.
    state.begin(.domain)
    let unescaped = request.unescaped.bytes
    if request.inventory.kind == .app {
      let bundle = body.slice(request.inventory.bundle, unescaped: unescaped)
      apply(.app, bundle, columns, &state)
      return .app
    }
    if request.inventory.kind == .site {
      let domain = body.slice(request.inventory.domain, unescaped: unescaped)
      if domain.byteCount > 0 {
        applyDomains(domain, columns, &state)
      } else {
        let page = body.slice(request.inventory.page, unescaped: unescaped)
        applyDomains(page.slice(URLHost.host(of: page)), columns, &state)
      }
    }
    return .domain
  }

  /// Applies a domain and every domain above it.
  private static func applyDomains(
    _ domain: RawSpan, _ columns: borrowing ColumnTable, _ state: inout MatchState
  ) {
    var end = domain.byteCount
    if end > 0 && domain.byte(at: end - 1) == 0x2E { end -= 1 }
    guard end <= URLHost.longestDomain else { return }
    var start = 0
    while start < end {
      apply(.domain, domain.slice(start, end - start), columns, &state)
      guard let dot = domain.firstOffset(of: 0x2E, from: start) else { return }
      start = dot + 1
    }
  }
}

/// Finds the host of a page's URL.
enum URLHost {
  /// The longest name of DNS (RFC 1035 section 2.3.4).
  static let longestDomain = 253

  /// The host between `//` and the next `/`, `?`, `#` or port, without user information; empty when
  /// there is none.
  static func host(of url: RawSpan) -> ByteSlice {
    guard var start = authorityStart(of: url) else { return .empty }
    var end = start
    while end < url.byteCount, !isEnd(url.byte(at: end)) { end += 1 }
    var offset = start
    while offset < end {
      if url.byte(at: offset) == 0x40 { start = offset + 1 }
      offset += 1
    }
    if let colon = url.firstOffset(of: 0x3A, from: start), colon < end { end = colon }
    return ByteSlice(offset: start, count: end - start)
  }

  private static func authorityStart(of url: RawSpan) -> Int? {
    guard let colon = url.firstOffset(of: 0x3A), colon + 2 < url.byteCount,
      url.byte(at: colon + 1) == 0x2F, url.byte(at: colon + 2) == 0x2F
    else { return nil }
    return colon + 3
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == 0x2F || byte == 0x3F || byte == 0x23
  }
}
