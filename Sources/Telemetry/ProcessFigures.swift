import Foundation

/// What the kernel says of this process, under the names that Prometheus clients use.
struct ProcessFigures {
  let cpuSeconds: Double
  let residentBytes: Int
  let virtualBytes: Int
  let startSeconds: Double
  let openFiles: Int
  let maxFiles: Int?
  let threads: Int

  /// Read from `/proc/self`; nil where that is not mounted.
  static func current() -> ProcessFigures? {
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let nameEnd = stat.lastIndex(of: ")")
    else { return nil }
    // proc(5) numbers the fields from 1; the third follows the name.
    let fields = stat[stat.index(after: nameEnd)...].split(separator: " ").map(String.init)
    func field(_ number: Int) -> Double { Double(fields[number - 3]) ?? 0 }
    guard fields.count >= 22 else { return nil }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    return ProcessFigures(
      cpuSeconds: (field(14) + field(15)) / ticks,
      residentBytes: Int(field(24)) * sysconf(Int32(_SC_PAGESIZE)),
      virtualBytes: Int(field(23)), startSeconds: bootSeconds() + field(22) / ticks,
      openFiles: (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0,
      maxFiles: fileLimit(), threads: Int(field(20)))
  }

  /// Writes the families.
  func write(to page: inout MetricsText) {
    write(
      "process_cpu_seconds_total", .counter, "CPU time, user and system.", "\(cpuSeconds)", &page)
    write("process_resident_memory_bytes", .gauge, "Memory in RAM.", "\(residentBytes)", &page)
    write("process_virtual_memory_bytes", .gauge, "Address space.", "\(virtualBytes)", &page)
    write("process_start_time_seconds", .gauge, "Start, since 1970.", "\(startSeconds)", &page)
    write("process_open_fds", .gauge, "Open file descriptors.", "\(openFiles)", &page)
    if let maxFiles {
      write("process_max_fds", .gauge, "Limit of file descriptors.", "\(maxFiles)", &page)
    }
    write("process_threads", .gauge, "Threads.", "\(threads)", &page)
  }

  private func write(
    _ name: String, _ kind: MetricsText.Kind, _ help: String, _ value: String,
    _ page: inout MetricsText
  ) {
    page.family(name, kind, help)
    page.sample(name, [], value)
  }

  private static func bootSeconds() -> Double {
    let stat = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
    let line = stat.split(separator: "\n").first { $0.hasPrefix("btime ") }
    return line.flatMap { Double($0.dropFirst(6)) } ?? 0
  }

  private static func fileLimit() -> Int? {
    let limits = (try? String(contentsOfFile: "/proc/self/limits", encoding: .utf8)) ?? ""
    let line = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") }
    return line?.split(separator: " ").dropFirst(3).first.flatMap { Int($0) }
  }
}
