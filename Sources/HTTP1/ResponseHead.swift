import FixedMemory

/// An answer's head, written from prebuilt parts.
///
/// There is no `Server` and no `Date`: neither helps an exchange, and a clock's absence is allowed
/// to origin servers that do not serve caches (RFC 9110 section 6.6.1).
package struct ResponseHead: Sendable {
  /// What becomes of the connection.
  package enum Connection: UInt8, Sendable, BitwiseCopyable {
    /// As the request's version implies: HTTP/1.1 keeps it.
    case implied
    /// Kept, for HTTP/1.0.
    case keepAlive
    case close
  }

  /// What the body is.
  package enum Content: UInt8, Sendable, BitwiseCopyable {
    /// A BidResponse.
    case json
    case gzippedJSON
    case text
  }

  /// Methods that a path answers.
  package enum Allow: UInt8, Sendable, BitwiseCopyable {
    case post, getHead, getPost
  }

  package var status: Status
  package var connection: Connection

  package init(_ status: Status, _ connection: Connection) {
    self.status = status
    self.connection = connection
  }

  /// The head before a body of so many bytes.
  package func write(
    _ content: Content, bodyBytes: Int, reason: StaticString? = nil,
    into buffer: inout FixedBuffer
  ) {
    buffer.append(status.line)
    switch content {
    case .json: buffer.append("Content-Type: application/json\r\nx-openrtb-version: 2.6\r\n")
    case .gzippedJSON:
      buffer.append(
        """
        Content-Type: application/json\r\nx-openrtb-version: 2.6\r\n\
        Content-Encoding: gzip\r\n
        """)
    case .text: buffer.append("Content-Type: text/plain\r\n")
    }
    buffer.append("Content-Length: ")
    buffer.append(decimal: UInt64(bodyBytes))
    buffer.append("\r\n")
    finish(reason, into: &buffer)
  }

  /// The head of an answer without a body; only 204 has no `Content-Length` (RFC 9110 section 8.6).
  package func writeEmpty(
    allow: Allow? = nil, reason: StaticString? = nil, into buffer: inout FixedBuffer
  ) {
    buffer.append(status.line)
    if status != .noContent { buffer.append("Content-Length: 0\r\n") }
    switch allow {
    case .post: buffer.append("Allow: POST\r\n")
    case .getHead: buffer.append("Allow: GET, HEAD\r\n")
    case .getPost: buffer.append("Allow: GET, POST\r\n")
    case nil: break
    }
    finish(reason, into: &buffer)
  }

  /// A redirect that no cache keeps. Bytes that are not ASCII are written with percent signs, as a
  /// reference has them (RFC 3987 section 3.1).
  ///
  /// - Parameter location: without control characters and spaces.
  /// - Complexity: O(bytes of `location`).
  package static func writeRedirect(
    to location: RawSpan, _ connection: Connection, into buffer: inout FixedBuffer
  ) {
    buffer.append(Status.found.line)
    buffer.append("Content-Length: 0\r\nCache-Control: no-store\r\nLocation: ")
    for offset in 0..<location.byteCount {
      let byte = location.byte(at: offset)
      if byte < 0x80 {
        buffer.append(byte)
      } else {
        buffer.append(UInt8(ascii: "%"))
        buffer.append(hexadecimalDigit(byte >> 4))
        buffer.append(hexadecimalDigit(byte & 15))
      }
    }
    buffer.append("\r\n")
    ResponseHead(.found, connection).finish(nil, into: &buffer)
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
  }

  /// `100 Continue`: the body may be sent.
  package static func writeContinue(into buffer: inout FixedBuffer) {
    buffer.append("HTTP/1.1 100 Continue\r\n\r\n")
  }

  private func finish(_ reason: StaticString?, into buffer: inout FixedBuffer) {
    if let reason {
      buffer.append("X-Nod-Reason: ")
      buffer.append(reason)
      buffer.append("\r\n")
    }
    switch connection {
    case .implied: buffer.append("\r\n")
    case .keepAlive: buffer.append("Connection: keep-alive\r\n\r\n")
    case .close: buffer.append("Connection: close\r\n\r\n")
    }
  }
}
