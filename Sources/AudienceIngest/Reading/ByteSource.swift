import FixedMemory

/// Where the decoded bytes of an upload come from: a file, plain or gzip, or memory.
protocol ByteSource: ~Copyable {
  /// Appends some bytes to a buffer with free capacity; false, and none, at the end.
  mutating func read(into buffer: inout FixedBuffer) throws -> Bool
}
