import FixedMemory

@testable import AudienceIngest

/// Bytes in memory that arrive in pieces of a given size.
struct MemorySource: ByteSource {
  let bytes: [UInt8]
  var chunk = Int.max
  var offset = 0

  init(_ bytes: [UInt8], chunk: Int = .max) {
    self.bytes = bytes
    self.chunk = chunk
  }

  init(_ text: String, chunk: Int = .max) { self.init(Array(text.utf8), chunk: chunk) }

  mutating func read(into buffer: inout FixedBuffer) throws -> Bool {
    let end = offset + min(chunk, buffer.freeCapacity, bytes.count - offset)
    guard end > offset else { return false }
    let piece = Array(bytes[offset..<end])
    buffer.append(piece.rawSpan)
    offset = end
    return true
  }
}
