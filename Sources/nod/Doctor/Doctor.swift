import BidServer
import Foundation
import LinuxIO

/// Checks whether a machine is fit to serve a configuration.
///
/// Only what makes a difference to Nod is looked at: settings that it does not depend on, such as
/// the range of outgoing ports (it opens no connections) or locked memory (it locks none), are not.
struct Doctor {
  /// What is to be served.
  let configuration: Configuration
  /// The machine.
  var machine = Machine()

  /// The process that serves the configuration's data folder now, if one does.
  var server: Int32? {
    guard let server = DataFolder.holder(of: configuration.dataDirectory),
      machine.runsThisProgram(server)
    else { return nil }
    return server
  }

  /// All findings, in the order of the chapters of the documentation.
  func examine() -> [Finding] {
    let server = server
    let ofProcess = [openFiles(server), priorities(server), coreDumps(server), user(server)]
    var findings = ofProcess.compactMap { $0 }
    findings += processorFindings + memoryFindings + clockFindings
    findings += storageFindings
    findings += secretFindings
    findings += networkFindings(server)
    return findings
  }

  /// What `/proc` calls the running server, or else this process.
  private static func name(_ server: Int32?) -> String { server.map { "\($0)" } ?? "self" }

  /// The limits that count are the running server's, which `LimitNOFILE=` sets; else this shell's.
  func openFiles(_ server: Int32?) -> Finding? {
    let process = Self.name(server)
    guard let limit = machine.limit("Max open files", of: process) else { return nil }
    let wanted = ServerLimits().connections + DoctorLimits.filesBesideConnections
    let found = "\(limit.hard) for \(ServerLimits().connections) connections"
    if limit.hard >= wanted { return .ok("open_files", found) }
    return .warn(
      "open_files", found,
      "set LimitNOFILE=\(1 << 20) in the unit, or `ulimit -Hn \(1 << 20)`; \(wanted) is the least")
  }

  /// What stands behind bids may rest in `SCHED_IDLE` only where it may come back from there: with
  /// the right to any priority, or a limit of 20 less its nice value (setrlimit(2)).
  func priorities(_ server: Int32?) -> Finding? {
    let process = Self.name(server)
    guard let limit = machine.limit("Max nice priority", of: process),
      let rights = machine.words(after: "CapEff:", in: "/proc/\(process)/status")?.first,
      let rights = UInt64(rights, radix: 16)
    else { return nil }
    if rights >> DoctorLimits.rightToPriorities & 1 == 1 {
      return .ok("priorities", "any is allowed")
    }
    let wanted = 20 - LinuxIOLimits.standbyNice
    if limit.soft >= wanted { return .ok("priorities", "`ulimit -e` is \(limit.soft)") }
    return .warn(
      "priorities", "`ulimit -e` is \(limit.soft): a bid may wait for what stands behind it",
      "set LimitNICE=+\(LinuxIOLimits.standbyNice) in the unit")
  }

  /// A core file holds the notice key and users' ids.
  func coreDumps(_ server: Int32?) -> Finding? {
    let process = Self.name(server)
    guard let limit = machine.limit("Max core file size", of: process) else { return nil }
    let pattern = machine.text("/proc/sys/kernel/core_pattern") ?? ""
    // A pattern with a pipe gets the core whatever the limit is.
    guard limit.soft > 0 || pattern.hasPrefix("|") else {
      return .ok("core_dumps", "off")
    }
    return .warn(
      "core_dumps", "a crash leaves a core file (`\(pattern)`), with the keys and user ids in it",
      "set LimitCORE=0 in the unit, or keep cores where only root reads them")
  }

  /// A server needs no rights but to its own files.
  func user(_ server: Int32?) -> Finding? {
    guard let server, let words = machine.words(after: "Uid:", in: "/proc/\(server)/status"),
      words.count > 1
    else { return nil }
    if words[1] != "0" { return .ok("user", "the server runs as user \(words[1])") }
    return .warn(
      "user", "the server runs as root",
      "run it under a user of its own, as packaging/nod.service does")
  }
}
