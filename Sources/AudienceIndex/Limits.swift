/// The maxima of this target and their reasons.
package enum Limits {
  /// The longest id. RampIDs have 70 bytes, UID2 tokens about 200; hashing this many costs 1 µs.
  package static let maxIDBytes = 1024

  /// The most segments there can be: bits of each worker's scratch bitmap, 128 KiB.
  package static let maxSegments = 1 << 20

  /// The segments of one user that a scratch lists; more are held as bits alone.
  package static let listedSegments = 1 << 15

  /// The layers of a view. Each one costs a lookup a bucket; compaction keeps them at about five.
  package static let maxLayers = 8

  /// The ids of one request that are looked up together: buyeruid, user.id, ifa, and eids.
  package static let maxLookupKeys = 64
}
