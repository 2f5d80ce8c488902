import Synchronization

/// How far the file that is being taken in was read: written by the thread that reads, read by any.
package final class IngestProgress: Sendable {
  /// A file on its way into the index.
  package struct Reading: Equatable, Sendable {
    /// The source's name.
    package let source: String
    /// The file's name, without folders.
    package let file: String
    /// Bytes read so far, of the file as delivered.
    package var readBytes: Int

    package init(source: String, file: String, readBytes: Int) {
      self.source = source
      self.file = file
      self.readBytes = readBytes
    }
  }

  private let reading = Mutex<Reading?>(nil)
  private let readBytes = Atomic<Int>(0)

  package init() {}

  /// The file that is being read; nil between files.
  package var current: Reading? {
    reading.withLock { reading in
      guard var current = reading else { return nil }
      current.readBytes = readBytes.load(ordering: .relaxed)
      return current
    }
  }

  /// A file is read from its start.
  package func begin(_ source: String, _ file: String) {
    reading.withLock { reading in
      readBytes.store(0, ordering: .relaxed)
      reading = Reading(source: source, file: file, readBytes: 0)
    }
  }

  /// Some more bytes were read.
  func add(_ count: Int) { readBytes.wrappingAdd(count, ordering: .relaxed) }

  /// No file is read any more.
  package func end() { reading.withLock { $0 = nil } }
}
