import GRDB

/// What must last of the control plane, in one SQLite file: `DATA_DIR/control.sqlite`.
///
/// Reads go on beside a write (write-ahead log). A write is on the disk when it returns
/// (`synchronous = FULL`).
package final class ControlDatabase: Sendable {
  /// The file's name in a data folder.
  package static let fileName = "control.sqlite"

  package let pool: DatabasePool

  /// Opens the file, makes it where it is missing, and brings its tables up to date.
  ///
  /// - Throws: SQLite's `DatabaseError`; one of a newer Nod is refused.
  package init(path: String) throws {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(StoreLimits.busySeconds)
    configuration.maximumReaderCount = StoreLimits.readers
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    pool = try DatabasePool(path: path, configuration: configuration)
    try Migrations.migrator.migrate(pool)
    guard try pool.read({ try !Migrations.migrator.hasBeenSuperseded($0) }) else {
      throw ControlDatabaseError.newer(path: path)
    }
  }

  /// Opens a file for a command that changes nothing in it.
  package init(reading path: String) throws {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(StoreLimits.busySeconds)
    pool = try DatabasePool(path: path, configuration: configuration)
  }
}

/// What keeps a control database from being used.
package enum ControlDatabaseError: Error, CustomStringConvertible {
  /// A later release has changed its tables.
  case newer(path: String)

  package var description: String {
    switch self {
    case .newer(let path): "\(path): written by a newer release of Nod"
    }
  }
}
