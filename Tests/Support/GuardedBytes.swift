import Glibc

/// A copy of some bytes that ends at a page which must not be touched: a read past the end stops
/// the process instead of passing unseen.
@safe
public final class GuardedBytes: @unchecked Sendable {
  // Safety: mapped in init and unmapped in deinit; only the copied bytes are lent.
  private let base: UnsafeMutableRawPointer
  private let mappedBytes: Int
  private let offset: Int
  /// The bytes held.
  public let count: Int

  public init(_ bytes: some Collection<UInt8>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    count = bytes.count
    let readable = (count + page - 1) / page * page
    mappedBytes = readable + page
    offset = readable - count
    // Safety: a fresh mapping of this size; its last page is made unreadable.
    let mapping = unsafe mmap(
      nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      fatalError("no memory for guarded bytes")
    }
    unsafe base = mapping
    unsafe UnsafeMutableRawBufferPointer(start: mapping + offset, count: count)
      .copyBytes(from: bytes)
    precondition(unsafe mprotect(mapping + readable, page, PROT_NONE) == 0)
  }

  deinit {
    // Safety: mapped in init with this size.
    _ = unsafe munmap(base, mappedBytes)
  }

  /// Lends the bytes.
  public func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
    // Safety: the span covers the copied bytes, which live as long as this object.
    try unsafe body(RawSpan(_unsafeStart: base + offset, byteCount: count))
  }
}
