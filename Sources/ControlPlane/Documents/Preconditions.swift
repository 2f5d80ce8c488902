import ControlStore
import Hummingbird

/// The conditions of a request on the version that it meets (RFC 9110 section 13).
struct Preconditions: Sendable, Equatable {
  /// The tags of one field.
  enum Tags: Sendable, Equatable {
    /// `*`: any version.
    case any
    /// These, as they were written.
    case some([Substring])
  }

  let ifMatch: Tags?
  let ifNoneMatch: Tags?

  init(_ fields: HTTPFields) {
    ifMatch = fields[.ifMatch].map(Self.tags)
    ifNoneMatch = fields[.ifNoneMatch].map(Self.tags)
  }

  /// The tags of an object: its own version, and that with all below its advertiser.
  struct Current: Sendable, Equatable {
    let version: Int64
    let revision: Int64

    /// The tag of the object alone.
    var tag: String { "\"\(version)\"" }
    /// The tag of the object with all that stands in it.
    var treeTag: String { "\"\(version).\(revision)\"" }
  }

  /// Whether a write may go on; nil stands for no object.
  ///
  /// - Throws: a ``ProblemDocument`` with status 412.
  func check(_ current: Current?) throws {
    if let ifMatch, !matches(ifMatch, current, weakly: false) {
      let detail =
        current.map { "The object is at version \($0.version)." } ?? "There is no object yet."
      throw ProblemDocument(.preconditionFailed, detail)
    }
    if let ifNoneMatch, matches(ifNoneMatch, current, weakly: true) {
      throw ProblemDocument(
        .preconditionFailed, "The object exists, at version \(current?.version ?? 0).")
    }
  }

  /// Whether a reader already has what is there.
  func isKnown(_ current: Current, isDeep: Bool) -> Bool {
    guard let ifNoneMatch else { return false }
    return Self.matches(
      ifNoneMatch, [isDeep ? current.treeTag : current.tag], weakly: true)
  }

  private func matches(_ tags: Tags, _ current: Current?, weakly: Bool) -> Bool {
    guard let current else { return false }
    return Self.matches(tags, [current.tag, current.treeTag], weakly: weakly)
  }

  private static func matches(_ tags: Tags, _ own: [String], weakly: Bool) -> Bool {
    guard case .some(let tags) = tags else { return true }
    return tags.contains { tag in
      let isWeak = tag.hasPrefix("W/")
      guard weakly || !isWeak else { return false }
      return own.contains { $0 == (isWeak ? tag.dropFirst(2) : tag) }
    }
  }

  private static func tags(_ field: String) -> Tags {
    let tags = field.split(separator: ",").map { $0.trimmed }
    return tags == ["*"] ? .any : .some(tags)
  }
}

extension Substring {
  /// The text without blanks around it.
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
