import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct KeyRoutesTests {
  @Test func givesOutAKeyOnce() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let made = try root.json(
        "POST", "/v1/keys", #"{"name":"agency","role":"trader","advertisers":["acme"]}"#,
        status: 201)
      let text = try #require(made["key"] as? String)
      let id = try #require(made["id"] as? String)
      #expect(text.hasPrefix("nod_\(id)_"))
      #expect(made["name"] as? String == "agency")
      #expect((made["created_at"] as? String)?.hasSuffix("Z") == true)
      let me = try AccessClient(port: port).with(key: text).json("GET", "/v1/me")
      #expect(me["key_id"] as? String == id)
      #expect(me["role"] as? String == "trader")
      #expect(me["advertisers"] as? [String] == ["acme"])
      let list = try root.send("GET", "/v1/keys")
      #expect(list.status == 200)
      #expect(list.text.contains(id) && !list.text.contains(text.suffix(43)))
      #expect(list.text.contains("\"last_used_at\":\"2"))
      let audit = try root.send("GET", "/v1/audit")
      #expect(audit.text.contains("\"action\":\"key.create\""))
      #expect(!audit.text.contains(text.suffix(43)))
    }
  }

  @Test func saysWhoTheAdministratorIs() async throws {
    try await ControlRig().serve { port in
      let me = try AccessClient(port: port).with(key: ControlRig.token).send("GET", "/v1/me")
      #expect(
        me.text
          == #"{"advertisers":null,"key_id":"token-file","name":"token-file","role":"admin"}"#)
    }
  }

  @Test(
    arguments: [
      (#"{"name":"n","role":"viewer"}"#, 400, "missing `advertisers`"),
      (#"{"role":"viewer","advertisers":null}"#, 400, "missing `name`"),
      (#"{"name":1,"role":"viewer","advertisers":null}"#, 400, "\"pointer\":\"/name\""),
      (#"{"name":"n""#, 400, "not valid JSON"), ("", 400, "not valid JSON"),
      (#"{"name":"","role":"viewer","advertisers":null}"#, 422, "\"pointer\":\"/name\""),
      (#"{"name":"a\u0007","role":"viewer","advertisers":null}"#, 422, "\"pointer\":\"/name\""),
      (#"{"name":"n","role":"owner","advertisers":null}"#, 422, "\"pointer\":\"/role\""),
      (#"{"name":"n","role":"admin","advertisers":[]}"#, 422, "\"pointer\":\"/advertisers\""),
      (#"{"name":"n","role":"admin","advertisers":["a","b/c"]}"#, 422, "/advertisers/1"),
    ])
  func namesWhatIsWrongWithAKey(_ body: String, _ status: Int, _ word: String) async throws {
    try await ControlRig().serve { port in
      let answer = try AccessClient(port: port).with(key: ControlRig.token)
        .send("POST", "/v1/keys", body)
      #expect(answer.status == status)
      #expect(answer.header("Content-Type") == "application/problem+json")
      #expect(answer.text.contains(word), "\(answer.text)")
    }
  }

  @Test func keepsAScopedAdministratorWithinItsScope() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let foreign = try root.makeKey("admin", #"["globex"]"#)
      let acme = AccessClient(port: port).with(key: try root.makeKey("admin", #"["acme"]"#).text)
      for advertisers in ["null", #"["globex"]"#, #"["acme","globex"]"#, #"["nobody"]"#] {
        let body = #"{"name":"n","role":"viewer","advertisers":\#(advertisers)}"#
        #expect(try acme.send("POST", "/v1/keys", body).status == 403)
      }
      let own = try acme.makeKey("viewer", #"["acme"]"#)
      let list = try acme.send("GET", "/v1/keys").text
      #expect(list.contains(own.id) && !list.contains(foreign.id) && !list.contains("globex"))
      for (method, path) in [("DELETE", ""), ("POST", "/rotate")] {
        let known = try acme.send(method, "/v1/keys/\(foreign.id)\(path)")
        let unknown = try acme.send(method, "/v1/keys/000000000000\(path)")
        #expect(known.status == 404)
        #expect(
          known.text.replacing(foreign.id, with: "ID")
            == unknown.text.replacing("000000000000", with: "ID"))
      }
      #expect(try acme.send("DELETE", "/v1/keys/\(own.id)").status == 204)
    }
  }

  @Test func revokesAtOnce() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let key = try root.makeKey("viewer")
      let client = AccessClient(port: port).with(key: key.text)
      #expect(try client.send("GET", "/v1/me").status == 200)
      #expect(try root.send("DELETE", "/v1/keys/\(key.id)?validate_only=true").status == 204)
      #expect(try client.send("GET", "/v1/me").status == 200)
      #expect(try root.send("DELETE", "/v1/keys/\(key.id)").status == 204)
      #expect(try client.send("GET", "/v1/me").status == 401)
      #expect(try root.send("DELETE", "/v1/keys/\(key.id)").status == 404)
      #expect(try !root.send("GET", "/v1/keys").text.contains(key.id))
      let all = try root.send("GET", "/v1/keys?revoked=true").text
      #expect(all.contains(key.id) && all.contains("\"revoked_at\":\"2"))
    }
  }

  @Test func rotatesWithAGrace() async throws {
    let clock = ManualClock()
    try await ControlRig(clock: clock.clock).serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let key = try root.makeKey("viewer")
      let path = "/v1/keys/\(key.id)/rotate"
      let dry = try root.send("POST", path + "?validate_only=true", "{}")
      #expect(dry.status == 200 && !dry.text.contains("\"key\":"))
      let text = try #require(
        try root.json("POST", path, #"{"grace_seconds":60}"#)["key"] as? String)
      let old = AccessClient(port: port).with(key: key.text)
      let new = AccessClient(port: port).with(key: text)
      #expect(try old.send("GET", "/v1/me").status == 200)
      #expect(try new.send("GET", "/v1/me").status == 200)
      clock.advance(seconds: 60)
      #expect(try old.send("GET", "/v1/me").status == 401)
      #expect(try new.send("GET", "/v1/me").status == 200)
      for grace in ["-1", "604801"] {
        let answer = try root.send("POST", path, "{\"grace_seconds\":\(grace)}")
        #expect(answer.status == 422 && answer.text.contains("/grace_seconds"))
      }
      #expect(try root.send("POST", path).status == 200)
      #expect(try new.send("GET", "/v1/me").status == 401)
    }
  }

  @Test func validatesWithoutMaking() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let body = #"{"name":"n","role":"viewer","advertisers":null}"#
      let answer = try root.send("POST", "/v1/keys?validate_only=true", body)
      #expect(answer.status == 200 && !answer.text.contains("\"key\":"))
      #expect(try root.send("GET", "/v1/keys").text == #"{"items":[]}"#)
      #expect(try root.send("GET", "/v1/audit").text == #"{"items":[]}"#)
      #expect(try root.send("POST", "/v1/keys?validate_only=1", body).status == 400)
    }
  }

  @Test func listsInPages() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let ids = try (0..<5).map { _ in try root.makeKey("viewer").id }
      for path in ["/v1/keys", "/v1/audit"] {
        var found: [String] = []
        var token: String?
        repeat {
          let query = "?page_size=2" + (token.map { "&page_token=\($0)" } ?? "")
          let page = try root.json("GET", path + query)
          let items = try #require(page["items"] as? [[String: Any]])
          #expect(items.count <= 2)
          found += items.compactMap { item in
            item["id"] as? String ?? (item["object"] as? String)?.replacing("keys/", with: "")
          }
          token = page["next_page_token"] as? String
        } while token != nil
        #expect(found == (path == "/v1/keys" ? ids : ids.reversed()))
        #expect(try root.send("GET", path + "?page_token=%21").status == 400)
        #expect(try root.send("GET", path + "?page_size=0").status == 400)
      }
    }
  }
}
