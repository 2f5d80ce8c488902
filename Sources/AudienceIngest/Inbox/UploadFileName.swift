/// The names under which files can be sent to a source's folder.
package enum UploadFileName {
  /// Why a file of this name would not be taken in, as a sentence; nil for a good name.
  ///
  /// It has no separators and no controls, is none that the inbox leaves alone or uses itself, and
  /// follows the source's format.
  package static func problem(of name: String, format: UploadFormat) -> String? {
    guard !name.isEmpty else { return "the file name is empty" }
    guard name.utf8.count <= IngestLimits.fileNameBytes else {
      return "the file name is longer than \(IngestLimits.fileNameBytes) bytes"
    }
    guard name.unicodeScalars.allSatisfy(isAllowed) else {
      return "a file name has no slashes and no control characters"
    }
    guard InboxWatch.isUpload(name) else {
      return "names that begin with a dot or end in `.tmp` or `.part` are never taken in"
    }
    let lowercased = name.lowercased()
    guard !["done", "rejected"].contains(lowercased), !lowercased.hasSuffix(".report.json") else {
      return "the inbox uses this name itself"
    }
    guard format == .adobeOutbound, !lowercased.hasSuffix(".info") else { return nil }
    do throws(FileRejection) {
      _ = try AdobeFileName(name)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Whether the inbox takes files of this name, and judges them; others it leaves alone.
  package static func isTaken(_ name: String) -> Bool { InboxWatch.isUpload(name) }

  /// The name of a file's report.
  package static func reportName(of file: String) -> String { SourceFolder.reportName(of: file) }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "/" && scalar.value >= 0x20 && scalar.value != 0x7F
  }
}
