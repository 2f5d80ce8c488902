/// A feed of audience files: what is dropped into the inbox's folder of its name.
package struct AudienceSource: Equatable, Sendable {
  /// Whose rows a `full` file replaces.
  package enum FullReplaces: String, Sendable {
    /// Those of the users in it.
    case users
    /// Those of every user of the source; the batch must then come with a manifest.
    case all
  }

  /// What a manifest is worth.
  package enum ManifestRule: String, Sendable {
    /// One that is there is enforced, one that comes later is checked and reported.
    case optional
    /// A batch waits for it, and is taken in as a whole.
    case required
  }

  /// The source's name and its folder's.
  package var name: String
  /// The grammar of its files.
  package var format: UploadFormat
  /// The space of its ids; empty for a suppression source, whose lines name the space.
  package var idSpace = ""
  /// What the names of its segments start with.
  package var segmentPrefix = ""
  /// How long a membership lasts after it was taken in, in milliseconds; 0 is for ever.
  package var ttlMilliseconds: Int64 = 120 * 86_400_000
  /// Whose rows a `full` file replaces.
  package var fullReplaces = FullReplaces.users
  /// Whether a batch must come with a manifest.
  package var manifest = ManifestRule.optional
  /// How long a batch may stay incomplete after its newest part was seen, in milliseconds.
  package var batchTimeoutMilliseconds: Int64 = 3_600_000

  package init(name: String, format: UploadFormat) {
    self.name = name
    self.format = format
  }
}
