import FixedMemory
import Glibc
import LinuxIO

/// What the kernel counts of the target's process, where it runs on this machine.
package struct TargetProcess: Sendable {
  /// Processor time of all its threads, also of those that ended, in nanoseconds.
  package let processorNanoseconds: UInt64
  /// Its resident memory in bytes.
  package let residentBytes: UInt64

  /// Figures that were read elsewhere.
  init(processorNanoseconds: UInt64, residentBytes: UInt64) {
    self.processorNanoseconds = processorNanoseconds
    self.residentBytes = residentBytes
  }

  /// Reads `/proc/PID/stat`; nil where there is no such process.
  package init?(_ processID: Int32) {
    guard let file = try? File("/proc/\(processID)/stat", .read) else { return nil }
    var buffer = FixedBuffer(capacity: 4096)
    guard let count = try? file.read(into: &buffer), count > 0 else { return nil }
    let text = String(decoding: (0..<count).map { buffer.bytes.byte(at: $0) }, as: UTF8.self)
    // The name in the second field may hold blanks and parentheses.
    guard let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 21, let user = UInt64(fields[11]), let system = UInt64(fields[12]),
      let pages = UInt64(fields[21])
    else { return nil }
    let tick = UInt64(1_000_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK))))
    processorNanoseconds = (user + system) * tick
    residentBytes = pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
  }
}
