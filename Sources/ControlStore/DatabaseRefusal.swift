import GRDB

/// Why the database could not be written, where it is not Nod's mistake.
package enum DatabaseRefusal: Sendable, Equatable {
  /// The disk has no room.
  case full
  /// Another write took too long.
  case busy

  /// The reason behind an error; nil for every other error.
  package init?(_ error: any Error) {
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_FULL: self = .full
    case .SQLITE_BUSY: self = .busy
    default: return nil
    }
  }
}
