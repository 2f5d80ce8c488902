import LinuxIO
import Synchronization

/// A folder of its own for a test, removed when the test lets go of it.
final class TemporaryFolder: Sendable {
  private static let numbers = Atomic<Int>(0)

  let directory: Directory

  init() throws {
    let number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
    let nonce = UInt64.random(in: 0...UInt64.max)
    directory = Directory("/tmp/nod-audience-\(number)-\(String(nonce, radix: 36))")
    try directory.create()
  }

  deinit { try? directory.removeAll() }

  func path(_ name: String) -> String { directory.path(of: name) }

  /// Copies every file of a folder into another one, as a crash would leave them.
  static func copy(_ source: Directory, to target: Directory) throws {
    try target.create()
    for name in try source.list() {
      if try FileStatus.of(source.path(of: name))?.isDirectory == true {
        try copy(source.directory(name), to: target.directory(name))
      } else {
        let bytes = try File.contents(of: source.path(of: name), limit: 1 << 30)
        try target.remove(name)
        try File(target.path(of: name), .createNew).write(bytes.rawSpan)
      }
    }
  }
}
