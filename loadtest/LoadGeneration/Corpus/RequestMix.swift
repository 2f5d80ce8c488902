import Compression
import FixedMemory

/// What requests are made of: heads by path, bodies in turns, ids by chance.
package struct RequestMix: Sendable {
  /// A path and how often it is asked for beside the others.
  package struct Path: Equatable, Sendable {
    /// Such as `/openrtb2/example`.
    package let path: String
    /// Its share is its weight over the sum of all.
    package let weight: Double

    /// A path with a weight.
    package init(path: String, weight: Double = 1) {
      self.path = path
      self.weight = weight
    }
  }

  /// The value of `Host`.
  package var host: String
  /// The paths; entries that name their own ignore them.
  package var paths: [Path]
  /// The bodies.
  package var corpus: Corpus
  /// The ids, or nil to leave what the bodies carry.
  package var ids: UserIDs?
  /// Whether bodies are sent as gzip.
  package var isCompressed = false
  /// Further fields of the head, each as `Name: value`.
  package var fields: [String] = []
  /// What all chance of the run follows.
  package var seed: UInt64 = 1

  /// Requests of a corpus.
  package init(host: String, paths: [Path], corpus: Corpus, ids: UserIDs? = nil) {
    self.host = host
    self.paths = paths
    self.corpus = corpus
    self.ids = ids
  }

  /// The same with what costs time done: places for ids, compressed bodies.
  ///
  /// Compressed bodies with ids are made before the start, a pool of them, each with an id of its
  /// own: while sending there would be no time for it.
  package func prepared() -> RequestMix {
    var mix = self
    if ids != nil { mix.corpus.entries = corpus.entries.map { $0.takingID() } }
    guard isCompressed else { return mix }
    mix.corpus.entries = mix.compressedEntries()
    mix.ids = nil
    return mix
  }

  private func compressedEntries() -> [CorpusEntry] {
    var compressor = BodyCompressor()
    var plain = FixedBuffer(capacity: corpus.longestBody + LoadLimits.idBytes)
    var packed = FixedBuffer(capacity: 2 * plain.capacity + 1024)
    var draw = ids.map { IDDraw($0, seed: seed ^ 0x5EED) }
    let count =
      ids == nil ? corpus.entries.count : max(corpus.entries.count, LoadLimits.gzipPool)
    return (0..<count).map { number in
      let entry = corpus.entries[number % corpus.entries.count]
      plain.removeAll()
      plain.append(entry.front.rawSpan)
      if entry.takesID { draw?.append(to: &plain) }
      plain.append(entry.back.rawSpan)
      let isPacked = compressor.compress(plain, into: &packed)
      precondition(isPacked, "a gzip member of twice the body's size fits it")
      let bytes = (0..<packed.count).map { packed.bytes.byte(at: $0) }
      return CorpusEntry(body: bytes, path: entry.path, atMilliseconds: entry.atMilliseconds)
    }
  }
}

/// Writes one thread's requests, one after the other.
struct RequestWriter: Sendable {
  private let entries: [CorpusEntry]
  private let heads: [[UInt8]]
  private let weights: [Double]
  private let headOfEntry: [Int]
  private let stride: Int
  private var next: Int
  private var draw: IDDraw?
  private var random: RandomNumbers

  /// The most bytes of one request.
  let longest: Int

  /// The requests of a thread; the threads take the entries in turns.
  ///
  /// - Parameter mix: prepared.
  init(_ mix: RequestMix, thread: Int, of threads: Int) {
    let own = mix.corpus.entries.compactMap { $0.path }
    var paths = mix.paths.map { $0.path }
    for path in own where !paths.contains(path) { paths.append(path) }
    let places = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    heads = paths.map { Self.head(of: $0, mix) }
    headOfEntry = mix.corpus.entries.map { entry in entry.path.flatMap { places[$0] } ?? -1 }
    var sum = 0.0
    weights = mix.paths.map { path in
      sum += path.weight
      return sum
    }
    entries = mix.corpus.entries
    stride = threads
    next = thread % mix.corpus.entries.count
    let seed = mix.seed &+ UInt64(thread + 1) &* 0xA24B_AED4_963E_E407
    draw = mix.ids.map { IDDraw($0, seed: seed) }
    random = RandomNumbers(seed: ~seed)
    longest =
      mix.corpus.longestBody + LoadLimits.idBytes + 64
      + (heads.map { $0.count }.max() ?? 0)
  }

  /// Passes a request that is not written, so that a recorded one keeps its time.
  mutating func skip() { next = (next + stride) % entries.count }

  /// Fills a buffer with the next request.
  mutating func write(into buffer: inout FixedBuffer, id: inout FixedBuffer) {
    let place = next
    let entry = entries[place]
    skip()
    buffer.removeAll()
    id.removeAll()
    if entry.takesID { draw?.append(to: &id) }
    let head = heads[head(for: place)]
    buffer.append(head.rawSpan)
    buffer.append(decimal: UInt64(entry.byteCount + id.count))
    buffer.append("\r\n\r\n")
    buffer.append(entry.front.rawSpan)
    buffer.append(id)
    buffer.append(entry.back.rawSpan)
  }

  private mutating func head(for place: Int) -> Int {
    if headOfEntry[place] >= 0 { return headOfEntry[place] }
    guard weights.count > 1 else { return 0 }
    let wanted = random.unit() * weights[weights.count - 1]
    return weights.firstIndex { wanted < $0 } ?? 0
  }

  /// A head up to the value of `Content-Length`.
  private static func head(of path: String, _ mix: RequestMix) -> [UInt8] {
    var lines = [
      "POST \(path) HTTP/1.1", "Host: \(mix.host)", "Content-Type: application/json",
      "x-openrtb-version: 2.6",
    ]
    if mix.isCompressed { lines.append("Content-Encoding: gzip") }
    return Array(((lines + mix.fields).joined(separator: "\r\n") + "\r\nContent-Length: ").utf8)
  }
}
