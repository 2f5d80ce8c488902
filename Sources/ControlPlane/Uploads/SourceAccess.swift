import ControlStore

/// Which sources exist for a key, and which it may send files to.
struct SourceAccess: Sendable {
  let port: AudiencePort
  let principal: Principal

  /// The sources that exist for the key: its advertisers' and those that are shared.
  var visible: [AudiencePort.Source] { port.sources.filter(isVisible) }

  /// A source that exists for the key.
  ///
  /// - Throws: a ``ProblemDocument`` with status 404 for any other.
  func source(_ name: String) throws -> AudiencePort.Source {
    guard let source = port.sources.first(where: { $0.name == name }), isVisible(source) else {
      throw ProblemDocument.notFound("source `\(name)`")
    }
    return source
  }

  /// A source that the key may send files to.
  ///
  /// - Throws: a ``ProblemDocument`` with status 403 for a shared source, whose segments every
  ///   advertiser bids with, unless the key is of all advertisers.
  func writableSource(_ name: String) throws -> AudiencePort.Source {
    let source = try source(name)
    guard source.advertiser != nil || principal.scope == .all else {
      throw ProblemDocument(
        .forbidden,
        "The source `\(name)` is shared by all advertisers; only a key of all of them may send "
          + "files to it.")
    }
    return source
  }

  /// The names of the sources whose jobs are shown; nil for those of all, also of sources that the
  /// configuration has no more.
  var jobSources: [String]? {
    principal.scope == .all ? nil : visible.map(\.name)
  }

  private func isVisible(_ source: AudiencePort.Source) -> Bool {
    source.advertiser.map(principal.scope.contains) ?? true
  }
}
