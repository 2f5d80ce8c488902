import CLinux
import Glibc

/// The file system that a path is on.
package struct FileSystem: Equatable, Sendable {
  /// Its name, such as `ext4`; the number in hexadecimal where it is none of the usual.
  package let name: String
  /// Bytes that a process without rights may still write.
  package let availableBytes: Int
  /// Files that may still be made; nil where the file system has no limit of its own.
  package let availableFiles: Int?

  /// What a file system makes of data.
  package enum Keeping: Sendable {
    /// It is on a disk of this machine.
    case local
    /// It is gone when the machine starts again.
    case volatile
    /// It is behind a network, whose locks and times are not those of a disk.
    case remote
    /// It is the upper layer of a container, which goes with the container.
    case layered
    /// Nothing is known.
    case unknown
  }

  /// What it makes of data.
  package let keeping: Keeping

  /// The file system of a path that exists.
  package static func of(_ path: String) throws(FileError) -> FileSystem {
    var status = statfs()
    // Safety: the structure is owned by this frame.
    guard unsafe statfs(path, &status) == 0 else { throw .last("statfs", path) }
    let magic = UInt32(truncatingIfNeeded: status.f_type)
    let known = kinds[magic]
    return FileSystem(
      name: known?.name ?? "0x\(String(magic, radix: 16))",
      availableBytes: Int(clamping: status.f_bavail) * Int(status.f_frsize),
      availableFiles: status.f_files == 0 ? nil : Int(clamping: status.f_ffree),
      keeping: known?.keeping ?? .unknown)
  }

  /// By the numbers of statfs(2).
  private static let kinds: [UInt32: (name: String, keeping: Keeping)] = [
    0xEF53: ("ext4", .local), 0x5846_5342: ("xfs", .local), 0x9123_683E: ("btrfs", .local),
    0x2FC1_2FC1: ("zfs", .local), 0xF2F5_2010: ("f2fs", .local),
    0x0102_1994: ("tmpfs", .volatile), 0x8584_58F6: ("ramfs", .volatile),
    0x6969: ("nfs", .remote), 0xFF53_4D42: ("cifs", .remote), 0xFE53_4D42: ("smb", .remote),
    0x6573_5546: ("fuse", .remote), 0x0102_1997: ("9p", .remote), 0x00C3_6400: ("ceph", .remote),
    0x794C_7630: ("overlay", .layered),
  ]
}
