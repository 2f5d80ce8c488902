import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct AttemptLimitTests {
  @Test func letsAnAddressFailSoOften() {
    var limit = AttemptLimit.failures
    for _ in 0..<ControlLimits.failures {
      #expect(limit.secondsToWait("a", now: 0) == nil)
      limit.note("a", now: 0)
    }
    #expect(limit.secondsToWait("a", now: 0) == 2)
    #expect(limit.secondsToWait("a", now: 1_999) == 1)
    #expect(limit.secondsToWait("a", now: 2_000) == nil)
    #expect(limit.secondsToWait("b", now: 0) == nil)
  }

  @Test func forgetsAddressesThatHaveWaited() {
    var limit = AttemptLimit.failures
    for index in 0..<ControlLimits.attemptNames { limit.note("\(index)", now: 0) }
    for _ in 0..<ControlLimits.failures { limit.note("late", now: 1) }
    // There is no room: whoever comes now shares a bucket, and those who came before do not.
    #expect(limit.secondsToWait("later", now: 1) != nil)
    #expect(limit.secondsToWait("7", now: 1) == nil)
    limit.note("sweeper", now: 100_000)
    #expect(limit.secondsToWait("later", now: 100_000) == nil)
  }

  @Test func answersWrongKeysMoreAndMoreSlowly() async throws {
    let clock = ManualClock()
    try await ControlRig(clock: clock.clock).serve { port in
      let wrong = AccessClient(port: port).with(key: "nod_0123456789ab_wrong")
      let body = #"{"key":"wrong"}"#
      for index in 0..<Int(ControlLimits.failures) {
        let answer =
          index % 2 == 0
          ? try wrong.send("GET", "/v1/me")
          : try AccessClient(port: port).send("POST", "/v1/session", body)
        #expect(answer.status == 401 && answer.header("WWW-Authenticate") == "Bearer")
      }
      let late = try wrong.send("GET", "/v1/me")
      #expect(late.status == 429)
      #expect(late.header("Retry-After") == "2")
      #expect(late.header("Content-Type") == "application/problem+json")
      #expect(try AccessClient(port: port).send("POST", "/v1/session", body).status == 429)
      // Another address, as a reverse proxy here tells it, is judged by its own failures.
      let elsewhere = try wrong.send(
        "GET", "/v1/me", also: ["X-Forwarded-For: 10.9.9.9, 192.0.2.7"])
      #expect(elsewhere.status == 401)
      // Who has a key is let in all the while.
      let root = AccessClient(port: port).with(key: ControlRig.token)
      #expect(try root.send("GET", "/v1/me").status == 200)
      let key = try root.makeKey("viewer").text
      #expect(try AccessClient(port: port).with(key: key).send("GET", "/v1/me").status == 200)
      clock.advance(seconds: 2)
      #expect(try wrong.send("GET", "/v1/me").status == 401)
      #expect(try wrong.send("GET", "/v1/me").status == 429)
    }
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("::1", "0:0:0:0::/64"),
    ("::ffff:c000:207", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::", "2001:db8:1:2::/64"), ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
    ("2001:db8::9", "2001:db8:0:0::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("", ""),
    ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
  ])
  func countsANetworkAsOne(_ address: String, _ network: String) {
    #expect(ClientAddress.network(of: address) == network)
  }

  @Test func countsAddressesOfANetworkTogether() async throws {
    try await ControlRig(clock: ManualClock().clock).serve { port in
      let wrong = AccessClient(port: port).with(key: "wrong")
      for number in 1...Int(ControlLimits.failures) {
        let answer = try wrong.send(
          "GET", "/v1/me", also: ["X-Forwarded-For: 2001:db8::\(number)"])
        #expect(answer.status == 401)
      }
      #expect(
        try wrong.send("GET", "/v1/me", also: ["X-Forwarded-For: 2001:db8::ffff:1"]).status == 429)
      #expect(
        try wrong.send("GET", "/v1/me", also: ["X-Forwarded-For: 2001:db8:0:1::1"]).status == 401)
    }
  }

  @Test func aKeySignsInSoOften() async throws {
    let clock = ManualClock()
    try await ControlRig(clock: clock.clock).serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let other = try root.makeKey("viewer").text
      func signIn(_ key: String) throws -> TestAnswer {
        try AccessClient(port: port).send("POST", "/v1/session", "{\"key\":\"\(key)\"}")
      }
      for _ in 0..<ControlLimits.signIns { #expect(try signIn(ControlRig.token).status == 200) }
      let late = try signIn(ControlRig.token)
      #expect(late.status == 429)
      #expect(late.header("Retry-After") == "60")
      #expect(late.header("Set-Cookie") == nil)
      #expect(try signIn(other).status == 200)
      let entries = try root.json("GET", "/v1/audit?object=keys/token-file/sessions&page_size=1000")
      #expect((entries["items"] as? [Any])?.count == Int(ControlLimits.signIns))
      clock.advance(seconds: 60)
      #expect(try signIn(ControlRig.token).status == 200)
      #expect(try signIn(ControlRig.token).status == 429)
    }
  }

  @Test func aShortTokenIsNotTriedWithoutEnd() async throws {
    let clock = ManualClock()
    let rig = try ControlRig(clock: clock.clock)
    rig.parts.access.setAdministratorToken(Array("sixteen-bytes-ok".utf8))
    try await rig.serve { port in
      let right = AccessClient(port: port).with(key: "sixteen-bytes-ok")
      #expect(try right.send("GET", "/v1/me").status == 200)
      for _ in 0..<ControlLimits.failures {
        _ = try AccessClient(port: port).with(key: "sixteen-bytes-no").send("GET", "/v1/me")
      }
      #expect(try right.send("GET", "/v1/me").status == 429)
      clock.advance(seconds: 2)
      #expect(try right.send("GET", "/v1/me").status == 200)
    }
  }

  @Test func looksAtNoEndlessKey() async throws {
    try await ControlRig().serve { port in
      let client = AccessClient(port: port)
      let long = String(repeating: "k", count: ControlLimits.secretBytes + 1)
      let answer = try client.with(key: long).send("GET", "/v1/me")
      #expect(answer.status == 401)
      #expect(try client.send("POST", "/v1/session", "{\"key\":\"\(long)\"}").status == 401)
      let body = "{\"key\":\"" + String(repeating: "k", count: ControlLimits.signInBytes) + "\"}"
      #expect(try client.send("POST", "/v1/session", body).status == 413)
    }
  }
}
