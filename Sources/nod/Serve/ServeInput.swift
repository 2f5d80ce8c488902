import CampaignDocuments

/// What a server is started or reloaded with: a configuration and the documents it names.
struct ServeInput: Sendable {
  /// The configuration.
  let configuration: Configuration
  /// The advertiser documents.
  let documents: DocumentSet
  /// The warnings of both.
  let warnings: [Problem]

  /// What stands in the way of a start.
  struct Refusal: Error {
    /// All problems, warnings included.
    let problems: [Problem]
  }

  /// Reads and checks everything.
  static func load(path: String?, environment: [String: String]) throws(Refusal) -> ServeInput {
    let loaded = Configuration.load(path: path, environment: environment)
    guard let configuration = loaded.configuration else { throw Refusal(problems: loaded.problems) }
    let set = DocumentSet.load(
      paths: configuration.documents, known: configuration.knownReferences)
    let strangers = set.isRejected ? [] : configuration.strangers(to: set, file: path ?? "defaults")
    let problems = loaded.problems + set.problems + strangers
    guard !problems.containsError else { throw Refusal(problems: problems) }
    return ServeInput(configuration: configuration, documents: set, warnings: problems)
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

  /// Sources of advertisers that no document defines.
  func strangers(to set: DocumentSet, file: String) -> [Problem] {
    let advertisers = Set(set.advertisers.map { $0.id })
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
