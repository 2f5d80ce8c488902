import AuctionTypes
import AudienceIndex
import AudienceIngest
import CampaignCatalog

extension Configuration {
  /// The exchanges as the catalog knows them, in the order of the file.
  var exchangeRules: [ExchangeRules] {
    exchanges.map { exchange in
      ExchangeRules(
        name: exchange.name, seat: exchange.seat, idSpace: exchange.idSpace,
        deadlineMilliseconds: Int(exchange.deadlineMilliseconds),
        networkMarginMilliseconds: Int(exchange.networkMarginMilliseconds),
        priceDecimals: exchange.priceDecimals, bidsPerImpression: exchange.bidsPerImpression,
        acceptsPing: exchange.ping == .idOnly,
        noticeWindowSeconds: exchange.noticeWindowSeconds, sendsExpiry: exchange.sendsExpiry,
        billOn: exchange.billOn.notice)
    }
  }

  /// What privacy signals mean, and where the URLs in bids lead.
  ///
  /// - Parameter port: the data plane's, which counts where `public_url` is missing.
  func biddingRules(port: UInt16) -> BiddingRules {
    let listen = ListenAddress(host: bidder.listen.host, port: port)
    return BiddingRules(
      publicURL: bidder.publicURL ?? "http://\(listen)", publicURLTLS: bidder.publicURLTLS,
      bidsWithoutConsent: privacy.withoutConsent == .contextual, assumesGDPR: privacy.gdprApplies)
  }

  /// Billionths of a US dollar for one unit of each currency that has a rate.
  var rates: [CurrencyCode: Int64] {
    var rates: [CurrencyCode: Int64] = [:]
    for (name, rate) in currencies {
      if let code = CurrencyCode(name) { rates[code] = rate }
    }
    return rates
  }

  /// The spaces that an extended id of a request may name: those that the file describes or its
  /// sources fill, without those that other fields of a request are in.
  var extendedIDSources: [String] {
    let taken = ["nod", IDSpace.ifa.name] + exchanges.map { $0.idSpace }
    return sourceSpaces.map(\.name).filter { !taken.contains($0) }
  }

  /// The spaces of ids that the file describes and those that its sources fill, each once.
  var sourceSpaces: [IDSpace] {
    var spaces = audience.idSpaces.map { IDSpace(name: $0.name, format: $0.format.indexFormat) }
    for source in audience.sources where !source.idSpace.isEmpty {
      Self.add(source.idSpace, to: &spaces)
    }
    return spaces
  }

  /// All spaces of ids: also those that requests bring along, which files may name as well.
  var allSpaces: [IDSpace] {
    var spaces = sourceSpaces
    for name in ["nod", IDSpace.ifa.name] + exchanges.map({ $0.idSpace }) {
      Self.add(name, to: &spaces)
    }
    return spaces
  }

  private static func add(_ name: String, to spaces: inout [IDSpace]) {
    guard !spaces.contains(where: { $0.name == name }) else { return }
    spaces.append(name == IDSpace.ifa.name ? .ifa : IDSpace(name: name))
  }

  /// The feeds as ingest knows them.
  var ingestSources: [AudienceSource] {
    audience.sources.compactMap { source in
      guard let format = UploadFormat(rawValue: source.format.rawValue) else { return nil }
      var feed = AudienceSource(name: source.name, format: format)
      feed.idSpace = source.idSpace
      feed.segmentPrefix = source.segmentPrefix
      feed.ttlMilliseconds = source.ttlMilliseconds
      feed.fullReplaces = source.fullReplaces == .all ? .all : .users
      feed.manifest = source.manifest == .required ? .required : .optional
      feed.batchTimeoutMilliseconds = source.batchTimeoutMilliseconds
      return feed
    }
  }
}

extension ExchangeConfiguration.BillOn {
  /// The notice that books.
  fileprivate var notice: NoticeKind {
    switch self {
    case .burl: .billing
    case .nurl: .win
    case .pixel: .pixel
    }
  }
}

extension IDSpaceConfiguration.Format {
  fileprivate var indexFormat: IDSpace.Format {
    switch self {
    case .any: .any
    case .digits: .digits
    case .uuid: .uuid
    case .hex: .hex
    }
  }
}
