import Foundation
import LinuxIO

extension Doctor {
  /// What the index needs of memory.
  var memoryFindings: [Finding] {
    [memory, swap, hugePages].compactMap { $0 }
  }

  /// What bids read of the index is in memory of the process, twice while layers are merged; the
  /// rest of it is mapped.
  var memory: Finding? {
    guard let kibibytes = machine.words(after: "MemTotal:", in: "/proc/meminfo")?.first,
      let total = Int(kibibytes).map({ $0 << 10 })
    else { return nil }
    let allowed = machine.controlGroup("memory.max").flatMap { Int($0) } ?? total
    let index = Self.bytes(in: "\(configuration.dataDirectory)/\(AudienceReading.storeFolder)")
    let found =
      "\(Self.size(min(allowed, total))) of memory, \(Self.size(index)) of index files"
    guard index > min(allowed, total) / 10 * 7 else { return .ok("memory", found) }
    return .warn(
      "memory", found,
      "what bids read of them is in memory, twice while they are merged, and what does not fit ends "
        + "the process: give it more, or keep fewer segments")
  }

  var swap: Finding? {
    guard let word = machine.words(after: "SwapTotal:", in: "/proc/meminfo")?.first,
      let kibibytes = Int(word)
    else { return nil }
    guard kibibytes > 0 else { return .ok("swap", "none") }
    let swappiness = machine.number("/proc/sys/vm/swappiness") ?? 60
    let found = "\(Self.size(kibibytes << 10)), vm.swappiness \(swappiness)"
    if swappiness <= 1 { return .ok("swap", found) }
    return .warn(
      "swap", found,
      "`swapoff -a`, MemorySwapMax=0 in the unit, or vm.swappiness=1: a bid that waits for a page "
        + "misses its deadline, and keys get onto the disk")
  }

  /// The kernel must not stop a thread to put huge pages together.
  var hugePages: Finding? {
    let folder = "/sys/kernel/mm/transparent_hugepage"
    guard let enabled = machine.choice("\(folder)/enabled") else { return nil }
    let defrag = machine.choice("\(folder)/defrag") ?? "madvise"
    let found = "enabled \(enabled), defrag \(defrag)"
    guard enabled != "never" else {
      return .warn(
        "huge_pages", found,
        "echo madvise > \(folder)/enabled: a lookup in a large index waits for the page table")
    }
    guard enabled == "always", defrag == "always" else { return .ok("huge_pages", found) }
    return .warn(
      "huge_pages", found,
      "echo defer+madvise > \(folder)/defrag: with `always` a thread that touches new memory may "
        + "wait for milliseconds")
  }

  /// The bytes of the files of a folder and those below it.
  static func bytes(in folder: String) -> Int {
    let manager = FileManager.default
    return (manager.subpaths(atPath: folder) ?? []).reduce(0) { sum, name in
      sum + ((try? FileStatus.of("\(folder)/\(name)"))??.size ?? 0)
    }
  }

  /// Bytes as people read them.
  static func size(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1_024, unit + 1 < units.count {
      value /= 1_024
      unit += 1
    }
    return unit == 0 ? "\(bytes) B" : String(format: "%.1f %@", value, units[unit])
  }
}
