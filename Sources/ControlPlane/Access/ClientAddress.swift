import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The address that a request comes from.
enum ClientAddress {
  private static let forwarded = HTTPField.Name("x-forwarded-for")!
  private static let forwardedScheme = HTTPField.Name("x-forwarded-proto")!

  /// The other end's, or what a reverse proxy on this machine says: the last address of
  /// `X-Forwarded-For`, which is the one that the proxy itself saw. Others are not believed.
  static func of(_ request: Request, peer: String) -> String {
    guard isLocal(peer), let field = request.headers[values: forwarded].last,
      let last = field.split(separator: ",").last?.trimmingCharacters(in: .whitespaces),
      (try? SocketAddress(ipAddress: last, port: 0)) != nil
    else { return peer }
    return last
  }

  /// What an address is counted by: of IPv6 its network of 64 bits, as whoever has one of its
  /// addresses has them all; others as they are.
  static func network(of address: String) -> String {
    let groups = groups(of: address)
    guard groups.count == 8 else { return address }
    // An IPv4 address that was written as one of IPv6.
    if groups.prefix(5).allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
      return [groups[6], groups[7]].flatMap { [$0 >> 8, $0 & 0xFF] }
        .map(String.init).joined(separator: ".")
    }
    return groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
  }

  /// The eight numbers of an IPv6 address; fewer or more of anything else.
  private static func groups(of address: String) -> [UInt16] {
    let text = address.prefix { $0 != "%" }
    guard text.contains(":") else { return [] }
    guard let gap = text.firstRange(of: "::") else { return numbers(of: text) }
    let (head, tail) = (numbers(of: text[..<gap.lowerBound]), numbers(of: text[gap.upperBound...]))
    return head + Array(repeating: 0, count: max(0, 8 - head.count - tail.count)) + tail
  }

  private static func numbers(of text: Substring) -> [UInt16] {
    text.split(separator: ":").flatMap { group -> [UInt16] in
      let bytes = group.split(separator: ".").compactMap { UInt16($0) }
      if bytes.count == 4 { return [bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]] }
      return UInt16(group, radix: 16).map { [$0] } ?? []
    }
  }

  /// Whether a reverse proxy says that it was reached by TLS.
  static func isOverTLS(_ request: Request) -> Bool {
    request.headers[forwardedScheme]?.lowercased() == "https"
  }

  private static func isLocal(_ peer: String) -> Bool {
    peer.hasPrefix("127.") || peer == "::1" || peer.hasPrefix("::ffff:127.")
  }
}
