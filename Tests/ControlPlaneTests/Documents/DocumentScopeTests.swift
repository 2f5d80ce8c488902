import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct DocumentScopeTests {
  /// What keys of one tenant get for a request about their own tenant and another's.
  static let cases: [(method: String, path: String, body: String?, viewer: Int, trader: Int)] = [
    ("GET", "", nil, 200, 200), ("GET", "/line-items", nil, 200, 200),
    ("GET", "/line-items/x", nil, 200, 200), ("GET", "/creatives/c/history", nil, 200, 200),
    ("PATCH", "", #"{"name":"A"}"#, 403, 200), ("DELETE", "", nil, 403, 403),
    ("PATCH", "/campaigns/spring", #"{"status":"paused"}"#, 403, 200),
    ("DELETE", "/line-items/x", nil, 403, 204),
    ("POST", "/creatives/c/restore", #"{"version":1}"#, 403, 200),
  ]

  @Test(arguments: cases)
  func answersByRoleAndTenant(
    method: String, path: String, body: String?, viewer: Int, trader: Int
  ) async throws {
    try await ControlRig().serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      for tenant in ["acme", "globex"] {
        #expect(
          try admin.send("POST", "/v1/apply", DocumentSamples.advertiser(tenant)).status == 200)
      }
      for (role, expected) in [("viewer", viewer), ("trader", trader)] {
        let key = try admin.makeKey(role, #"["acme"]"#)
        let client = AccessClient(port: port).with(key: key.text)
        #expect(
          try client.send(method, "/v1/advertisers/acme\(path)", body).status == expected,
          "\(role)")
        let other = try client.send(method, "/v1/advertisers/globex\(path)", body)
        let none = try client.send(method, "/v1/advertisers/none\(path)", body)
        #expect(other.status == (expected == 403 ? 403 : 404))
        #expect(other.text.replacing("globex", with: "none") == none.text)
      }
    }
  }

  @Test func listsTheTenantsOfAKeyAlone() async throws {
    try await ControlRig().serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      for tenant in ["acme", "globex", "initech"] {
        _ = try admin.send("POST", "/v1/apply", DocumentSamples.advertiser(tenant))
      }
      let key = try admin.makeKey("viewer", #"["initech","acme","none"]"#)
      let page = try AccessClient(port: port).with(key: key.text).send("GET", "/v1/advertisers")
      #expect(page.list("items").compactMap { $0["id"] as? String } == ["acme", "initech"])
    }
  }

  @Test func appliesWithinTheScopeAlone() async throws {
    try await ControlRig().serve { port in
      let admin = AccessClient(port: port).with(key: ControlRig.token)
      _ = try admin.send("POST", "/v1/apply", DocumentSamples.advertiser("globex"))
      let scoped = AccessClient(port: port).with(
        key: try admin.makeKey("trader", #"["acme"]"#).text)
      let free = AccessClient(port: port).with(key: try admin.makeKey("trader").text)
      let both = DocumentSamples.advertiser() + "\n  - {id: globex, domain: g.example}"
      for document in [
        DocumentSamples.advertiser("globex"), DocumentSamples.advertiser("none"), both,
      ] {
        let answer = try scoped.send("POST", "/v1/apply", document)
        #expect(answer.status == 403, "\(answer.text)")
      }
      #expect(try admin.send("GET", "/v1/advertisers/acme").status == 404)
      #expect(try free.send("POST", "/v1/apply", DocumentSamples.advertiser()).status == 403)
      #expect(
        try free.send("PUT", "/v1/advertisers/acme", #"{"domain":"a.example"}"#).status == 403)
      #expect(try scoped.send("POST", "/v1/apply", DocumentSamples.advertiser()).status == 200)
      #expect(
        try free.send("POST", "/v1/apply", DocumentSamples.advertiser(daily: 1)).status == 200)
    }
  }
}
