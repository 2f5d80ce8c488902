/// What an `.info` file says of the data files of its batch.
package struct Manifest: Equatable, Sendable {
  /// One data file; a value that the manifest does not give is not checked.
  package struct Entry: Equatable, Sendable {
    package var name: String
    /// Bytes of the file, as delivered or decoded.
    package var byteSize: Int64?
    /// Lines, blank ones included.
    package var lineCount: Int64?
    /// The MD5 of the file, as delivered or decoded, in lower-case hexadecimal.
    package var md5: String?

    package init(
      name: String, byteSize: Int64? = nil, lineCount: Int64? = nil, md5: String? = nil
    ) {
      self.name = name
      self.byteSize = byteSize
      self.lineCount = lineCount
      self.md5 = md5
    }
  }

  /// The data files in the order of the manifest.
  package var files: [Entry]
}

extension Manifest {
  /// Reads the text of an `.info` file.
  ///
  /// - Throws: ``FileRejection/manifest(_:)`` for what is no manifest, or contradicts itself.
  /// - Complexity: O(bytes + files log files).
  package init(_ bytes: [UInt8]) throws(FileRejection) {
    guard bytes.count <= IngestLimits.manifestBytes else {
      throw .manifest("longer than \(IngestLimits.manifestBytes) bytes")
    }
    let root = try LooseJSON.value(of: bytes)
    guard case .list(let values)? = root["Files"], !values.isEmpty else {
      throw .manifest("no `Files`")
    }
    guard values.count <= IngestLimits.manifestFiles else {
      throw .manifest("more than \(IngestLimits.manifestFiles) files")
    }
    files = []
    for value in values { files.append(try Self.entry(value)) }
    guard Set(files.map(\.name)).count == files.count else {
      throw .manifest("a file is listed twice")
    }
    if let totals = root["Totals"] { try check(totals) }
  }

  private static func entry(_ value: LooseValue) throws(FileRejection) -> Entry {
    guard let path = value["FileName"]?.text,
      let name = path.split(separator: "/").last.map(String.init)
    else { throw .manifest("a file without `FileName`") }
    var entry = Entry(name: name)
    entry.byteSize = try number(value["FileByteSize"], "FileByteSize")
    entry.lineCount = try number(value["FileLineCount"], "FileLineCount")
    if let md5 = value["md5"]?.text, !md5.isEmpty, md5 != "null" {
      guard md5.utf8.count == 32, md5.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
        throw .manifest("`md5` of \(name) is not 32 hexadecimal digits")
      }
      entry.md5 = md5.lowercased()
    }
    return entry
  }

  private static func number(
    _ value: LooseValue?, _ key: String
  ) throws(FileRejection) -> Int64? {
    guard let text = value?.text, !text.isEmpty, text != "null" else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw .manifest("`\(key)` is not a count")
    }
    return number
  }

  /// Holds the totals against the sums, where both are given.
  private func check(_ totals: LooseValue) throws(FileRejection) {
    let count = try Self.number(totals["TotalNumberFiles"], "TotalNumberFiles")
    if let count, count != Int64(files.count) {
      throw .manifest("`TotalNumberFiles` is \(count), but \(files.count) are listed")
    }
    try check(totals, "TotalByteSize", files.map(\.byteSize))
    try check(totals, "TotalNumberLines", files.map(\.lineCount))
  }

  private func check(
    _ totals: LooseValue, _ key: String, _ parts: [Int64?]
  ) throws(FileRejection) {
    guard let total = try Self.number(totals[key], key) else { return }
    var sum: Int64 = 0
    for part in parts {
      guard let part else { return }
      sum = sum.addingReportingOverflow(part).overflow ? .max : sum + part
    }
    if sum != total { throw .manifest("`\(key)` is \(total), but the files sum up to \(sum)") }
  }
}
