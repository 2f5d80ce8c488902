import ControlStore
import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct SessionTests {
  /// Signs in.
  private static func signIn(
    _ port: UInt16, _ key: String
  ) throws -> (client: AccessClient, forgeryToken: String) {
    let answer = try AccessClient(port: port).send(
      "POST", "/v1/session", "{\"key\":\"\(key)\"}")
    #expect(answer.status == 200, "\(answer.text)")
    let field = try #require(answer.header("Set-Cookie"))
    let cookie = try #require(field.split(separator: ";").first)
    let body = try #require(
      JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    return (
      AccessClient(port: port, fields: ["Cookie: other=1; \(cookie)"]),
      try #require(body["csrf_token"] as? String)
    )
  }

  private static let newKey = #"{"name":"n","role":"viewer","advertisers":null}"#

  @Test func opensWithAKeyAndEndsWhenAsked() async throws {
    try await ControlRig().serve { port in
      let (client, token) = try Self.signIn(port, ControlRig.token)
      let session = try client.json("GET", "/v1/session")
      #expect(session["csrf_token"] as? String == token)
      #expect(session["key_id"] as? String == "token-file")
      #expect(try client.send("GET", "/v1/me").status == 200)
      #expect(try client.send("DELETE", "/v1/session").status == 403)
      let end = try client.send("DELETE", "/v1/session", also: ["X-CSRF-Token: \(token)"])
      #expect(end.status == 204)
      #expect(end.header("Set-Cookie")?.contains("Max-Age=0") == true)
      #expect(try client.send("GET", "/v1/session").status == 401)
      #expect(try client.send("GET", "/v1/me").status == 401)
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let audit = try root.send("GET", "/v1/audit").text
      #expect(audit.contains("session.create") && audit.contains("session.delete"))
      #expect(try root.send("GET", "/v1/session").status == 401)
    }
  }

  @Test func keepsItsCookieFromScriptsAndOtherSites() async throws {
    try await ControlRig().serve { port in
      let body = "{\"key\":\"\(ControlRig.token)\"}"
      let plain = try AccessClient(port: port).send("POST", "/v1/session", body)
      let cookie = try #require(plain.header("Set-Cookie"))
      for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200"] {
        #expect(cookie.contains(part))
      }
      #expect(cookie.hasPrefix("nod_session=") && !cookie.contains("Secure"))
      let secure = try AccessClient(port: port).send(
        "POST", "/v1/session", body, also: ["X-Forwarded-Proto: https"])
      #expect(secure.header("Set-Cookie")?.hasSuffix("; Secure") == true)
    }
  }

  @Test func writesNeedTheTokenAndTheOwnOrigin() async throws {
    try await ControlRig().serve { port in
      let (client, token) = try Self.signIn(port, ControlRig.token)
      let other = try Self.signIn(port, ControlRig.token).forgeryToken
      let good = "X-CSRF-Token: \(token)"
      for (fields, status) in [
        ([], 403), (["X-CSRF-Token: x"], 403), (["X-CSRF-Token: \(other)"], 403), ([good], 201),
        ([good, "Origin: http://localhost"], 201), ([good, "Origin: https://localhost"], 201),
        ([good, "Origin: null"], 403), ([good, "Origin: http://evil.example"], 403),
        ([good, "Origin: http://localhost.evil.example"], 403),
        ([good, "Sec-Fetch-Site: cross-site"], 403), ([good, "Sec-Fetch-Site: same-site"], 403),
        ([good, "Sec-Fetch-Site: none"], 403), ([good, "Sec-Fetch-Site: same-origin"], 201),
      ] as [([String], Int)] {
        let answer = try client.send("POST", "/v1/keys", Self.newKey, also: fields)
        #expect(answer.status == status, "\(fields): \(answer.text)")
      }
      let body = "{\"key\":\"\(ControlRig.token)\"}"
      let foreign = try AccessClient(port: port).send(
        "POST", "/v1/session", body, also: ["Origin: http://evil.example"])
      #expect(foreign.status == 403 && foreign.header("Set-Cookie") == nil)
    }
  }

  @Test func aKeyInTheHeadAloneCounts() async throws {
    try await ControlRig().serve { port in
      let client = try Self.signIn(port, ControlRig.token).client
      for field in ["Bearer wrong", "Basic eDp5", "Bearer", "", "bearer  "] {
        let answer = try client.send("GET", "/v1/me", also: ["Authorization: \(field)"])
        #expect(answer.status == 401, "\(field)")
      }
      let token = ControlRig.token
      #expect(
        try client.send("POST", "/v1/keys", Self.newKey, also: ["authorization: bearer \(token)"])
          .status == 201)
    }
  }

  @Test(arguments: ["revoke", "rotate", "time"])
  func endsWith(_ what: String) async throws {
    let clock = ManualClock()
    let rig = try ControlRig(clock: clock.clock)
    try await rig.serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let key = try root.makeKey("admin")
      let client = try Self.signIn(port, key.text).client
      clock.advance(seconds: 12 * 3_600 - 1)
      #expect(try client.send("GET", "/v1/session").status == 200)
      switch what {
      case "revoke": _ = try root.send("DELETE", "/v1/keys/\(key.id)")
      case "rotate": _ = try root.send("POST", "/v1/keys/\(key.id)/rotate", "{}")
      default: clock.advance(seconds: 1)
      }
      for path in ["/v1/session", "/v1/me", "/v1/keys"] {
        #expect(try client.send("GET", path).status == 401)
      }
    }
  }

  @Test func endsWithTheAdministratorsToken() async throws {
    let rig = try ControlRig()
    try await rig.serve { port in
      let client = try Self.signIn(port, ControlRig.token).client
      rig.parts.access.setAdministratorToken(Array("another-token-of-the-administrator".utf8))
      #expect(try client.send("GET", "/v1/me").status == 401)
      let old = AccessClient(port: port).with(key: ControlRig.token)
      #expect(try old.send("GET", "/v1/me").status == 401)
      let new = AccessClient(port: port).with(key: "another-token-of-the-administrator")
      #expect(try new.send("GET", "/v1/me").status == 200)
    }
  }

  @Test func theOldestOfAKeyGivesWay() throws {
    let table = SessionTable()
    let visitor = AccessControl.Visitor(
      principal: Principal(keyID: "k", name: "k", role: .viewer, scope: .all), secret: .zero)
    let other = AccessControl.Visitor(
      principal: Principal(keyID: "o", name: "o", role: .viewer, scope: .all), secret: .zero)
    let bystander = table.open(for: other, now: 0)
    let tokens = (0...ControlLimits.sessionsOfAKey).map { _ in table.open(for: visitor, now: 0) }
    #expect(table.session(tokens[0], now: 1) == nil)
    #expect(tokens.dropFirst().allSatisfy { table.session($0, now: 1) != nil })
    #expect(table.session(bystander, now: 1) != nil)
    #expect(table.session("", now: 1) == nil)
  }
}
