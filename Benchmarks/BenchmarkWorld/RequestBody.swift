import FixedMemory

/// A request's bytes, in which the user's id is replaced.
package struct RequestBody: Sendable {
  /// The whole body.
  package private(set) var bytes: [UInt8]
  private let idStart: Int
  private let idCount: Int

  /// - Parameter json: a request with a `buyeruid`; nil when it has none.
  package init?(json: [UInt8]) {
    let key = Array("\"buyeruid\":\"".utf8)
    let places = json.indices.dropLast(key.count)
    guard let place = places.first(where: { json[$0..<($0 + key.count)].elementsEqual(key) })
    else { return nil }
    bytes = json
    idStart = place + key.count
    idCount = json[idStart...].prefix { $0 != UInt8(ascii: "\"") }.count
  }

  /// Puts an id in place of the one before.
  ///
  /// - Precondition: it is as long.
  mutating func setUser(_ id: ArraySlice<UInt8>) {
    precondition(id.count == idCount, "ids are as long as the body's")
    for offset in 0..<idCount { bytes[idStart + offset] = id[id.startIndex + offset] }
  }
}
