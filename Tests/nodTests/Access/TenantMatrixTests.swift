import ControlStore
import Foundation
import Support
import Testing

@testable import ControlPlane

/// Every route × every kind of key × the own, another's and nobody's objects, on a real server.
@Suite struct TenantMatrixTests {
  @Test func nothingOfOthersExistsForAKey() async throws {
    try await onOwnThread {
      let rig = try TenantRig()
      defer { rig.stop() }
      let known = Set(MatrixCall.calls(.acme, rig.ids(of: .acme)).keys)
      let guarded = Set(rig.routes.filter { $0.access != .open }.map(Self.name))
      #expect(guarded.subtracting(known) == [], "routes that the matrix does not know")
      #expect(known.subtracting(guarded) == [], "routes that are not there, or open")
      let start = ContinuousClock.now
      var count = 0
      for route in rig.routes {
        for key in rig.keys where key.session == nil || route.path != "/v1/session" {
          count += try Self.judge(route, key, rig)
        }
      }
      count += try Self.judgeTokens(rig)
      print(
        "tenant matrix: \(guarded.count) guarded and \(rig.routes.count - guarded.count) open "
          + "routes × \(rig.keys.count) keys × 3 owners: \(count) requests in "
          + "\(ContinuousClock.now - start)")
    }
  }

  private static func name(_ route: ControlRoute) -> String {
    "\(route.method.rawValue) \(route.path)"
  }

  /// Judges the answers of a route to a key.
  /// - Returns: the requests that it took.
  private static func judge(
    _ route: ControlRoute, _ key: MatrixKey, _ rig: TenantRig
  ) throws -> Int {
    guard case .role(let role) = route.access else { return try judgeOpen(route, key, rig) }
    let calls = Dictionary(
      uniqueKeysWithValues: Tenant.allCases.map { tenant in
        (tenant, MatrixCall.calls(tenant, rig.ids(of: tenant))[name(route)] ?? [])
      })
    var count = 0
    for index in (calls[.none] ?? []).indices {
      count += try judge(route, key, rig, role) { calls[$0]?[index] }
    }
    // Their ids below the advertiser that the key has.
    guard key.sees.count == 1, let own = key.sees.first else { return count }
    for index in (calls[.none] ?? []).indices {
      count += try judge(route, key, rig, role) { tenant in
        tenant == own ? nil : calls[tenant]?[index].below(own, insteadOf: tenant)
      }
    }
    return count
  }

  /// Judges the answers to one call for each of the tenants.
  private static func judge(
    _ route: ControlRoute, _ key: MatrixKey, _ rig: TenantRig, _ role: Role,
    call: (Tenant) -> MatrixCall?
  ) throws -> Int {
    var answers: [Tenant: TestAnswer] = [:]
    for tenant in Tenant.allCases {
      guard let call = call(tenant) else { continue }
      let answer = try rig.send(
        route.method.rawValue, call.path, fields: key.fields, body: call.body,
        contentType: call.contentType)
      answers[tenant] = answer
      let place =
        "\(key.label): \(route.method.rawValue) \(call.path): \(answer.status) "
        + "\(answer.text.prefix(1000))"
      judge(answer, to: key, of: tenant, role: role, call, rig, at: place)
    }
    guard let nobodys = answers[.none] else { return answers.count }
    for tenant in [Tenant.acme, .zorg] where !key.sees.contains(tenant) || key.role == nil {
      guard let theirs = answers[tenant] else { continue }
      let namesTenant = call(tenant)?.namesTenant ?? true
      let mine = Comparable(theirs, of: namesTenant ? tenant : nil, rig)
      let nothing = Comparable(nobodys, of: namesTenant ? Tenant.none : nil, rig)
      let path = call(tenant)?.path ?? ""
      #expect(mine == nothing, "\(key.label): \(name(route)) tells that \(tenant) exists: \(path)")
    }
    return answers.count
  }

  private static func judge(
    _ answer: TestAnswer, to key: MatrixKey, of tenant: Tenant, role: Role, _ call: MatrixCall,
    _ rig: TenantRig, at place: String
  ) {
    guard let own = key.role else {
      #expect(answer.status == 401, "\(place)")
      return
    }
    guard own >= role else {
      #expect(answer.status == 403, "\(place)")
      return
    }
    #expect(answer.status < 500, "\(place)")
    for other in [Tenant.acme, .zorg] where !key.sees.contains(other) {
      // What the request itself names may be said again.
      if call.namesTenant, other == tenant { continue }
      for secret in secrets(of: other, rig) {
        #expect(!answer.text.lowercased().contains(secret), "\(secret) shows: \(place)")
      }
    }
    guard key.sees.contains(tenant), tenant != .none else { return }
    if let statuses = call.statuses {
      #expect(statuses.contains(answer.status), "\(place)")
    } else {
      #expect((200..<300).contains(answer.status), "\(place)")
    }
    for marker in call.shows {
      #expect(answer.text.contains(marker), "\(marker) does not show: \(place)")
    }
  }

  /// Lists with the token of a page that a key for all advertisers was given: a token says where to
  /// go on, and opens nothing.
  /// - Returns: the requests that it took.
  private static func judgeTokens(_ rig: TenantRig) throws -> Int {
    let all = try #require(rig.keys.first { $0.role == .admin && $0.sees.count > 1 })
    var count = 0
    for list in ["advertisers", "keys", "audit", "audience-uploads", "segments", "sources"] {
      var page = "/v1/\(list)?page_size=1"
      for _ in 0..<6 {
        let answer = try rig.send("GET", page, fields: all.fields)
        #expect(answer.status == 200, "\(page): \(answer.text)")
        count += 1
        guard let token = answer.text.firstMatch(of: /"next_page_token":"([^"]+)"/)?.output.1 else {
          break
        }
        page = "/v1/\(list)?page_size=1&page_token=\(token)"
        for key in rig.keys where key.sees.count == 1 && key.role != nil {
          let theirs = try rig.send("GET", page, fields: key.fields)
          count += 1
          let other = key.sees == [.acme] ? Tenant.zorg : .acme
          for secret in secrets(of: other, rig) {
            #expect(!theirs.text.lowercased().contains(secret), "\(key.label): \(page): \(secret)")
          }
        }
      }
      #expect(page.contains("page_token"), "\(list) has one page only")
    }
    return count
  }

  /// What occurs in nothing but what is the tenant's, in lower case; what the tenant spent too,
  /// alone and in the sum of all.
  private static func secrets(of tenant: Tenant, _ rig: TenantRig) -> [String] {
    let ids = rig.ids(of: tenant)
    let sum = Tenant.allCases.map(\.spendMicros).reduce(0, +)
    return [tenant.rawValue, ids.key, ids.upload]
      + [tenant.spendMicros, sum].flatMap { [#"_micros":\#($0)"#, ",\($0),"] }
  }

  /// What needs no key is the same for all; `/metrics` is for those who run the server.
  private static func judgeOpen(
    _ route: ControlRoute, _ key: MatrixKey, _ rig: TenantRig
  ) throws -> Int {
    guard route.method == .get else {
      #expect(name(route) == "POST /v1/session", "an open route that changes something")
      let answer = try rig.send("POST", route.path, nil, body: #"{"key":"\#(key.text ?? "")"}"#)
      #expect(answer.status == (key.role == nil ? 401 : 200), "\(key.label)")
      let place = "\(key.label): \(name(route)): \(answer.text)"
      for other in [Tenant.acme, .zorg] where !key.sees.contains(other) {
        #expect(!answer.text.contains(other.rawValue), "\(place)")
      }
      return 1
    }
    let answer = try rig.send("GET", route.path, fields: key.fields)
    #expect(answer.status == 200, "\(name(route))")
    guard key.role == .admin, route.path != "/metrics" else { return 1 }
    let anyone = try rig.send("GET", route.path, nil)
    #expect(answer.body == anyone.body, "\(name(route))")
    return 2
  }

  /// An answer without what says when it was given, and with the names of the objects of the tenant
  /// that was asked for made equal.
  private struct Comparable: Equatable {
    let status: Int
    let head: [String]
    let body: String

    init(_ answer: TestAnswer, of tenant: Tenant?, _ rig: TenantRig) {
      func neutral(_ text: String) -> String {
        let text = text.replacing(
          /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "TIME")
        guard let tenant else { return text }
        return text.replacing(tenant.rawValue, with: "NAME")
          .replacing(rig.ids(of: tenant).key, with: "KEY")
          .replacing(rig.ids(of: tenant).upload, with: "UPLOAD")
      }
      status = answer.status
      head = answer.headers.filter { !["x-request-id", "date"].contains($0.name) }
        .map { "\($0.name): \(neutral($0.value))" }
      body = neutral(answer.text)
    }
  }
}
