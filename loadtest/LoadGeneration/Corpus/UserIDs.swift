import AudienceIndex
import FixedMemory
import LinuxIO

/// Which user ids requests carry.
package struct UserIDs: Sendable {
  /// Where known ids come from.
  package enum Known: Sendable {
    /// The lines of a file.
    case list([[UInt8]])
    /// The users of `nod audience synth` with the same seed.
    case synthetic(SyntheticIDs, users: Int)

    var count: Int {
      switch self {
      case .list(let ids): ids.count
      case .synthetic(_, let users): users
      }
    }
  }

  /// The ids that the target may know.
  package let known: Known
  /// The share of requests with one of them, from 0 to 1; the others carry an id that nobody has.
  package let knownShare: Double
  /// Zipf's exponent: 0 where all known users are equally frequent.
  package let skew: Double

  /// Ids with a share and a skew.
  package init(known: Known, knownShare: Double, skew: Double) {
    self.known = known
    self.knownShare = knownShare
    self.skew = skew
  }

  /// Reads a file of ids, one a line; blank lines are passed over.
  package static func list(path: String) throws(CorpusProblem) -> [[UInt8]] {
    let bytes: [UInt8]
    do { bytes = try File.contents(of: path, limit: LoadLimits.fileBytes) } catch {
      throw CorpusProblem(description: "\(error)")
    }
    var ids: [[UInt8]] = []
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let id = line.last == 0x0D ? line.dropLast() : line
      if id.isEmpty { continue }
      guard id.count <= LoadLimits.idBytes, id.allSatisfy(isPlain) else {
        throw CorpusProblem(
          description: "\(path):\(number): an id is 1 to \(LoadLimits.idBytes) printable "
            + "characters without quote and backslash")
      }
      ids.append(Array(id))
    }
    guard !ids.isEmpty, ids.count <= LoadLimits.ids else {
      throw CorpusProblem(description: "\(path): wants 1 to \(LoadLimits.ids) ids")
    }
    return ids
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}

/// Draws the ids of one thread.
struct IDDraw: Sendable {
  private let ids: UserIDs
  private let ranks: ZipfRanks
  private var random: RandomNumbers

  /// The draws of a seed.
  init(_ ids: UserIDs, seed: UInt64) {
    self.ids = ids
    ranks = ZipfRanks(count: ids.known.count, exponent: ids.skew)
    random = RandomNumbers(seed: seed)
  }

  /// Appends the next id.
  mutating func append(to buffer: inout FixedBuffer) {
    guard random.unit() < ids.knownShare else { return appendStranger(to: &buffer) }
    let user = ids.skew == 0 ? random.below(ids.known.count) : ranks.draw(&random) - 1
    switch ids.known {
    case .list(let list):
      let id = list[user]
      buffer.append(id.rawSpan)
    case .synthetic(let ids, _): ids.append(user, to: &buffer)
    }
  }

  /// 38 digits that begin with a 9, as no synthetic id does.
  private mutating func appendStranger(to buffer: inout FixedBuffer) {
    buffer.append("9")
    for _ in 0..<2 {
      let digits = random.next() % 900_000_000_000_000_000 + 100_000_000_000_000_000
      buffer.append(decimal: digits)
    }
    buffer.append(UInt8(ascii: "0") + UInt8(random.below(10)))
  }
}
