import CampaignDocuments

/// What a server is started or reloaded with: a configuration and the documents it names.
struct ServeInput: Sendable {
  /// The configuration.
  let configuration: Configuration
  /// The advertiser documents.
  let documents: DocumentSet
  /// The warnings of both.
  let warnings: [Problem]

  /// The same without line items: what a server answers by until its index is open.
  var withoutDocuments: ServeInput {
    ServeInput(
      configuration: configuration, documents: DocumentSet.load(files: []), warnings: [])
  }

  /// The same with other advertisers, which were checked.
  func with(_ advertisers: [Advertiser]) -> ServeInput {
    ServeInput(
      configuration: configuration, documents: DocumentSet(checked: advertisers),
      warnings: warnings)
  }

  /// What stands in the way of a start.
  struct Refusal: Error {
    /// All problems, warnings included.
    let problems: [Problem]
  }

  /// Reads and checks everything.
  /// - Parameter running: the configuration of the server that is to take it over, if there is one.
  static func load(
    path: String?, environment: [String: String], running: Configuration? = nil
  ) throws(Refusal) -> ServeInput {
    let file = path ?? "defaults"
    let loaded = Configuration.load(path: path, environment: environment)
    guard var configuration = loaded.configuration else { throw Refusal(problems: loaded.problems) }
    var problems = loaded.problems
    if let running {
      let (merged, kept) = configuration.merged(intoRunning: running)
      configuration = merged
      if !kept.isEmpty { problems.append(warning(ofKept: kept, file: file)) }
    }
    let set = DocumentSet.load(
      paths: configuration.documents, known: configuration.knownReferences)
    problems += set.problems
    if !set.isRejected { problems += configuration.strangers(to: set, file: file) }
    problems += configuration.unreachableURL(file: file)
    guard !problems.containsError else { throw Refusal(problems: problems) }
    return ServeInput(configuration: configuration, documents: set, warnings: problems)
  }

  private static func warning(ofKept keys: [String], file: String) -> Problem {
    let names = keys.map { "`\($0)`" }.joined(separator: ", ")
    return Problem(
      file: file, line: 0, pointer: "",
      message: "takes effect only at the next start: \(names)", severity: .warning)
  }
}

extension Configuration {
  /// The exchanges and segments that documents may name.
  var knownReferences: KnownReferences {
    KnownReferences(
      exchanges: exchanges.map { $0.name },
      segments: audience.sources.filter { $0.format != .suppression }.map {
        KnownReferences.SegmentScope(prefix: $0.segmentPrefix, advertiser: $0.advertiser)
      })
  }

  /// A warning where the URLs in bids would lead to an address that stands for all of a machine's.
  func unreachableURL(file: String) -> [Problem] {
    let listen = bidder.listen
    guard bidder.publicURL == nil, !exchanges.isEmpty, ["0.0.0.0", "::"].contains(listen.host)
    else { return [] }
    return [
      Problem(
        file: file, line: 0, pointer: "/bidder/public_url",
        message: "missing: the notice URLs of bids would lead to http://\(listen)",
        severity: .warning)
    ]
  }

  /// Sources of advertisers that no document defines and the API did not make.
  func strangers(to set: DocumentSet, file: String) -> [Problem] {
    var advertisers = Set(set.advertisers.map { $0.id })
    let owners = Set(audience.sources.compactMap { $0.advertiser })
    if !owners.isSubset(of: advertisers), let stored = StoredDocuments(self) {
      advertisers.formUnion(stored.kept)
    }
    return audience.sources.enumerated().compactMap { index, source in
      guard let advertiser = source.advertiser, !advertisers.contains(advertiser) else {
        return nil
      }
      let hint = NearestWord.hint(advertiser, among: advertisers.sorted())
      return Problem(
        file: file, line: 0, pointer: "/audience/sources/\(index)/advertiser",
        message: "no document defines the advertiser `\(advertiser)`\(hint)")
    }
  }
}
