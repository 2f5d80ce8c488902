import LinuxIO

/// Why the audiences of a data folder cannot be opened or changed.
package enum AudienceStoreError: Error, Equatable, Sendable {
  /// A file is not what was written; nothing was changed.
  case damaged(path: String, reason: String)
  /// Another process has the folder open.
  case inUse(path: String)
  /// An earlier write failed half way: only a restart shows what is on the disk.
  case broken
  /// The file system refused.
  case file(FileError)
}

extension AudienceStoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .damaged(let path, let reason): "\(path): \(reason)"
    case .inUse(let path): "\(path): in use by another process"
    case .broken: "an earlier write of the audience store failed; restart to continue"
    case .file(let error): error.description
    }
  }
}
