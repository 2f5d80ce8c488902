import ArgumentParser
import Foundation

/// What all commands that talk to a server have in common.
struct ClientOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The server's control plane; default NOD_SERVER, else http://127.0.0.1:8081.")
  var server: String?

  @Option(
    name: .long,
    help: "A file with the key; default NOD_KEY, else NOD_KEY_FILE, else control.token.")
  var keyFile: String?

  func validate() throws {
    do {
      _ = try url()
    } catch {
      throw ValidationError("\(server == nil ? "NOD_SERVER" : "--server"): \(error)")
    }
  }

  /// A client of the server with the key.
  func client() throws(CommandFailure) -> ControlClient {
    do {
      let key = try ClientKey.find(
        file: keyFile, environment: ProcessInfo.processInfo.environment)
      return ControlClient(server: try url(), key: key)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(status: .unavailable, message: "\(error)")
    }
  }

  private func url() throws(ServerURL.Fault) -> ServerURL {
    let named = ProcessInfo.processInfo.environment["NOD_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
    return try ServerURL(server ?? named ?? ServerURL.usual)
  }
}
