import FixedMemory
import Foundation
import LinuxIO

extension Doctor {
  /// What the journal, the events and the index are written to.
  var storageFindings: [Finding] {
    let folder = Self.nearestFolder(to: configuration.dataDirectory)
    do {
      let system = try FileSystem.of(folder)
      return Self.judge(system) + [Self.judge(syncMilliseconds: try Self.syncTimes(in: folder))]
    } catch {
      return [
        .fail(
          "data_dir", "\(error)",
          "run this as the server's user; it must own data_dir, as StateDirectory= arranges")
      ]
    }
  }

  /// The folder itself or, before the first start, the nearest above it: nothing is made here.
  static func nearestFolder(to path: String) -> String {
    var folder = path
    while (try? FileStatus.of(folder))??.isDirectory != true {
      let parent = (folder as NSString).deletingLastPathComponent
      guard !parent.isEmpty, parent != folder else { return folder.hasPrefix("/") ? "/" : "." }
      folder = parent
    }
    return folder
  }

  /// What kind of file system it is, and how much room it has.
  static func judge(_ system: FileSystem) -> [Finding] {
    var findings = [judge(system.keeping, system.name)]
    let free = "\(size(system.availableBytes)) free"
    if system.availableBytes < DoctorLimits.leastFreeBytes {
      findings.append(
        .fail("disk_space", free, "make room: a full disk stops all bidding until a restart"))
    } else if system.availableBytes < DoctorLimits.comfortableFreeBytes {
      findings.append(
        .warn("disk_space", free, "events take 9 GB a day at 1,000 bids a second, kept 30 days"))
    } else {
      findings.append(.ok("disk_space", free))
    }
    if let files = system.availableFiles, files < DoctorLimits.leastFreeFiles {
      findings.append(
        .fail("disk_inodes", "\(files) files can be made", "remove files, or format with more"))
    }
    return findings
  }

  private static func judge(_ keeping: FileSystem.Keeping, _ name: String) -> Finding {
    switch keeping {
    case .local: .ok("file_system", name)
    case .volatile:
      .fail(
        "file_system", "\(name): gone when the machine starts again",
        "put data_dir on a disk: it holds what was spent")
    case .remote:
      .warn(
        "file_system", "\(name): behind a network",
        "put data_dir on a local disk: notices wait for it, and its lock may not hold")
    case .layered:
      .warn(
        "file_system", "\(name): goes with the container",
        "mount a volume at data_dir: it holds what was spent")
    case .unknown:
      .warn("file_system", name, "not known to keep what fdatasync promises; ext4 and xfs do")
    }
  }

  /// How long a billing notice waits at least for the disk.
  static func judge(syncMilliseconds times: [Double]) -> Finding {
    let sorted = times.sorted()
    guard let longest = sorted.last else {
      return .fail("disk_sync", "nothing was measured", "please report this")
    }
    let median = sorted[sorted.count / 2]
    let found = String(
      format: "fdatasync takes %.2f ms, at most %.2f ms of %d", median, longest, sorted.count)
    if median > DoctorLimits.brokenSyncMilliseconds {
      return .fail("disk_sync", found, "use another disk: billing notices give up after 5 s")
    }
    guard median > DoctorLimits.slowSyncMilliseconds else { return .ok("disk_sync", found) }
    return .warn(
      "disk_sync", found,
      "use a disk with a write cache that survives power cuts: each billing "
        + "notice waits for it")
  }

  /// Milliseconds of each of some writes that were waited for.
  static func syncTimes(in folder: String) throws -> [Double] {
    let directory = Directory(folder)
    let name = ".doctor-\(ProcessInfo.processInfo.processIdentifier)"
    let file = try File(directory.path(of: name), .createNew, mode: 0o600)
    defer { _ = try? directory.remove(name) }
    let block = [UInt8](repeating: 0xA5, count: DoctorLimits.syncBytes)
    return try (0..<DoctorLimits.syncRounds).map { _ in
      let start = Clock.monotonicNanoseconds()
      try file.write(block.rawSpan)
      try file.syncData()
      return Double(Clock.monotonicNanoseconds() - start) / 1e6
    }
  }
}
