import ControlStore
import LinuxIO

extension Doctor {
  /// The files that nobody else may read.
  var secretFindings: [Finding] {
    [
      Self.secret("bidder.notice_key_file", configuration.bidder.noticeKeyFile, .signing),
      Self.secret("control.token_file", configuration.control.tokenFile, .token),
      Self.database("\(configuration.dataDirectory)/\(ControlDatabase.fileName)"),
    ].compactMap { $0 }
  }

  private static func secret(_ key: String, _ path: String, _ kind: SecretFile.Kind) -> Finding {
    do {
      guard let file = try SecretFile.read(path, name: key, as: kind) else {
        return .ok("secret_files", "\(key): \(path): made at the start")
      }
      guard file.warning != nil else {
        return .ok("secret_files", "\(key): \(path): only its owner reads it")
      }
      return .warn("secret_files", "\(key): \(path): others may read it", "chmod 600 it")
    } catch {
      return .fail("secret_files", error.message, "chmod 600 it, and own it as the server's user")
    }
  }

  /// It holds the hashes of keys.
  private static func database(_ path: String) -> Finding? {
    guard let status = try? FileStatus.of(path) else { return nil }
    guard status.permissions & 0o007 != 0 else { return nil }
    return .warn(
      "secret_files", "\(path): others may read it", "chmod o= it; UMask=0077 in the unit")
  }
}
