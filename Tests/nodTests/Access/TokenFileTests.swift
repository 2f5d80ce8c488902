import Foundation
import Support
import Testing

@Suite struct TokenFileTests {
  /// The status of a request with a token.
  private static func status(_ server: ServerProcess, _ token: String) throws -> Int {
    var client = try TestClient(port: server.controlPort)
    return try client.request("GET", "/v1/me", headers: ["Authorization: Bearer \(token)"]).status
  }

  private static func token(_ folder: TemporaryFolder) throws -> String {
    try String(contentsOfFile: folder.path("control.token"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func theStartMakesATokenThatLetsIn() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let token = try Self.token(server.folder)
      #expect(token.utf8.count == 64)
      #expect(try Self.status(server, token) == 200)
      #expect(try Self.status(server, token + "x") == 401)
      #expect(!server.errors.contains(token))
    }
  }

  @Test func aReloadPutsANewTokenInForce() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let folder = server.folder
      let old = try Self.token(folder)
      let new = "another-token-of-the-administrator"
      try folder.write(new + "\n", to: "control.token")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: folder.path("control.token"))
      #expect(try Self.status(server, old) == 200)
      server.send(SIGHUP)
      try server.wait(for: "the new token") { try Self.status(server, new) == 200 }
      #expect(try Self.status(server, old) == 401)
      #expect(server.errors.contains("control.token_file: control.token: warning"))
      try folder.write("short", to: "control.token")
      server.send(SIGHUP)
      try server.wait(for: "the refusal") { server.errors.contains("5 bytes are no key") }
      #expect(server.errors.contains("not reloaded"))
      #expect(try Self.status(server, new) == 200)
      try FileManager.default.removeItem(atPath: folder.path("control.token"))
      server.send(SIGHUP)
      try server.wait(for: "a token that is made") { try Self.status(server, new) == 401 }
      #expect(try Self.status(server, Self.token(folder)) == 200)
      #expect(try server.stop() == 0)
    }
  }
}
