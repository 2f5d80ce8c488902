import Foundation
import LinuxIO

/// A bar on the terminal that shows how far this process has read some files.
///
/// It asks the kernel for the places in the open files, so that whoever reads them need not tell.
final class ProgressBar: Sendable {
  private static let columns = 40

  private let stop = StopSignal()
  private let thread: LinuxIO.Thread

  /// Shows a bar until it is finished; nil where standard error is no terminal.
  init?(_ paths: [String]) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let stop = self.stop
    let sizes = paths.map { (try? FileStatus.of($0))??.size ?? 0 }
    let started = try? LinuxIO.Thread(name: "nod-progress") {
      var places = [Int](repeating: 0, count: paths.count)
      while !stop.isSet {
        let open = Self.openFiles()
        for (index, path) in paths.enumerated() {
          let place = open.first { $0.path.hasSuffix("/" + path) || $0.path == path }?.place
          places[index] = max(places[index], min(place ?? 0, sizes[index]))
        }
        Self.draw(read: places.reduce(0, +), of: max(1, sizes.reduce(0, +)))
        stop.sleep(milliseconds: 100)
      }
    }
    guard let started else { return nil }
    thread = started
  }

  /// Takes the bar away.
  func finish() {
    stop.set()
    thread.join()
    Self.write("\r\u{1B}[K")
  }

  private static func draw(read: Int, of total: Int) {
    let filled = read * columns / total
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: columns - filled)
    write("\r[\(bar)] \(read * 100 / total) %")
  }

  private static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// The paths of the open files and the next byte of each.
  private static func openFiles() -> [(path: String, place: Int)] {
    let manager = FileManager.default
    let numbers = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return numbers.compactMap { number in
      guard
        let path = try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)"),
        let lines = try? String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8),
        let place = lines.split(separator: "\n").first?.split(separator: "\t").last
      else { return nil }
      return (path, Int(place) ?? 0)
    }
  }
}
