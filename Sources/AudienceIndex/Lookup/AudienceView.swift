import FixedMemory

/// All that is known of users at one moment: what a worker looks ids up in.
///
/// An immutable value: the layers, newest first, and the suppressed users. A row of a newer layer
/// takes the place of all older ones. Lookups allocate nothing and count no references.
@usableFromInline
package struct AudienceView: ~Copyable, Sendable {
  private let layers: InlineArray<8, AudienceLayer>
  private let layerCount: Int
  private let suppressed: SuppressionTable
  private let inPlace = InPlace()
  /// Raised with every change; 0 for a view of nothing.
  package let generation: UInt64
  /// Users that have memberships.
  package let userCount: Int
  /// Memberships of all users.
  package let membershipCount: Int
  /// Bytes of memory that are mapped.
  package let byteCount: Int

  /// Nobody.
  package static func empty() -> AudienceView {
    AudienceView(
      layers: [], suppressed: .empty, generation: 0, userCount: 0, membershipCount: 0)
  }

  /// - Precondition: at most ``Limits/maxLayers`` layers, newest first.
  init(
    layers: [SharedLayer], suppressed: consuming SuppressionTable, generation: UInt64,
    userCount: Int, membershipCount: Int
  ) {
    precondition(layers.count <= Limits.maxLayers)
    layerCount = layers.count
    self.layers = InlineArray { index in
      index < layers.count ? layers[index].layer.shared() : .unused
    }
    byteCount =
      layers.reduce(0) { $0 + $1.layer.byteCount } + suppressed.file.byteCount
    self.suppressed = suppressed
    self.generation = generation
    self.userCount = userCount
    self.membershipCount = membershipCount
  }

  /// How many users are suppressed.
  package var suppressedCount: Int { suppressed.count }

  /// Whether a user must be treated as unknown.
  package func isSuppressed(_ key: UserKey) -> Bool { suppressed.contains(key) }

  /// Adds a user's segments to the scratch; false when nothing is known of the user.
  package func lookup(_ key: UserKey, into scratch: inout AudienceScratch) -> Bool {
    for index in 0..<layerCount {
      if layers[index].lookup(key, into: &scratch) { return true }
    }
    return false
  }

  /// Looks all ids of a request up: the scratch is cleared and holds the union of their rows, or
  /// nothing when one of them is suppressed.
  package func lookup(
    _ keys: Span<UserKey>, into scratch: inout AudienceScratch
  ) -> LookupResult {
    scratch.removeAll()
    if keys.count > 1 { prefetch(keys) }
    for index in 0..<keys.count where suppressed.contains(keys[index]) {
      return LookupResult(isSuppressed: true)
    }
    var result = LookupResult()
    for index in 0..<keys.count where lookup(keys[index], into: &scratch) {
      result.knownCount &+= 1
    }
    return result
  }
}

extension AudienceView {
  /// Has the processor fetch what the keys are looked up in, all at once: one after the other, each
  /// would wait for memory twice.
  @inline(__always)
  private func prefetch(_ keys: Span<UserKey>) {
    for layer in 0..<layerCount {
      for index in 0..<keys.count { layers[layer].prefetchPlace(of: keys[index]) }
    }
    for layer in 0..<layerCount {
      for index in 0..<keys.count { layers[layer].prefetchBucket(of: keys[index]) }
    }
  }
}

/// A layer that several views and the store hold.
final class SharedLayer: Sendable {
  let layer: AudienceLayer
  /// The file's name in the store's folder.
  let name: String

  init(_ layer: consuming AudienceLayer, name: String) {
    self.layer = layer
    self.name = name
  }
}
