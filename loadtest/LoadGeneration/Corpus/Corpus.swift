import FixedMemory
import Foundation
import LinuxIO

/// What was wrong with a file: the place and a sentence.
package struct CorpusProblem: Error, Equatable, CustomStringConvertible {
  /// `file` or `file:line`, and what is wrong there.
  package let description: String
}

/// The request bodies of a run.
package struct Corpus: Equatable, Sendable {
  /// The bodies, in the order of the file or of the file names.
  package var entries: [CorpusEntry]

  /// A corpus of entries.
  package init(entries: [CorpusEntry]) { self.entries = entries }

  /// Reads a folder of `.json` files with a request each, a `.json` file with one, or a file with a
  /// JSON object a line: a request, or an object with a `request`, and perhaps `at` in milliseconds
  /// and `path`.
  package init(path: String) throws(CorpusProblem) {
    let entries = try Self.isFolder(path) ? Self.folder(path) : Self.file(path)
    guard !entries.isEmpty else {
      throw CorpusProblem(description: "\(path): no request in it")
    }
    guard entries.reduce(0, { $0 + $1.byteCount }) <= LoadLimits.corpusBytes else {
      throw CorpusProblem(description: "\(path): more than \(LoadLimits.corpusBytes) bytes")
    }
    self.entries = entries
  }

  /// The bytes of the longest body.
  package var longestBody: Int { entries.reduce(0) { max($0, $1.byteCount) } }

  /// When the entries were recorded, in nanoseconds from the first; they must ascend.
  ///
  /// - Parameter speed: 2 replays in half the time.
  package func recordedTimes(speed: Double, of path: String) throws(CorpusProblem) -> [UInt64] {
    guard let first = entries[0].atMilliseconds else {
      throw CorpusProblem(description: "\(path):1: a replay needs `at` in milliseconds")
    }
    var times: [UInt64] = []
    times.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      guard let at = entry.atMilliseconds else {
        throw CorpusProblem(description: "\(path):\(index + 1): a replay needs `at`")
      }
      let time = (at - first) * 1e6 / speed
      guard time >= Double(times.last ?? 0), time < Double(LoadLimits.runNanoseconds) else {
        throw CorpusProblem(
          description: "\(path):\(index + 1): `at` must not fall, and not pass a day")
      }
      times.append(UInt64(time))
    }
    return times
  }

  private static func isFolder(_ path: String) throws(CorpusProblem) -> Bool {
    guard let status = try? FileStatus.of(path) else {
      throw CorpusProblem(description: "\(path): no such file, or not readable")
    }
    return status.isDirectory
  }

  private static func folder(_ path: String) throws(CorpusProblem) -> [CorpusEntry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var entries: [CorpusEntry] = []
    for name in names.sorted() where name.hasSuffix(".json") {
      let file = "\(path)/\(name)"
      entries.append(try entry(try bytes(of: file), place: file))
    }
    return entries
  }

  /// A file of one JSON value is one request, whatever its name; otherwise each line is one.
  private static func file(_ path: String) throws(CorpusProblem) -> [CorpusEntry] {
    let all = try bytes(of: path)
    if let whole = JSONWalk.value(in: all.rawSpan, at: 0),
      JSONWalk.isWhole(whole, in: all.rawSpan)
    {
      return [try entry(all, place: path)]
    }
    var entries: [CorpusEntry] = []
    var number = 0
    for line in all.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
      if !isBlank { entries.append(try entry(Array(line), place: "\(path):\(number)")) }
    }
    return entries
  }

  private static func bytes(of path: String) throws(CorpusProblem) -> [UInt8] {
    do {
      return try File.contents(of: path, limit: LoadLimits.fileBytes)
    } catch {
      throw CorpusProblem(description: "\(error)")
    }
  }

  private static func entry(_ bytes: [UInt8], place: String) throws(CorpusProblem) -> CorpusEntry {
    let span = bytes.rawSpan
    guard let root = JSONWalk.value(in: span, at: 0), JSONWalk.isWhole(root, in: span),
      span.byte(at: Int(root.offset)) == UInt8(ascii: "{")
    else { throw CorpusProblem(description: "\(place): not a JSON object") }
    guard let request = JSONWalk.member("request", of: root, in: span) else {
      return try bounded(CorpusEntry(body: Array(bytes[Int(root.offset)..<root.end])), place)
    }
    guard span.byte(at: Int(request.offset)) == UInt8(ascii: "{") else {
      throw CorpusProblem(description: "\(place): `request` is not an object")
    }
    let entry = CorpusEntry(
      body: Array(bytes[Int(request.offset)..<request.end]),
      path: try path(in: root, of: span, place: place),
      atMilliseconds: try moment(in: root, of: span, place: place))
    return try bounded(entry, place)
  }

  private static func bounded(
    _ entry: CorpusEntry, _ place: String
  ) throws(CorpusProblem) -> CorpusEntry {
    guard entry.byteCount <= LoadLimits.bodyBytes else {
      throw CorpusProblem(
        description: "\(place): a request of more than \(LoadLimits.bodyBytes) bytes")
    }
    return entry
  }

  private static func path(
    in root: ByteSlice, of span: RawSpan, place: String
  ) throws(CorpusProblem) -> String? {
    guard let value = JSONWalk.member("path", of: root, in: span) else { return nil }
    guard let text = JSONWalk.string(value, in: span), text.count > 0,
      span.byte(at: Int(text.offset)) == UInt8(ascii: "/")
    else { throw CorpusProblem(description: "\(place): `path` must begin with /") }
    return Self.text(text, in: span)
  }

  private static func moment(
    in root: ByteSlice, of span: RawSpan, place: String
  ) throws(CorpusProblem) -> Double? {
    guard let value = JSONWalk.member("at", of: root, in: span) else { return nil }
    guard let number = Double(text(value, in: span)), number.isFinite, number >= 0 else {
      throw CorpusProblem(description: "\(place): `at` must be a number of milliseconds")
    }
    return number
  }

  private static func text(_ slice: ByteSlice, in span: RawSpan) -> String {
    String(decoding: (Int(slice.offset)..<slice.end).map { span.byte(at: $0) }, as: UTF8.self)
  }
}
