import Foundation

/// What the readers of one set share: known references, and what has been seen so far.
final class LoadContext {
  /// What documents may refer to.
  let known: KnownReferences
  private var advertiserPlaces: [String: String] = [:]
  private var timeZones: [String: Bool] = [:]
  private var lineItemCount = 0
  private var markupByteCount = 0
  private var effectlessKeys: [String] = []
  private var firstEffectless: (file: String, line: Int, pointer: String)?

  /// A context of an empty set.
  init(known: KnownReferences) {
    self.known = known
  }

  /// Records an error if the set already has the advertiser, in this file or another.
  func claimAdvertiser(_ id: String, at reader: DocumentReader) {
    if let place = advertiserPlaces[id] {
      reader.fail("the advertiser `\(id.quotable)` is already defined at \(place)")
    } else {
      advertiserPlaces[id] = "\(reader.log.file):\(reader.line)"
    }
  }

  /// Counts a line item; the first past the limit is an error.
  func countLineItem(at reader: DocumentReader) {
    lineItemCount += 1
    if lineItemCount == CampaignLimits.lineItemsOfSet + 1 {
      reader.fail("more than \(CampaignLimits.lineItemsOfSet) line items in all documents")
    }
  }

  /// Counts a creative's markup, once for each id that an exchange knows it by; the first past the
  /// limit is an error.
  func countMarkup(of creative: Creative, at reader: DocumentReader) {
    let before = markupByteCount
    markupByteCount += creative.markup.utf8.count * (creative.exchangeIDs.count + 1)
    let limit = CampaignLimits.markupBytesOfSet
    if before <= limit && markupByteCount > limit {
      reader.fail("more than \(limit) bytes of markup in all documents")
    }
  }

  /// Whether a time zone exists.
  func hasTimeZone(_ name: String) -> Bool {
    if let answer = timeZones[name] { return answer }
    let answer = TimeZone(identifier: name) != nil
    timeZones[name] = answer
    return answer
  }

  /// Notes that the document sets a key that has no effect yet.
  func noteEffectless(_ key: String, at reader: DocumentReader) {
    if !effectlessKeys.contains(key) { effectlessKeys.append(key) }
    if firstEffectless == nil {
      firstEffectless = (reader.log.file, reader.line, reader.pointer.description)
    }
  }

  /// The one warning about keys without effect, at the place of the first.
  var effectlessKeysWarning: Problem? {
    guard let place = firstEffectless else { return nil }
    let names = effectlessKeys.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return Problem(
      file: place.file, line: place.line, pointer: place.pointer,
      message: "checked, but without effect yet: \(names)", severity: .warning)
  }
}
