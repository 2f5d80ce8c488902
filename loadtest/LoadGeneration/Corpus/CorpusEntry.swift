import FixedMemory

/// One request body of a corpus, with the place where a user id goes.
package struct CorpusEntry: Equatable, Sendable {
  /// The bytes before the id, or all where none is put in.
  package let front: [UInt8]
  /// The bytes after the id.
  package let back: [UInt8]
  /// Whether an id goes between them.
  package let takesID: Bool
  /// The path that the record names, such as `/openrtb2/example`.
  package let path: String?
  /// When it was recorded, in milliseconds from any moment.
  package let atMilliseconds: Double?

  /// A body as it is.
  package init(body: [UInt8], path: String? = nil, atMilliseconds: Double? = nil) {
    self.init(
      front: body, back: [], takesID: false, path: path, atMilliseconds: atMilliseconds)
  }

  private init(
    front: [UInt8], back: [UInt8], takesID: Bool, path: String?, atMilliseconds: Double?
  ) {
    self.front = front
    self.back = back
    self.takesID = takesID
    self.path = path
    self.atMilliseconds = atMilliseconds
  }

  /// Bytes without an id.
  package var byteCount: Int { front.count + back.count }

  /// The same with a place for an id at `user.buyeruid`: the value that is there gives way, and
  /// where there is none, or no `user`, the member is added.
  package func takingID() -> CorpusEntry {
    let (front, back) = Self.split(self.front)
    return CorpusEntry(
      front: front, back: back, takesID: true, path: path, atMilliseconds: atMilliseconds)
  }

  private static func split(_ body: [UInt8]) -> (front: [UInt8], back: [UInt8]) {
    let bytes = body.rawSpan
    guard let root = JSONWalk.value(in: bytes, at: 0) else { return (body, []) }
    guard let user = JSONWalk.member("user", of: root, in: bytes),
      bytes.byte(at: Int(user.offset)) == UInt8(ascii: "{")
    else {
      let old = JSONWalk.member("user", of: root, in: bytes)
      return insert(#""user":{"buyeruid":""#, #""}"#, into: root, of: body, replacing: old)
    }
    if let id = JSONWalk.member("buyeruid", of: user, in: bytes) {
      return (
        Array(body[..<Int(id.offset)]) + Array("\"".utf8), Array("\"".utf8) + Array(body[id.end...])
      )
    }
    return insert(#""buyeruid":""#, "\"", into: user, of: body, replacing: nil)
  }

  /// Adds a member at the start of an object; a `user` that is no object is left behind it, where
  /// it would win, so its bytes become `{}` with the member inside.
  private static func insert(
    _ before: String, _ after: String, into object: ByteSlice, of body: [UInt8],
    replacing old: ByteSlice?
  ) -> (front: [UInt8], back: [UInt8]) {
    if let old {
      return (
        Array(body[..<Int(old.offset)]) + Array(#"{"buyeruid":""#.utf8),
        Array(#""}"#.utf8) + Array(body[old.end...])
      )
    }
    let start = Int(object.offset) + 1
    var place = Int(object.offset)
    let isEmpty = JSONWalk.nextMember(of: object, in: body.rawSpan, place: &place) == nil
    return (
      Array(body[..<start]) + Array(before.utf8),
      Array((after + (isEmpty ? "" : ",")).utf8) + Array(body[start...])
    )
  }
}
