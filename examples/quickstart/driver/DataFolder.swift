import Foundation
import LinuxIO

/// The folder of the quickstart's server, empty at every start: files that were taken in once
/// would be replays.
///
/// A marker file says that the quickstart made the folder; without it nothing is removed. While
/// the value lives, the marker is locked, so that no second quickstart removes the folder.
struct DataFolder: ~Copyable {
  private static let marker = ".made-by-make-run"
  private static let explanation = "`make run` empties this folder whenever it starts.\n"

  private let path: String
  private let lock: File

  /// Makes the folder, or empties it.
  init(_ path: String) throws {
    let manager = FileManager.default
    let marker = "\(path)/\(Self.marker)"
    let names = (try? manager.contentsOfDirectory(atPath: path)) ?? []
    guard names.isEmpty || names.contains(Self.marker) else {
      throw Failure("\(path) was not made by the quickstart; move it away, or remove it")
    }
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    if names.isEmpty { try Data(Self.explanation.utf8).write(to: URL(fileURLWithPath: marker)) }
    let lock = try File(marker, .readWrite)
    guard try lock.tryLock() else { throw Failure("another quickstart runs in \(path)") }
    for name in names where name != Self.marker {
      try manager.removeItem(atPath: "\(path)/\(name)")
    }
    self.path = path
    self.lock = lock
  }

  /// The path of a file in the folder.
  func path(of name: String) -> String { "\(path)/\(name)" }
}
