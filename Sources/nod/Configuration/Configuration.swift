/// Everything that a configuration file says, checked, with defaults where it says nothing.
struct Configuration: Sendable, Equatable {
  /// The folder of all that must last.
  var dataDirectory = "var/nod"
  /// Paths of the advertiser documents that are applied at start.
  var documents: [String] = []
  /// The data plane.
  var bidder = BidderConfiguration()
  /// The control plane.
  var control = ControlConfiguration()
  /// Where audience files come from and what is in them.
  var audience = AudienceConfiguration()
  /// The exchanges that may send requests.
  var exchanges: [ExchangeConfiguration] = []
  /// How long a notice URL can be booked, in milliseconds.
  var noticeRetentionMilliseconds: Int64 = 30 * 86_400_000
  /// Billionths of a US dollar for one unit of a currency, by its code.
  var currencies: [String: Int64] = [:]
  /// What privacy signals mean.
  var privacy = PrivacyConfiguration()
  /// What the running server writes to standard error.
  var log = LogConfiguration()
}

/// The control plane's part of the configuration.
struct ControlConfiguration: Sendable, Equatable {
  /// Where it listens.
  var listen = ListenAddress(host: "127.0.0.1", port: 8081)
  /// The file of the first administrator's bearer token.
  var tokenFile = "control.token"
}
