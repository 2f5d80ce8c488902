import CampaignDocuments

/// Reads one entry of `audience.sources`.
struct AudienceSourceReader {
  private static let keys = [
    "name", "format", "id_space", "segment_prefix", "ttl", "full_replaces", "manifest",
    "batch_timeout", "advertiser", "rule", "segment",
  ]

  /// What the readers share.
  let context: ConfigurationContext

  /// The source, or nil where it has no name or no format that is built.
  func read(
    _ reader: DocumentReader, names: inout UniqueNames
  ) -> AudienceSourceConfiguration? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let name = map.required("name")?.uniqueName(in: &names)
    guard let name, let format = map.required("format").flatMap(format) else { return nil }
    var source = AudienceSourceConfiguration(name: name, format: format)
    readIDs(map, into: &source)
    if let reader = map["ttl"] { reader.keepingTime(into: &source.ttlMilliseconds) }
    readBatches(map, into: &source)
    source.advertiser = map["advertiser"]?.name()
    for key in ["rule", "segment"] {
      map[key]?.fail("`\(key)` belongs to sources of the format crm-hashed")
    }
    return source
  }

  private func format(_ reader: DocumentReader) -> AudienceSourceConfiguration.Format? {
    guard let format = reader.choice(of: AudienceSourceConfiguration.Format.self) else {
      return nil
    }
    if !format.isBuilt {
      reader.fail(
        "the format `\(format.rawValue)` is not built yet; this release reads adobe-outbound and "
          + "suppression")
      return nil
    }
    return format
  }

  private func readIDs(_ map: DocumentMap, into source: inout AudienceSourceConfiguration) {
    let isSuppression = source.format == .suppression
    let space = isSuppression ? map["id_space"] : map.required("id_space")
    source.idSpace = space?.name() ?? ""
    let prefix = isSuppression ? map["segment_prefix"] : map.required("segment_prefix")
    guard let prefix, let text = prefix.text(atMost: ConfigurationLimits.nameCharacters) else {
      return
    }
    if text.contains(where: { $0.isWhitespace || $0 == "," || $0.asciiValue ?? 0x20 < 0x20 }) {
      prefix.fail("`\(text.quotable)` has blanks, commas or control characters")
    }
    source.segmentPrefix = text
  }

  private func readBatches(_ map: DocumentMap, into source: inout AudienceSourceConfiguration) {
    if let manifest = map["manifest"]?.choice(of: AudienceSourceConfiguration.Manifest.self) {
      source.manifest = manifest
    }
    if let reader = map["full_replaces"],
      let replaces = reader.choice(of: AudienceSourceConfiguration.FullReplaces.self)
    {
      source.fullReplaces = replaces
      if replaces == .all, source.manifest != .required {
        reader.fail("`full_replaces: all` needs `manifest: required`")
      }
    }
    if let reader = map["batch_timeout"] {
      reader.keepingTime(into: &source.batchTimeoutMilliseconds)
    }
  }
}
