import FixedMemory

/// The manifest as text: a line for each fact, fields divided by spaces, texts with all but plain
/// characters as `%` and two hexadecimal digits, and a checksum of all before it in the last line.
extension StoreManifest {
  private static let title = "nod-audience-manifest 1"

  /// The file's bytes.
  var encoded: [UInt8] {
    var lines = [
      Self.title, "generation \(generation)", "next_file \(nextFile)",
      "segments \(segmentCount)", "users \(userCount)", "memberships \(membershipCount)",
    ]
    for layer in layers { lines.append("layer \(layer)") }
    if let suppression { lines.append("suppression \(suppression)") }
    let feeds = newestFulls.sorted {
      ($0.key.source, $0.key.idSpace) < ($1.key.source, $1.key.idSpace)
    }
    for (feed, timestamp) in feeds {
      lines.append("full \(Self.quote(feed.source)) \(Self.quote(feed.idSpace)) \(timestamp)")
    }
    for file in applied { lines.append(Self.line(of: file)) }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let sum = String(Checksum64.of(bytes.rawSpan), radix: 16)
    return bytes + Array("checksum \(sum)\n".utf8)
  }

  /// Reads a manifest; nil for anything that ``encoded`` did not write.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, lines.popLast() == "", let last = lines.popLast() else { return nil }
    let body = Array(bytes.dropLast(last.utf8.count + 1))
    let sum = String(Checksum64.of(body.rawSpan), radix: 16)
    guard last == "checksum \(sum)", lines.first ?? "" == Self.title else { return nil }
    for line in lines.dropFirst() {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      guard read(fields.map(String.init)) else { return nil }
    }
  }

  private mutating func read(_ fields: [String]) -> Bool {
    switch (fields[0], fields.count) {
    case ("generation", 2): return Self.set(&generation, fields[1])
    case ("next_file", 2): return Self.set(&nextFile, fields[1])
    case ("segments", 2): return Self.set(&segmentCount, fields[1])
    case ("users", 2): return Self.set(&userCount, fields[1])
    case ("memberships", 2): return Self.set(&membershipCount, fields[1])
    case ("layer", 2): layers.append(fields[1])
    case ("suppression", 2): suppression = fields[1]
    case ("full", 4): return readFull(fields)
    case ("applied", 13):
      guard let file = Self.file(from: fields) else { return false }
      applied.append(file)
    default: return false
    }
    return true
  }

  private mutating func readFull(_ fields: [String]) -> Bool {
    guard let source = Self.unquote(fields[1]), let space = Self.unquote(fields[2]),
      let timestamp = Int64(fields[3])
    else { return false }
    newestFulls[Feed(source: source, idSpace: space)] = timestamp
    return true
  }

  private static func set<Number: FixedWidthInteger>(
    _ number: inout Number, _ text: String
  ) -> Bool {
    guard let value = Number(text) else { return false }
    number = value
    return true
  }

  private static func line(of file: AppliedFile) -> String {
    let counts = file.counts
    return [
      "applied", quote(file.source), quote(file.idSpace), quote(file.name), quote(file.digest),
      file.timestampMilliseconds.map { "\($0)" } ?? "-", file.isFull ? "full" : "iter",
      "\(file.generation)", "\(counts.added)", "\(counts.removed)", "\(counts.expired)",
      "\(counts.usersNew)", "\(counts.usersTouched)",
    ].joined(separator: " ")
  }

  private static func file(from fields: [String]) -> AppliedFile? {
    guard let source = unquote(fields[1]), let space = unquote(fields[2]),
      let name = unquote(fields[3]), let digest = unquote(fields[4])
    else { return nil }
    var file = AppliedFile(source: source, idSpace: space, name: name, digest: digest)
    if fields[5] != "-" {
      guard let timestamp = Int64(fields[5]) else { return nil }
      file.timestampMilliseconds = timestamp
    }
    file.isFull = fields[6] == "full"
    guard set(&file.generation, fields[7]), set(&file.counts.added, fields[8]),
      set(&file.counts.removed, fields[9]), set(&file.counts.expired, fields[10]),
      set(&file.counts.usersNew, fields[11]), set(&file.counts.usersTouched, fields[12])
    else { return nil }
    return file
  }

  /// A text without spaces, line ends and control characters.
  private static func quote(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "%") {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unquote(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
