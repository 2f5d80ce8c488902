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

  /// Reads a document's advertisers.
  mutating func read(_ document: ParsedDocument) {
    let log = ProblemLog(file: document.name)
    for problem in document.problems { log.record(problem) }
    if let root = document.root { read(DocumentReader(node: root, pointer: .root, log: log)) }
    append(log)
  }

  /// Reads the advertisers of a document that is in no file.
  mutating func read(_ root: DocumentNode, name: String) {
    let log = ProblemLog(file: name)
    read(DocumentReader(node: root, pointer: .root, log: log))
    append(log)
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
