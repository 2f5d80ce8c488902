/// Advertiser documents that were read together, accepted or rejected as a whole.
package struct DocumentSet: Sendable {
  /// A file's name, for messages, and its bytes.
  package struct File: Sendable {
    /// The name that problems carry; `.json` at its end makes it strict JSON.
    package let name: String
    /// The content.
    package let bytes: [UInt8]

    /// A file in memory.
    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The advertisers in the order of files and documents; empty if a problem is an error.
  package let advertisers: [Advertiser]
  /// Every problem, by file in the order given, then by line.
  package let problems: [Problem]

  /// Whether an error rejects the set.
  package var isRejected: Bool { problems.containsError }

  /// Reads files into one set.
  /// - Complexity: O(n) in the bytes.
  package static func load(
    files: [File], known: KnownReferences = KnownReferences()
  ) -> DocumentSet {
    var loader = DocumentSetLoader(known: known)
    for file in files.prefix(DocumentLimits.files) { loader.read(ParsedDocument(file)) }
    loader.checkCount(of: files.count)
    return loader.finish()
  }

  /// Reads the files at paths into one set; one that cannot be read is a problem.
  /// - Complexity: O(n) in the bytes.
  package static func load(
    paths: [String], known: KnownReferences = KnownReferences()
  ) -> DocumentSet {
    var loader = DocumentSetLoader(known: known)
    for path in paths.prefix(DocumentLimits.files) { loader.read(ParsedDocument(path: path)) }
    loader.checkCount(of: paths.count)
    return loader.finish()
  }

  /// A set of advertisers that were read and checked before.
  package init(checked advertisers: [Advertiser]) {
    self.init(advertisers: advertisers, problems: [])
  }

  /// Reads documents that were parsed into one set.
  /// - Complexity: O(n) in the nodes.
  package static func load(
    documents: [ParsedDocument], known: KnownReferences = KnownReferences()
  ) -> DocumentSet {
    var loader = DocumentSetLoader(known: known)
    for document in documents.prefix(DocumentLimits.files) { loader.read(document) }
    loader.checkCount(of: documents.count)
    return loader.finish()
  }

  init(advertisers: [Advertiser], problems: [Problem]) {
    self.advertisers = advertisers
    self.problems = problems
  }
}
