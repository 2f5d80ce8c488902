import CDeflate
import FixedMemory

/// Decodes whole gzip bodies (RFC 1952) into a caller's buffer; one for each worker.
@safe
package struct BodyDecompressor: ~Copyable {
  // Safety: allocated in init, freed in deinit, used by this value alone.
  private let decompressor: OpaquePointer

  /// What became of a body.
  package enum Outcome: Equatable, Sendable {
    /// The buffer holds the decoded bytes.
    case done
    /// The decoded bytes do not fit the buffer.
    case tooLarge
    /// The bytes are no gzip, cut, or do not match their checksum.
    case corrupt
  }

  package init() {
    // Safety: owned by this value from here on, freed in deinit.
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else {
      preconditionFailure("no memory for a decompressor")
    }
    unsafe self.decompressor = decompressor
  }

  deinit {
    // Safety: allocated in init.
    unsafe libdeflate_free_decompressor(decompressor)
  }

  /// Fills the buffer with what the gzip members hold, one after the other; what it held before is
  /// gone. Its capacity is the limit, so a bomb costs no more than that.
  ///
  /// - Complexity: O(body + buffer's capacity).
  package mutating func decompress(
    _ body: RawSpan, into buffer: inout FixedBuffer
  ) -> Outcome {
    buffer.removeAll()
    var place = 0
    repeat {
      var used = 0
      let result = decodeMember(body.slice(place, body.byteCount - place), &used, into: &buffer)
      switch result {
      case LIBDEFLATE_SUCCESS: place += used
      case LIBDEFLATE_INSUFFICIENT_SPACE: return .tooLarge
      default: return .corrupt
      }
    } while place < body.byteCount
    return .done
  }

  private func decodeMember(
    _ body: RawSpan, _ used: inout Int, into buffer: inout FixedBuffer
  ) -> libdeflate_result {
    var result = LIBDEFLATE_BAD_DATA
    // Safety: libdeflate reads the body and writes the buffer's free part within the sizes given.
    _ = unsafe body.withUnsafeBytes { source in
      unsafe buffer.fill { free in
        var written = 0
        result = unsafe libdeflate_gzip_decompress_ex(
          decompressor, source.baseAddress, source.count, free.baseAddress, free.count, &used,
          &written)
        return result == LIBDEFLATE_SUCCESS ? written : 0
      }
    }
    return result
  }
}
