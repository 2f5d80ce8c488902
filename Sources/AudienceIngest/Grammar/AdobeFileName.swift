/// What the name of an Adobe Audience Manager outbound file says:
/// `[SYNC_TYPE][_DID][_MASTER_DPID][_PID_ALIAS][_SYNC-MODE][_TIMESTAMP]SPLITNUM.sync[.gz]`.
///
/// All elements are optional, but one of sync type, mode and timestamp must be there. The prefixes
/// of Adobe's two other kinds of `.sync` files are refused.
package struct AdobeFileName: Equatable, Sendable {
  /// What a file's lists mean for a user.
  package enum Mode: String, Sendable {
    /// Only what is new: both lists are applied.
    case incremental = "iter"
    /// The list is the user's whole row of the source.
    case full
  }

  /// Without a mode in the name: incremental, which takes nothing away unasked.
  package var mode = Mode.incremental
  /// When the file was made, or nil: such a file is ordered by its modification time, is never
  /// stale, and makes no other file stale.
  package var timestampMilliseconds: Int64?
  /// The number of the part; 0 for an unsplit file, 1 for `-1`.
  package var split = 0
  /// The name without mode, timestamp, split and endings: the same for all parts of a batch, and
  /// for a manifest that names another mode.
  package var destination = ""

  /// Whether a name differs at most in mode, form of the split number and compression.
  package func isSamePart(as other: AdobeFileName) -> Bool {
    destination == other.destination && split == other.split
      && timestampMilliseconds == other.timestampMilliseconds
  }
}

extension AdobeFileName {
  /// Reads a name.
  ///
  /// - Throws: ``FileRejection/name(_:)``.
  package init(_ name: String) throws(FileRejection) {
    let stem = try Self.stem(of: name)
    var elements = stem.split(separator: "_", omittingEmptySubsequences: true).map(String.init)
    var isRecognised = false
    if let first = elements.first, ["ftp", "s3", "http"].contains(first.lowercased()) {
      isRecognised = true
    }
    if let last = elements.last, try readTimestamp(last) {
      elements.removeLast()
      isRecognised = true
    }
    if let last = elements.last, readMode(last) {
      elements.removeLast()
      isRecognised = true
    }
    guard isRecognised else {
      throw .name("it has no sync type, sync mode or timestamp of an Adobe outbound file")
    }
    destination = elements.joined(separator: "_")
  }

  /// The name without `.sync` or `.sync.gz`.
  private static func stem(of name: String) throws(FileRejection) -> String {
    guard name.utf8.count <= IngestLimits.fileNameBytes else {
      throw .name("it is longer than \(IngestLimits.fileNameBytes) bytes")
    }
    let lowercased = name.lowercased()
    for prefix in ["ftp_dpm_", "adobe_id_", "c2c_id_"] where lowercased.hasPrefix(prefix) {
      throw .name("`\(prefix)` begins another kind of Adobe file")
    }
    var rest = name[...]
    if lowercased.hasSuffix(".gz") { rest = rest.dropLast(3) }
    guard rest.lowercased().hasSuffix(".sync") else {
      throw .name("it does not end in `.sync` or `.sync.gz`")
    }
    return String(rest.dropLast(5))
  }

  /// Takes `TIMESTAMP`, `TIMESTAMP` + `SPLITNUM` or `TIMESTAMP-n`; false for any other element.
  private mutating func readTimestamp(_ element: String) throws(FileRejection) -> Bool {
    let digits = element.prefix { $0.isASCII && $0.isNumber }
    let rest = element.dropFirst(digits.count)
    guard digits.count >= 13, rest.isEmpty || rest.first == "-" else { return false }
    timestampMilliseconds = Int64(digits.prefix(13))
    let glued = digits.dropFirst(13)
    if rest.isEmpty {
      if glued.isEmpty { return true }
      guard glued.count >= 3, let number = Int(glued) else {
        throw .name("a split number of at least three digits follows the 13 of the timestamp")
      }
      split = number
    } else {
      let dashed = rest.dropFirst()
      guard glued.isEmpty, !dashed.isEmpty, dashed.allSatisfy({ $0.isASCII && $0.isNumber }),
        let number = Int(dashed)
      else { throw .name("`\(element)` is no timestamp with a split number") }
      split = number
    }
    return true
  }

  /// Takes `iter` or `full`, with a split number behind it where there is no timestamp.
  private mutating func readMode(_ element: String) -> Bool {
    guard let mode = Mode(rawValue: element.prefix(4).lowercased()) else { return false }
    let rest = element.dropFirst(4)
    if !rest.isEmpty {
      let digits = rest.first == "-" ? rest.dropFirst() : rest
      guard timestampMilliseconds == nil, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
        digits.count >= 3 || digits.count < rest.count, let number = Int(digits)
      else { return false }
      split = number
    }
    self.mode = mode
    return true
  }
}
