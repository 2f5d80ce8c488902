/// Why a gzip file cannot be read to its end.
package enum GzipError: Error, Equatable, Sendable {
  /// The file ends inside a member.
  case truncated
  /// A header, a block or a checksum is wrong; zlib's word for it.
  case corrupt(String)
  /// Bytes that are neither a member nor zero padding follow the last member.
  case trailingBytes
  /// zlib found no memory.
  case outOfMemory
}

extension GzipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated: "the gzip file is truncated"
    case .corrupt(let message): "the gzip file is corrupt: \(message)"
    case .trailingBytes: "the gzip file has trailing bytes"
    case .outOfMemory: "no memory to decode the gzip file"
    }
  }
}
