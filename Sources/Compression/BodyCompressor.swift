import CDeflate
import FixedMemory

/// Encodes whole bodies as gzip (RFC 1952) into a caller's buffer; one for each worker.
@safe
package struct BodyCompressor: ~Copyable {
  /// The second lowest of 12: an answer of some KiB is to cost microseconds.
  private static let level: Int32 = 2

  // Safety: allocated in init, freed in deinit, used by this value alone.
  private let compressor: OpaquePointer

  package init() {
    // Safety: owned by this value from here on, freed in deinit.
    guard let compressor = unsafe libdeflate_alloc_compressor(Self.level) else {
      preconditionFailure("no memory for a compressor")
    }
    unsafe self.compressor = compressor
  }

  deinit {
    // Safety: allocated in init.
    unsafe libdeflate_free_compressor(compressor)
  }

  /// Fills the buffer with another's bytes as one gzip member; false where it does not fit.
  ///
  /// - Complexity: O(bytes).
  package mutating func compress(
    _ source: borrowing FixedBuffer, into buffer: inout FixedBuffer
  ) -> Bool {
    compress(source.bytes, into: &buffer)
  }

  /// Fills the buffer with the body as one gzip member; false where it does not fit.
  ///
  /// - Complexity: O(body).
  package mutating func compress(_ body: RawSpan, into buffer: inout FixedBuffer) -> Bool {
    buffer.removeAll()
    // Safety: libdeflate reads the body and writes the buffer's free part within the sizes given.
    let written = unsafe body.withUnsafeBytes { source in
      unsafe buffer.fill { free in
        unsafe libdeflate_gzip_compress(
          compressor, source.baseAddress, source.count, free.baseAddress, free.count)
      }
    }
    return written > 0
  }
}
