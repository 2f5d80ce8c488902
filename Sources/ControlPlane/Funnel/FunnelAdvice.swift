import AuctionTypes

/// What it means that a stage refuses a line item, and who can do what about it.
struct FunnelAdvice {
  /// Who can change that a stage refuses.
  enum Party: String, Encodable {
    /// Whoever writes the documents.
    case advertiser
    /// The exchange, its publishers or its users: nothing that a document can change.
    case exchange
    /// Whoever runs the server.
    case `operator`
  }

  let party: Party
  /// One or two sentences.
  let text: String

  init(_ reason: NoBidReason) {
    (party, text) =
      Self.ofServer(reason) ?? Self.ofTargeting(reason) ?? Self.ofCreatives(reason)
      ?? Self.ofMoney(reason)
  }

  /// What is decided before any line item is asked.
  private static func ofServer(_ reason: NoBidReason) -> (Party, String)? {
    switch reason {
    case .shed: (.operator, "the server was above its limits; its operator should look.")
    case .deadline: (.exchange, "the exchange left too little time to answer.")
    case .ping: (.exchange, "the exchange only asked whether the server is there.")
    case .capacity: (.exchange, "the request, or the answer to it, was too large.")
    case .privacy:
      (
        .exchange,
        "a privacy signal forbids to read the user's ids, and the server is set up not to bid then."
      )
    case .format: (.exchange, "no banner was offered, and only banners are bid on.")
    case .secure:
      (.operator, "https was asked for, and the server has no `bidder.public_url_tls`.")
    case .currency:
      (.operator, "no rate is configured for the currencies asked for, or for the advertiser's.")
    default: nil
    }
  }

  private static func ofTargeting(_ reason: NoBidReason) -> (Party, String)? {
    switch reason {
    case .inactive:
      (
        .advertiser,
        "it was paused or out of its flight; set the status to `active`, or move the flight."
      )
    case .seat: (.exchange, "the exchange does not take bids of the advertiser's seat.")
    case .exchange: (.advertiser, "it does not target this exchange; see `targeting.exchanges`.")
    case .inventory:
      (.advertiser, "it targets another kind of inventory; see `targeting.inventory`.")
    case .domain: (.advertiser, "it does not target these sites; widen `targeting.domains`.")
    case .app: (.advertiser, "it does not target these apps; widen `targeting.apps`.")
    case .geo:
      (.advertiser, "users are elsewhere, or their place is unknown; widen `targeting.geo`.")
    case .deviceType:
      (.advertiser, "it does not target these devices; widen `targeting.device_types`.")
    case .os: (.advertiser, "it does not target these systems; widen `targeting.os`.")
    case .language: (.advertiser, "it targets other languages; widen `targeting.languages`.")
    case .category: (.advertiser, "it targets other content; widen `targeting.categories`.")
    case .daypart: (.advertiser, "it does not run at this hour; widen `targeting.dayparts`.")
    case .blockedAdvertiser: (.exchange, "publishers block the advertiser's domain.")
    case .blockedCategory: (.exchange, "publishers block the advertiser's categories.")
    case .identity:
      (
        .exchange,
        "the users have no id that may be used, which its audience needs. Only a line item without "
          + "an audience can reach them."
      )
    case .audience:
      (
        .advertiser,
        "the users are not in its audience; upload more users, or widen `targeting.audience`."
      )
    case .userPercent:
      (.advertiser, "the users are not in its share; widen `targeting.user_percent`.")
    case .position: (.advertiser, "it targets other positions; widen `targeting.positions`.")
    case .deal:
      (
        .advertiser,
        "its deals were not offered, or the auction was private; see `targeting.deals`."
      )
    default: nil
    }
  }

  private static func ofCreatives(_ reason: NoBidReason) -> (Party, String)? {
    switch reason {
    case .size: (.advertiser, "it has no creative of a size offered; add one.")
    case .blockedApp: (.exchange, "publishers block the app that its creatives advertise.")
    case .blockedAttribute:
      (
        .advertiser,
        "publishers block the attributes or the kind of its creatives; add a plainer one."
      )
    case .insecureMarkup:
      (.advertiser, "https was asked for and its markup loads assets by http; change the markup.")
    default: nil
    }
  }

  private static func ofMoney(_ reason: NoBidReason) -> (Party, String) {
    switch reason {
    case .price: (.advertiser, "its bid rounds to nothing in the exchange's currency; raise it.")
    case .floor: (.advertiser, "the floor is above its bid; raise the bid.")
    case .frequencyCap:
      (
        .advertiser,
        "the users have seen it as often as its caps or its campaign's allow, or cannot be counted; "
          + "raise `frequency_caps`."
      )
    case .budget:
      (
        .advertiser,
        "its budget or its campaign's is spent, or held by bids that wait for their notice; raise it."
      )
    case .pacing:
      (
        .advertiser,
        "it is ahead of its pace; it goes on later in the day, or at once with `pacing: asap`."
      )
    default:
      (
        .advertiser,
        "another line item bid more, or another impression of the request took it; raise the bid."
      )
    }
  }
}
