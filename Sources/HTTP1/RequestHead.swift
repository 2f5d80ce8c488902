import FixedMemory

/// What a request's head says, as far as this server acts on it.
///
/// Slices count from the head's first byte and hold no memory.
package struct RequestHead: Equatable, Sendable, BitwiseCopyable {
  package enum Method: UInt8, Sendable, BitwiseCopyable {
    case get, head, post, other
  }

  /// HTTP/1.0 or 1.1; higher minor versions count as 1.1 (RFC 9112 section 2.3).
  package enum Version: UInt8, Sendable, BitwiseCopyable {
    case http10, http11
  }

  /// How the end of the body is found (RFC 9112 section 6.3).
  package enum Framing: UInt8, Sendable, BitwiseCopyable {
    /// Neither a length nor chunks: there is no body.
    case none
    /// ``RequestHead/contentLength`` bytes.
    case length
    case chunked
  }

  package enum ContentEncoding: UInt8, Sendable, BitwiseCopyable {
    case identity, gzip, unsupported
  }

  package enum ContentType: UInt8, Sendable, BitwiseCopyable {
    /// No type, `text/plain`, `text/json`, or any that ends in `json`.
    case json
    case unsupported
  }

  package var method = Method.other
  package var version = Version.http11
  package var framing = Framing.none
  package var contentEncoding = ContentEncoding.identity
  package var contentType = ContentType.json
  /// Whether another request may follow on the connection.
  package var keepAlive = true
  /// Whether the client waits for `100 Continue` before it sends the body.
  package var expectContinue = false
  /// Whether the answer may be gzipped.
  package var acceptsGzip = false
  /// The path without its query; of `http://host/path` only the path.
  package var path = ByteSlice.empty
  /// What follows the path and `?`; empty where nothing does.
  package var query = ByteSlice.empty
  /// The body's bytes where framing is ``Framing/length``, else 0; a length past 18 digits is
  /// `Int.max`.
  package var contentLength = 0

  package init() {}
}
