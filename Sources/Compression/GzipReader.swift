import CZlib
import FixedMemory

/// Decodes a gzip file (RFC 1952) chunk by chunk: any number of members, zero padding behind the
/// last one, checksums and lengths verified by zlib.
///
/// Memory is bounded whatever the file says: the input chunk, zlib's window and the caller's
/// output buffer.
@safe
package struct GzipReader: ~Copyable, Sendable {
  /// Bytes of compressed input held at a time: some pages, so that a read is worth its call.
  package static let inputBytes = 64 << 10

  private enum Place { case start, member, betweenMembers, padding }

  // Safety: owned by this value alone; zlib keeps a pointer back to it, so it must not move and
  // is therefore allocated in init and freed in deinit.
  nonisolated(unsafe) private let stream: UnsafeMutablePointer<z_stream>
  private var input = FixedBuffer(capacity: Self.inputBytes)
  private var consumed = 0
  private var isInputAtEnd = false
  private var place = Place.start

  /// - Throws: ``GzipError/outOfMemory``.
  package init() throws {
    // Safety: zeroed as zlib asks, initialised before use, ended and freed in deinit.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 window bits, and 16 more for the gzip wrapper alone.
    let result = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw GzipError.outOfMemory }
  }

  deinit {
    // Safety: initialised in init; inflateEnd tolerates a stream whose initialisation failed.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends decoded bytes to `output`, at least one where true is returned; false at the end.
  ///
  /// - Parameters:
  ///   - output: a buffer with free capacity.
  ///   - refill: appends the file's next bytes, none at its end.
  /// - Throws: ``GzipError``, and what `refill` throws.
  package mutating func read(
    into output: inout FixedBuffer, refill: (inout FixedBuffer) throws -> Void
  ) throws -> Bool {
    precondition(output.freeCapacity > 0)
    while true {
      try refillIfEmpty(refill)
      let isEmpty = consumed == input.count
      switch place {
      case .start:
        if isEmpty { throw GzipError.truncated }
        place = .member
      case .member:
        if try inflateSome(into: &output) > 0 { return true }
        if isEmpty && place == .member { throw GzipError.truncated }
      case .betweenMembers:
        if isEmpty { return false }
        try startNextMember()
      case .padding:
        if isEmpty { return false }
        guard input.bytes.byte(at: consumed) == 0 else { throw GzipError.trailingBytes }
        consumed += 1
      }
    }
  }

  private mutating func refillIfEmpty(_ refill: (inout FixedBuffer) throws -> Void) throws {
    guard consumed == input.count, !isInputAtEnd else { return }
    input.removeAll()
    consumed = 0
    try refill(&input)
    isInputAtEnd = input.isEmpty
  }

  private mutating func startNextMember() throws {
    switch input.bytes.byte(at: consumed) {
    case 0x1F:
      // Safety: the stream is initialised and at its end.
      guard unsafe inflateReset(stream) == Z_OK else { throw GzipError.outOfMemory }
      place = .member
    case 0: place = .padding
    default: throw GzipError.trailingBytes
    }
  }

  /// Runs zlib once over the input left; returns the bytes it appended.
  private mutating func inflateSome(into output: inout FixedBuffer) throws -> Int {
    // Safety: the stream is owned by this value and initialised.
    let step = unsafe Self.inflateOnce(stream, input.bytes, from: consumed, into: &output)
    consumed += step.used
    try judge(step.result)
    return step.produced
  }

  private struct Step {
    var used = 0
    var produced = 0
    var result = Z_OK
  }

  private static func inflateOnce(
    _ stream: UnsafeMutablePointer<z_stream>, _ input: RawSpan, from offset: Int,
    into output: inout FixedBuffer
  ) -> Step {
    var step = Step()
    // Safety: zlib reads and writes only within the two buffers, whose lengths it is given; it
    // does not write through `next_in`, though the C type allows it.
    unsafe input.slice(offset, input.byteCount - offset).withUnsafeBytes { source in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      unsafe stream.pointee.avail_in = UInt32(source.count)
      step.produced = unsafe output.fill { free in
        unsafe stream.pointee.next_out = free.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(free.count)
        step.result = unsafe inflate(stream, Z_NO_FLUSH)
        return unsafe free.count - Int(stream.pointee.avail_out)
      }
      step.used = unsafe source.count - Int(stream.pointee.avail_in)
    }
    return step
  }

  private mutating func judge(_ result: Int32) throws {
    switch result {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: place = .betweenMembers
    case Z_MEM_ERROR: throw GzipError.outOfMemory
    default:
      // Safety: zlib's messages are static C strings.
      let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      throw GzipError.corrupt(message ?? "unknown error \(result)")
    }
  }
}
