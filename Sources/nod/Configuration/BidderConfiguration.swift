/// The data plane's part of the configuration.
struct BidderConfiguration: Sendable, Equatable {
  /// How many worker threads there are.
  enum Workers: Sendable, Equatable {
    /// One for each processor that the process may run on.
    case auto
    /// A fixed number.
    case count(Int)
  }

  /// The optional second listener.
  struct TLS: Sendable, Equatable {
    /// Where it listens.
    var listen: ListenAddress
    /// The file of the certificate and its chain, PEM.
    var certificate: String
    /// The file of the private key, PEM.
    var key: String
  }

  /// Where it listens.
  var listen = ListenAddress(host: "127.0.0.1", port: 8080)
  /// How many worker threads there are.
  var workers = Workers.auto
  /// The prefix of notice, click and pixel URLs; nil is `http://` and the address of `listen`.
  var publicURL: String?
  /// The same for impressions that want https; nil refuses those.
  var publicURLTLS: String?
  /// The optional second listener.
  var tls: TLS?
  /// The most bytes of a request's body, before and after it is unpacked.
  var maxBodyBytes = 262_144
  /// Microseconds for which a worker looks for requests again and again before it sleeps.
  var busyPollMicroseconds = 0
  /// The file of the key that signs notice URLs.
  var noticeKeyFile = "notice.key"
}
