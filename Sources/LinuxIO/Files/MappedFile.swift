import Glibc

/// The bytes of a file in memory, read-only, for as long as an owner lives.
///
/// A mapping may have several owners (``shared()``); the last one that ends unmaps it. Reading
/// ``bytes`` touches no reference count. The file must not be cut or written while it is mapped.
@safe @usableFromInline
package struct MappedFile: ~Copyable, Sendable {
  // Safety: the memory is mapped while `mapping` lives, which this value holds.
  @usableFromInline nonisolated(unsafe) let base: UnsafeRawPointer?
  /// The bytes that are mapped.
  @usableFromInline package let byteCount: Int
  private let mapping: Mapping?

  /// How the pages will be read.
  package enum Advice: Sendable {
    /// In no order: nothing is read ahead.
    case random
    /// From front to back: much is read ahead.
    case sequential
    /// Soon: reading starts at once.
    case willNeed
    /// Not soon: its pages leave the page table, and the memory where that is short.
    case unneeded
    /// Now: the call returns when the pages are in memory and in the page table (Linux 5.14).
    case populate

    var code: Int32 {
      switch self {
      case .random: MADV_RANDOM
      case .sequential: MADV_SEQUENTIAL
      case .willNeed: MADV_WILLNEED
      case .unneeded: MADV_DONTNEED
      case .populate: 22  // MADV_POPULATE_READ, newer than some C libraries
      }
    }
  }

  /// Maps the whole of a file as long as it is now.
  package init(_ file: borrowing File) throws(FileError) {
    let mapping = try Mapping(file)
    // Safety: the address and length are the mapping's, which is held beside them.
    unsafe self.init(
      base: mapping.map { unsafe UnsafeRawPointer($0.memory) }, byteCount: mapping?.byteCount ?? 0,
      mapping: mapping)
  }

  /// Opens and maps a path.
  package init(path: String) throws(FileError) {
    let file = try File(path, .read)
    try self.init(file)
  }

  // Safety: the caller vouches for the mapping that it hands over.
  @unsafe private init(base: UnsafeRawPointer?, byteCount: Int, mapping: Mapping?) {
    unsafe self.base = base
    self.byteCount = byteCount
    self.mapping = mapping
  }

  /// No bytes.
  package static var empty: MappedFile {
    unsafe MappedFile(base: nil, byteCount: 0, mapping: nil)
  }

  /// Another owner of the same memory.
  package func shared() -> MappedFile {
    // Safety: the copy holds the mapping too.
    unsafe MappedFile(base: base, byteCount: byteCount, mapping: mapping)
  }

  /// The file's bytes.
  @inlinable
  package var bytes: RawSpan {
    @_lifetime(borrow self) @inline(__always) get {
      // Safety: `byteCount` bytes are mapped, and the span borrows this value.
      let buffer = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
      let span = unsafe RawSpan(_unsafeBytes: buffer)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the bytes from an offset on, in memory that the kernel makes up of large pages where
  /// it can, so that reads all over it need no look at the page table; nil where that is no use
  /// (few bytes, or a kernel told to make no large pages), or where there is no such memory.
  ///
  /// - Complexity: O(bytes).
  package func copyInLargePages(from offset: Int) -> MappedFile? {
    precondition(offset >= 0 && offset <= byteCount)
    let count = byteCount - offset
    guard count >= Mapping.largePageBytes, Mapping.mayBeLarge, let start = unsafe base,
      let mapping = unsafe Mapping(copying: start + offset, count)
    else { return nil }
    // Safety: the address and length are the mapping's, which is held beside them.
    return unsafe MappedFile(
      base: UnsafeRawPointer(mapping.memory), byteCount: count, mapping: mapping)
  }

  /// Tells the kernel how a part will be read; a hint, so an error is of no consequence.
  package func advise(_ advice: Advice, offset: Int = 0, count: Int? = nil) {
    guard let start = unsafe base else { return }
    let page = 4096
    let first = max(0, offset) / page * page
    let end = min(byteCount, offset + (count ?? byteCount))
    guard first < end else { return }
    // Safety: the range lies inside the mapping and starts at a page.
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, advice.code)
  }
}

/// What unmaps the memory when its last owner ends.
@safe
private final class Mapping: Sendable {
  // Safety: the address and length of one successful mmap; unmapped once, in deinit.
  nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  let byteCount: Int

  /// Maps a file; nil when it is empty.
  init?(_ file: borrowing File) throws(FileError) {
    byteCount = try file.size()
    guard byteCount > 0 else { return nil }
    // Safety: the kernel chooses the address; the memory is owned by this object.
    let memory = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, file.descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw .last("mmap", file.path)
    }
    unsafe self.memory = memory
  }

  /// The large pages of x86-64, and of arm64 with small pages of 4 KiB.
  static var largePageBytes: Int { 2 << 20 }

  /// Whether the kernel makes large pages for who asks for them.
  static let mayBeLarge: Bool = {
    let path = "/sys/kernel/mm/transparent_hugepage/enabled"
    guard let text = try? File.contents(of: path, limit: 1 << 16) else { return false }
    return !String(decoding: text, as: UTF8.self).contains("[never]")
  }()

  /// Maps memory for some bytes, in large pages where the kernel has them, and copies them; nil
  /// where there is none.
  @unsafe init?(copying bytes: UnsafeRawPointer, _ count: Int) {
    byteCount = (count + Self.largePageBytes - 1) / Self.largePageBytes * Self.largePageBytes
    // Safety: the kernel chooses the address; the memory is owned by this object, and as long as
    // what is copied. From Linux 6.7 on, large mappings start at a large page; before, both ends
    // are made up of small ones.
    let memory = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
    // Safety: all three calls stay inside the mapping, whose length is `byteCount` ≥ `count`; the
    // caller vouches for the bytes that are copied, and nobody else knows the memory yet.
    _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
    unsafe memory.copyMemory(from: bytes, byteCount: count)
    _ = unsafe mprotect(memory, byteCount, PROT_READ)
    unsafe self.memory = memory
  }

  deinit { unsafe _ = munmap(memory, byteCount) }
}
