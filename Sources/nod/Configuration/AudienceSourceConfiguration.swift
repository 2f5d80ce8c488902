/// A feed of audience files: the files dropped into the inbox's folder of its name.
struct AudienceSourceConfiguration: Sendable, Equatable {
  /// A grammar of audience files; see `docs/configuration.md`.
  enum Format: String, CaseIterable, Sendable {
    case adobeOutbound = "adobe-outbound"
    case adobeInbound = "adobe-inbound"
    case xandrBSS = "xandr-bss"
    case tradeDeskJSONLines = "ttd-jsonl"
    case idSync = "id-sync"
    case suppression
    case hashedCRM = "crm-hashed"

    /// Whether this release can read it.
    var isBuilt: Bool { self == .adobeOutbound || self == .suppression }
  }

  /// Whose rows a `full` file replaces.
  enum FullReplaces: String, CaseIterable, Sendable {
    /// Those of the users in it.
    case users
    /// Those of every user of the source.
    case all
  }

  /// Whether a batch must come with a manifest.
  enum Manifest: String, CaseIterable, Sendable {
    /// One that is there is enforced.
    case optional
    /// Nothing of a batch shows before its manifest is there and all parts agree with it.
    case required
  }

  /// The source's name and its folder's.
  var name: String
  /// The grammar of its files.
  var format: Format
  /// The space of its ids; empty for a suppression source, whose lines name the space.
  var idSpace = ""
  /// What the names of its segments start with.
  var segmentPrefix = ""
  /// How long a membership lasts after it was taken in, in milliseconds.
  var ttlMilliseconds: Int64 = 120 * 86_400_000
  /// Whose rows a `full` file replaces.
  var fullReplaces = FullReplaces.users
  /// Whether a batch must come with a manifest.
  var manifest = Manifest.optional
  /// How long a batch may stay incomplete, in milliseconds.
  var batchTimeoutMilliseconds: Int64 = 3_600_000
  /// The only advertiser that the source and its segments exist for; nil is everyone.
  var advertiser: String?
}
