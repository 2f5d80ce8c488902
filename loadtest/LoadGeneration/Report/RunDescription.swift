import Foundation

/// What a run was: for people and for those who compare results later.
package struct RunDescription: Encodable, Sendable {
  /// The label that was given to the run.
  package var label: String?
  /// The URL.
  package let target: String
  /// The plan of its rate, in words.
  package let load: String
  /// Connections, threads and bodies, in words.
  package let shape: String
  /// When it began, as ISO 8601 in UTC.
  package let started: String
  /// The machine's processor, its number of processors, and its memory.
  package let machine: String
  /// The kernel.
  package let kernel: String
  /// The commit of the working tree that the run was started in, if it is one.
  package let commit: String?
  /// The command line.
  package let command: [String]

  /// Describes a run on this machine.
  package init(
    _ plan: LoadPlan, url: String, label: String?, command: [String], startedMilliseconds: Int64
  ) {
    self.label = label
    target = url
    load = Self.load(plan)
    shape = Self.shape(plan)
    started = Self.date(milliseconds: startedMilliseconds)
    machine = MachineDescription.machine
    kernel = MachineDescription.kernel
    commit = MachineDescription.commit
    self.command = command
  }

  private static func load(_ plan: LoadPlan) -> String {
    let warmUp =
      plan.warmUpNanoseconds > 0
      ? " after \(seconds(plan.warmUpNanoseconds)) of warm-up" : ""
    let time = " for \(seconds(plan.measuredNanoseconds))\(warmUp)"
    switch plan.arrivals {
    case .closed: return "closed loop" + time
    case .recorded(let times): return "replay of \(times.count) recorded requests" + time
    case .profile(let profile, let isPoisson):
      let parts = plan.warmUpNanoseconds > 0 ? Array(profile.parts.dropFirst()) : profile.parts
      let rates = parts.prefix(8).map { part in
        part.startRate == part.endRate
          ? Quantity.grouped(part.startRate)
          : "\(Quantity.grouped(part.startRate))–\(Quantity.grouped(part.endRate))"
      }
      let more = parts.count > 8 ? ", …" : ""
      let spacing = isPoisson ? "Poisson" : "evenly spaced"
      return "open loop, \(spacing), \(rates.joined(separator: ", "))\(more) a second" + time
    }
  }

  private static func shape(_ plan: LoadPlan) -> String {
    var parts = [
      count(plan.connections, "connection"), count(plan.threads, "thread"),
      count(plan.mix.corpus.entries.count, "body", "bodies"),
    ]
    if let requests = plan.requestsPerConnection {
      parts.append("about \(requests) requests a connection")
    }
    if let lifetime = plan.connectionNanoseconds {
      parts.append("connections live about \(seconds(lifetime))")
    }
    if plan.mix.isCompressed { parts.append("gzip") }
    if let notices = plan.notices {
      parts.append("notices, \(Quantity.percent(notices.winRate)) won")
    }
    return parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ one: String, _ more: String? = nil) -> String {
    "\(Quantity.grouped(UInt64(number))) \(number == 1 ? one : more ?? one + "s")"
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    let value = Double(nanoseconds) / 1e9
    return value == value.rounded() ? "\(Int(value)) s" : Quantity.fixed(value, 2) + " s"
  }

  private static func date(milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
  }
}

/// The machine that this process runs on.
enum MachineDescription {
  /// The processor's name, how many there are, and the memory.
  static var machine: String {
    let memory = ProcessInfo.processInfo.physicalMemory >> 30
    return "\(processor), \(ProcessInfo.processInfo.activeProcessorCount) processors, \(memory) GiB"
  }

  /// The kernel's name and release.
  static var kernel: String {
    "Linux " + (text("/proc/sys/kernel/osrelease") ?? "unknown")
  }

  /// The commit of the working tree, with `, changed` where files differ from it.
  static var commit: String? {
    guard let commit = git(["rev-parse", "--short=12", "HEAD"]) else { return nil }
    let changes = git(["status", "--porcelain", "--untracked-files=no"]) ?? ""
    return changes.isEmpty ? commit : commit + ", changed"
  }

  private static var processor: String {
    let lines = (text("/proc/cpuinfo") ?? "").split(separator: "\n")
    let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func git(_ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
