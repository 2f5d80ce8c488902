import GRDB
import LinuxIO

@testable import ControlStore

/// A control database in a folder of its own, which goes with it.
final class TemporaryDatabase: Sendable {
  let path: String
  let database: ControlDatabase
  var pool: DatabasePool { database.pool }
  private let folder: String

  init() throws {
    folder = "/tmp/nod-control-\(UInt64.random(in: 0 ... .max))"
    try Directory(folder).create()
    path = "\(folder)/\(ControlDatabase.fileName)"
    database = try ControlDatabase(path: path)
  }

  deinit {
    try? database.pool.close()
    try? Directory(folder).removeAll()
  }
}
