import AudienceIndex
import FixedMemory

/// The spaces that a request's ids belong to, with the hash of each, in fixed memory.
///
/// `user.buyeruid` is in space `nod`, `user.id` in the exchange's, `device.ifa` in `ifa`, and an
/// extended id in the space named like its `source`; a source that no space is named after still
/// identifies a user, whom no audience file can know.
package struct IdentitySpaces: ~Copyable, Sendable {
  let buyer: UserKeyHasher
  let device: UserKeyHasher
  let foreign: UserKeyHasher
  /// For each exchange, the hash of `user.id`.
  let exchanges: FixedArray<UserKeyHasher>
  let sources: FixedArray<UserKeyHasher>
  let sourceNames: FixedArray<ByteSlice>
  let text: FixedBuffer
  private let inPlace = InPlace()

  /// - Parameters:
  ///   - spaces: those that the configuration describes; others take any id.
  ///   - sources: the spaces that an extended id may name. Those of buyeruid, user.id and ifa are
  ///     not among them, so that `eids` cannot bring in what `lmt` hides.
  ///   - exchangeSpaces: the space of `user.id`, exchange by exchange.
  package init(
    spaces: [IDSpace], sources: [String], exchangeSpaces: [String], key: HashKey
  ) {
    func hasher(_ name: String) -> UserKeyHasher {
      let space = spaces.first { $0.name == name } ?? (name == "ifa" ? .ifa : IDSpace(name: name))
      return UserKeyHasher(space: space, key: key)
    }
    buyer = hasher("nod")
    device = hasher("ifa")
    foreign = UserKeyHasher(space: IDSpace(name: "\u{1}eids"), key: key)
    exchanges = FixedArray(copying: exchangeSpaces.map(hasher))
    let known = sources.prefix(EngineLimits.idSpaces)
    self.sources = FixedArray(copying: known.map { hasher($0) })
    var bytes: [UInt8] = []
    var names: [ByteSlice] = []
    for name in known {
      names.append(ByteSlice(offset: bytes.count, count: name.utf8.count))
      bytes += Array(name.utf8)
    }
    sourceNames = FixedArray(copying: names)
    var text = FixedBuffer(capacity: max(1, bytes.count))
    text.append(bytes.rawSpan)
    self.text = text
  }

  /// The hash of an extended id's source.
  ///
  /// - Complexity: O(spaces configured).
  func hasher(ofSource source: RawSpan) -> UserKeyHasher {
    for index in sourceNames.indices where text.bytes.slice(sourceNames[index]).equals(source) {
      return sources[index]
    }
    return foreign
  }
}
