/// What a new layer is told beside its users.
struct LayerOptions: Sendable {
  /// The secret of its user keys.
  var hashKey: HashKey
  /// The id spaces whose keys may be in it.
  var spaces: [IDSpace]
  var generation: UInt64
  /// When it is written, seconds since 1970.
  var createdSeconds: Int64
  /// Whole keys at bid time instead of fingerprints: for all layers but the oldest, so that none
  /// of them can answer for a user that only an older one knows.
  var holdsKeys: Bool
  /// The bits of the fingerprint that are compared; fewer only in tests.
  var fingerprintMask: UInt32 = .max
  /// The mean number of users in a bucket: more of them share the 4 bytes of the directory, fewer
  /// make a scan shorter.
  var usersPerBucket = 12
}
