import Foundation

/// An address to listen at, such as `127.0.0.1:8080` or `[::1]:8080`; port 0 lets the system
/// choose.
struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  /// An IPv4 or IPv6 address, without brackets.
  let host: String
  /// The port; 0 is any that is free.
  let port: UInt16

  /// The address of a host and a port, which are taken as valid.
  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Whether it is an IPv6 address.
  var isIPv6: Bool { host.contains(":") }

  /// The text that `init?(_:)` reads.
  var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The address of a text, or nil. `localhost` is 127.0.0.1.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isDigit),
      let port = UInt16(digits)
    else { return nil }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      let inner = String(host.dropFirst().dropLast())
      guard IPv6Text.isValid(inner) else { return nil }
      self.init(host: inner, port: port)
    } else {
      let name = host == "localhost" ? "127.0.0.1" : String(host)
      guard Self.isIPv4(name) else { return nil }
      self.init(host: name, port: port)
    }
  }

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
          && UInt8(part) != nil && (part.utf8.count == 1 || part.first != "0")
      }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The text form of RFC 4291 section 2.2 without embedded IPv4 and zones.
  private enum IPv6Text {
    static func isValid(_ text: String) -> Bool {
      let halves = text.components(separatedBy: "::")
      guard halves.count <= 2 else { return false }
      let groups = halves.map { half in
        half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
      }
      let count = groups.reduce(0) { $0 + $1.count }
      guard halves.count == 2 ? count <= 7 : count == 8 else { return false }
      return groups.joined().allSatisfy { group in
        (1...4).contains(group.utf8.count)
          && group.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || isLetter($0) }
      }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
  }
}
