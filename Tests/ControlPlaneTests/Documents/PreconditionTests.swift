import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct PreconditionTests {
  private static let path = "/v1/advertisers/acme/campaigns"

  /// What each method answers on each condition, for an object at version 1 and for none.
  static let cases: [(method: String, field: String, there: Int, missing: Int)] = [
    ("GET", "If-None-Match: \"1\"", 304, 404), ("GET", "If-None-Match: W/\"1\"", 304, 404),
    ("GET", "If-None-Match: \"2\"", 200, 404), ("GET", "If-None-Match: *", 304, 404),
    ("PUT", "If-Match: \"1\"", 200, 412), ("PUT", "If-Match: \"2\"", 412, 412),
    ("PUT", "If-Match: \"7\", \"1\"", 200, 412), ("PUT", "If-Match: *", 200, 412),
    ("PUT", "If-Match: W/\"1\"", 412, 412), ("PUT", "If-Match: 1", 412, 412),
    ("PUT", "If-None-Match: *", 412, 201), ("PUT", "If-None-Match: \"1\"", 412, 201),
    ("PUT", "If-None-Match: \"2\"", 200, 201),
    ("PATCH", "If-Match: \"1\"", 200, 404), ("PATCH", "If-Match: \"2\"", 412, 404),
    ("PATCH", "If-Match: *", 200, 404), ("PATCH", "If-None-Match: *", 412, 404),
    ("DELETE", "If-Match: \"1\"", 204, 404), ("DELETE", "If-Match: \"2\"", 412, 404),
    ("DELETE", "If-Match: *", 204, 404),
    ("POST", "If-Match: \"1\"", 200, 404), ("POST", "If-Match: \"2\"", 412, 404),
  ]

  @Test(arguments: cases)
  func guardsEveryMethod(method: String, field: String, there: Int, missing: Int) async throws {
    try await ControlRig().serve { port in
      for (id, expected) in [("spring", there), ("none", missing)] {
        var client = try DocumentClient(port: port)
        _ = try client.apply(DocumentSamples.advertiser())
        let before = try client.send("GET", "\(Self.path)/\(id)").text
        let answer = try client.send(
          method, "\(Self.path)/\(id)" + (method == "POST" ? "/restore" : ""),
          Self.body(method), [field])
        #expect(answer.status == expected, "\(id): \(answer.text)")
        if expected >= 400, expected != 404 {
          #expect(try client.send("GET", "\(Self.path)/\(id)").text == before)
        }
        _ = try? client.send("DELETE", "\(Self.path)/none")
      }
    }
  }

  private static func body(_ method: String) -> String? {
    switch method {
    case "PUT", "PATCH": #"{"budget":{"daily_micros":1}}"#
    case "POST": #"{"version":1}"#
    default: nil
    }
  }

  @Test func losesNoUpdateAmongManyWriters() async throws {
    let (writers, rounds) = (8, 10)
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser(daily: 0))
      let threads = try (0..<writers).map { _ in
        try LinuxIO.Thread(name: "writer") {
          for _ in 0..<rounds { try? Self.increment(port) }
        }
      }
      for thread in threads { thread.join() }
      let campaign = try client.send("GET", "\(Self.path)/spring")
      #expect(
        (campaign.json["budget"] as? [String: Int]) == ["daily_micros": writers * rounds])
      #expect(campaign.json["version"] as? Int == 1 + writers * rounds)
    }
  }

  /// Reads the budget and writes it back one higher, again until nobody came between.
  private static func increment(_ port: UInt16) throws {
    var client = try DocumentClient(port: port)
    while true {
      let shown = try client.send("GET", "\(path)/spring")
      let budget = (shown.json["budget"] as? [String: Int])?["daily_micros"] ?? -1
      let answer = try client.send(
        "PUT", "\(path)/spring", #"{"budget":{"daily_micros":\#(budget + 1)}}"#,
        ["If-Match: \(shown.header("ETag") ?? "")"])
      if answer.status == 200 { return }
      #expect(answer.status == 412)
    }
  }

  @Test func guardsATreeByAllThatIsInIt() async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      let tree = try client.send("GET", "/v1/advertisers/acme?depth=all")
      let tag = try #require(tree.header("ETag"))
      _ = try client.send("PATCH", "\(Self.path)/spring", #"{"status":"paused"}"#)
      let stale = try client.send(
        "PUT", "/v1/advertisers/acme", tree.text, ["If-Match: \(tag)"])
      #expect(stale.status == 412)
      #expect(
        try client.send("GET", "/v1/advertisers/acme?depth=all", nil, ["If-None-Match: \(tag)"])
          .status == 200)
      let own = try client.send(
        "PATCH", "/v1/advertisers/acme", #"{"name":"A"}"#, ["If-Match: \"1\""])
      #expect(own.status == 200)
    }
  }
}
