/// What a data file is, to be held against its manifest's entry.
struct UploadMeasure: Equatable, Sendable {
  /// Bytes of the file as delivered.
  var deliveredBytes: Int64
  /// The MD5 of the file as delivered, in lower-case hexadecimal.
  var deliveredMD5: String
  /// Bytes after decoding; the same for a plain file.
  var decodedBytes: Int64
  /// The MD5 after decoding.
  var decodedMD5: String
  /// Lines, blank ones included.
  var lines: Int64
}

extension Manifest.Entry {
  /// Holds a file against what the manifest says of it. Sizes and digests may be those of the file
  /// as delivered or after decoding: Adobe's documentation does not say which.
  ///
  /// - Throws: ``FileRejection/manifest(_:)`` for the first difference.
  func check(_ file: UploadMeasure) throws(FileRejection) {
    if let md5, md5 != file.deliveredMD5, md5 != file.decodedMD5 {
      throw .manifest("md5 of \(name) is \(file.deliveredMD5), not \(md5)")
    }
    if let byteSize, byteSize != file.deliveredBytes, byteSize != file.decodedBytes {
      throw .manifest("\(name) has \(file.deliveredBytes) bytes, not \(byteSize)")
    }
    if let lineCount, lineCount != file.lines {
      throw .manifest("\(name) has \(file.lines) lines, not \(lineCount)")
    }
  }
}
