import AuctionTypes
import FixedMemory
import LinuxIO

/// The lines of one file, or of the files of one manifest, on their way into the index.
///
/// Nothing shows before ``AudienceStore/commit(_:files:now:)``; a batch that is dropped leaves no
/// trace. Memory is bounded: lines are sorted and written to a temporary file whenever they fill
/// ``Limits/stageMemoryBytes``. Used by one thread.
package final class StagedBatch {
  /// What the batch means for what its lines do not say.
  let mode: StageMode
  /// Which segments are the source's: those whose name starts so.
  let segmentPrefix: String
  /// The first sequence number of each file.
  private(set) var fileStarts: [UInt64] = []
  private(set) var runs: [SharedRun] = []
  private let directory: Directory
  private let name: String
  private let memoryBytes: Int
  private var lines: [StagedLine] = []
  private var changes = ByteWriter()
  private var sequence: UInt64 = 0

  init(
    mode: StageMode, segmentPrefix: String, directory: Directory, name: String,
    memoryBytes: Int = Limits.stageMemoryBytes
  ) {
    self.mode = mode
    self.segmentPrefix = segmentPrefix
    self.directory = directory
    self.name = name
    self.memoryBytes = memoryBytes
  }

  deinit {
    for run in runs { _ = try? directory.remove(run.run.name) }
  }

  /// The lines added so far, in all files.
  package var lineCount: Int { Int(sequence) }

  /// Starts the next file; its lines come after those of the files before. Returns its index in
  /// the counts of the commit.
  @discardableResult
  package func beginFile() -> Int {
    fileStarts.append(sequence)
    return fileStarts.count - 1
  }

  /// Adds a line in the order of the file. Of several changes of a user and a segment the last one
  /// counts.
  ///
  /// - Precondition: a file was begun.
  /// - Throws: what writing a sorted file throws, and an error of its size when there would be more
  ///   than ``Limits/stageRuns`` of them.
  package func add(_ user: UserKey, _ line: [SegmentChange]) throws(FileError) {
    precondition(!fileStarts.isEmpty, "lines belong to a file")
    let offset = changes.count
    ChangeCodec.encode(line, into: &changes)
    lines.append(
      StagedLine(key: user, sequence: sequence, offset: offset, end: changes.count))
    sequence += 1
    if lines.count * MemoryLayout<StagedLine>.stride + changes.count >= memoryBytes {
      try spill()
    }
  }

  /// The file that a line belongs to.
  ///
  /// - Complexity: O(log files).
  func file(of sequence: UInt64) -> Int {
    var low = 0
    var high = fileStarts.count
    while low < high {
      let middle = (low + high) / 2
      if fileStarts[middle] <= sequence { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// Sorts what is in memory and writes it to a file of its own.
  func spill() throws(FileError) {
    guard !lines.isEmpty else { return }
    guard runs.count < Limits.stageRuns else {
      throw FileError.tooLarge("stage", directory.path)
    }
    lines.sort(by: StagedLine.precedes)
    let run = try StagedRun(lines, changes, directory, name: "\(name)-\(runs.count)")
    runs.append(SharedRun(run))
    lines.removeAll(keepingCapacity: true)
    changes.removeAll()
  }
}
