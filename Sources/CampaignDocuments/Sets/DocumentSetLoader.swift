import Foundation

/// Reads one file after the other into a set.
struct DocumentSetLoader {
  private let context: LoadContext
  private var advertisers: [Advertiser] = []
  private var problems: [Problem] = []
  private var lastFile = ""

  /// A loader of an empty set.
  init(known: KnownReferences) {
    context = LoadContext(known: known)
  }

  /// Reads a file's advertisers.
  mutating func read(_ file: DocumentSet.File) {
    let log = ProblemLog(file: file.name)
    if let root = DocumentReader(parsing: file.bytes, log: log) { read(root) }
    append(log)
  }

  /// Reads the advertisers of a document that was parsed.
  mutating func read(_ root: DocumentNode, name: String) {
    let log = ProblemLog(file: name)
    read(DocumentReader(node: root, pointer: .root, log: log))
    append(log)
  }

  /// Reads the advertisers of the file at a path.
  mutating func read(path: String) {
    let log = ProblemLog(file: path)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard size <= DocumentLimits.fileBytes else {
      log.record("the file is larger than \(DocumentLimits.fileBytes) bytes", line: 0)
      return append(log)
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      read(DocumentSet.File(name: path, bytes: Array(data)))
    } catch {
      let isMissing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      log.record(isMissing ? "no such file" : "the file cannot be read", line: 0)
      append(log)
    }
  }

  /// Records that files past the limit were not read.
  mutating func checkCount(of files: Int) {
    guard files > DocumentLimits.files else { return }
    problems.append(
      Problem(
        file: lastFile, line: 0, pointer: "",
        message: "\(files) files; at most \(DocumentLimits.files) are read together"))
  }

  /// The set of what was read.
  mutating func finish() -> DocumentSet {
    if let warning = context.effectlessKeysWarning { problems.append(warning) }
    return DocumentSet(
      advertisers: problems.containsError ? [] : advertisers, problems: problems)
  }

  private mutating func append(_ log: ProblemLog) {
    lastFile = log.file
    problems += log.problems.enumerated()
      .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map { $0.element }
  }

  private mutating func read(_ root: DocumentReader) {
    guard let map = root.map(keys: ["advertisers"]),
      let list = map.required("advertisers")?.list(atMost: CampaignLimits.advertisers)
    else { return }
    for element in list {
      if let advertiser = AdvertiserReader(context: context).read(element) {
        advertisers.append(advertiser)
      }
    }
  }
}
