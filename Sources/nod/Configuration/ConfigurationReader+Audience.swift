import CampaignDocuments

extension ConfigurationReader {
  private static let audienceKeys = [
    "inbox", "poll_interval", "max_invalid", "sources", "id_spaces",
  ]

  /// The part about audience files.
  func audience(_ reader: DocumentReader) -> AudienceConfiguration {
    var audience = AudienceConfiguration()
    guard let map = reader.map(keys: Self.audienceKeys) else { return audience }
    map["inbox"]?.path(into: &audience.inbox)
    if let interval = map["poll_interval"]?.milliseconds(in: ConfigurationLimits.pollMilliseconds) {
      audience.pollIntervalMilliseconds = interval
    }
    if let share = map["max_invalid"]?.percentPartsPerMillion() {
      audience.maxInvalidPartsPerMillion = share
    }
    audience.idSpaces = idSpaces(map)
    audience.sources = sources(map)
    let spaces = Set(audience.idSpaces.map { $0.name } + audience.sources.map { $0.idSpace })
    if spaces.count > ConfigurationLimits.idSpaces {
      reader.fail("\(spaces.count) spaces of ids; at most \(ConfigurationLimits.idSpaces)")
    }
    return audience
  }

  private func idSpaces(_ map: DocumentMap) -> [IDSpaceConfiguration] {
    var names = UniqueNames(kind: "id space")
    let list = map["id_spaces"]?.list(atMost: ConfigurationLimits.idSpaces) ?? []
    return list.compactMap { element in
      guard let map = element.map(keys: ["name", "id_format"]),
        let name = map.required("name")?.uniqueName(in: &names)
      else { return nil }
      let format = map["id_format"]?.choice(of: IDSpaceConfiguration.Format.self) ?? .any
      return IDSpaceConfiguration(name: name, format: format)
    }
  }

  private func sources(_ map: DocumentMap) -> [AudienceSourceConfiguration] {
    var names = UniqueNames(kind: "source")
    var sources: [AudienceSourceConfiguration] = []
    for element in map["sources"]?.list(atMost: ConfigurationLimits.sources) ?? [] {
      guard let source = AudienceSourceReader(context: context).read(element, names: &names) else {
        continue
      }
      checkPrefix(of: source, against: sources, at: element)
      sources.append(source)
    }
    return sources
  }

  /// Sources may share a prefix (the same segments over several spaces of ids), but not across
  /// tenants: a name must tell whose segment it is. Nor in one space of ids, or where a full file
  /// speaks for absent users: a prefix is how a source's segments are told from another's.
  private func checkPrefix(
    of source: AudienceSourceConfiguration, against others: [AudienceSourceConfiguration],
    at reader: DocumentReader
  ) {
    guard source.format != .suppression else { return }
    let alike = others.filter { other in
      other.format != .suppression
        && (other.segmentPrefix.hasPrefix(source.segmentPrefix)
          || source.segmentPrefix.hasPrefix(other.segmentPrefix))
    }
    for other in alike {
      guard let reason = Self.clash(source, other) else { continue }
      return reader.fail(
        "the segments of `\(source.name)` and `\(other.name)` start alike, but \(reason); give "
          + "them different values of segment_prefix")
    }
  }

  /// Why two sources must not name segments alike.
  private static func clash(
    _ one: AudienceSourceConfiguration, _ other: AudienceSourceConfiguration
  ) -> String? {
    if one.advertiser != other.advertiser { return "one is an advertiser's alone" }
    if one.idSpace == other.idSpace { return "both are of the id space `\(one.idSpace)`" }
    if one.fullReplaces == .all || other.fullReplaces == .all {
      return "a full file of one replaces all of its segments"
    }
    return nil
  }
}
