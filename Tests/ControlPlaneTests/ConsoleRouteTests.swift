import ConsoleFiles
import Support
import Testing

@testable import ControlPlane

@Suite struct ConsoleRouteTests {
  @Test func servesEveryFileUnderAPolicyThatAllowsNothingElse() async throws {
    try await ControlRig().serve { port in
      var client = try TestClient(port: port)
      for file in ConsoleFile.all {
        let answer = try client.request("GET", file.path)
        #expect(answer.status == 200, "\(file.path)")
        #expect(answer.body == file.bytes, "\(file.path)")
        #expect(answer.header("Content-Type") == file.contentType)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        let policy = try #require(answer.header("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'"))
        #expect(!policy.contains("unsafe"))
      }
    }
  }

  @Test func sendsNoFileThatTheBrowserHas() async throws {
    try await ControlRig().serve { port in
      var client = try TestClient(port: port)
      let tag = try #require(try client.request("GET", "/").header("ETag"))
      let known = try client.request("GET", "/", headers: ["If-None-Match: \(tag)"])
      #expect(known.status == 304)
      #expect(known.body.isEmpty)
      #expect(try client.request("GET", "/", headers: ["If-None-Match: \"x\""]).status == 200)
    }
  }
}
