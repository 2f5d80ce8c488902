import Foundation

/// Ids of a file, one a line and all of one length, that take turns.
package struct UserIDs: Sendable {
  /// How many there are.
  package let count: Int
  private let bytes: [UInt8]
  private let digits: Int

  init(_ file: URL) throws {
    let newline = UInt8(ascii: "\n")
    let bytes = Array(try Data(contentsOf: file))
    let digits = bytes.firstIndex(of: newline) ?? 0
    self.bytes = bytes
    self.digits = digits
    count = bytes.count / (digits + 1)
    guard digits > 0, bytes.count == count * (digits + 1),
      stride(from: digits, to: bytes.count, by: digits + 1).allSatisfy({ bytes[$0] == newline })
    else {
      throw DecisionWorld.Unfit("\(file.path): not ids of one length, one a line")
    }
  }

  /// Puts one of them into a request.
  package func put(_ number: Int, into body: inout RequestBody) {
    let start = number * (digits + 1)
    body.setUser(bytes[start..<(start + digits)])
  }
}
