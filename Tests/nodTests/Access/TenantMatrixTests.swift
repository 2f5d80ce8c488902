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
      let guarded = rig.routes.filter { $0.access != .open }.map(Self.name)
      #expect(Set(guarded).subtracting(known) == [], "routes that the matrix does not know")
      var count = 0
      for route in rig.routes {
        for key in rig.keys { count += try Self.judge(route, key, rig) }
      }
      let open = rig.routes.count - guarded.count
      print(
        "tenant matrix: \(guarded.count) guarded and \(open) open routes × \(rig.keys.count) keys "
          + "× 3 owners: \(count) requests")
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
    var answers: [Tenant: TestAnswer] = [:]
    for tenant in Tenant.allCases {
      guard let call = MatrixCall.calls(tenant, rig.ids(of: tenant))[name(route)] else { continue }
      let answer = try rig.send(
        route.method.rawValue, call.path, key.text, body: call.body,
        contentType: call.contentType)
      answers[tenant] = answer
      judge(answer, to: key, of: tenant, role: role, call, at: "\(key.label): \(name(route))")
    }
    guard let nobodys = answers[.none] else { return 0 }
    for tenant in [Tenant.acme, .zorg] where !key.sees.contains(tenant) || key.role == nil {
      guard let theirs = answers[tenant] else { continue }
      let mine = Comparable(theirs, of: tenant, rig)
      let nothing = Comparable(nobodys, of: .none, rig)
      #expect(mine == nothing, "\(key.label): \(name(route)) tells that \(tenant) exists")
    }
    return answers.count
  }

  private static func judge(
    _ answer: TestAnswer, to key: MatrixKey, of tenant: Tenant, role: Role, _ call: MatrixCall,
    at place: String
  ) {
    let place = "\(place) of \(tenant): \(answer.status) \(answer.text.prefix(300))"
    guard let own = key.role else {
      #expect(answer.status == 401, "\(place)")
      return
    }
    guard own >= role else {
      #expect(answer.status == 403, "\(place)")
      return
    }
    #expect(answer.status < 500, "\(place)")
    for other in [Tenant.acme, .zorg] where other != tenant && !key.sees.contains(other) {
      #expect(!answer.text.lowercased().contains(other.rawValue), "\(place)")
    }
    guard key.sees.contains(tenant), tenant != .none else { return }
    switch call.outcome {
    case .success: #expect((200..<300).contains(answer.status), "\(place)")
    case .statuses(let statuses): #expect(statuses.contains(answer.status), "\(place)")
    }
  }

  /// What needs no key is the same for all.
  private static func judgeOpen(
    _ route: ControlRoute, _ key: MatrixKey, _ rig: TenantRig
  ) throws -> Int {
    guard route.method == .get else {
      #expect(name(route) == "POST /v1/session", "an open route that changes something")
      let answer = try rig.send("POST", route.path, nil, body: #"{"key":"\#(key.text ?? "")"}"#)
      #expect(answer.status == (key.role == nil ? 401 : 200), "\(key.label)")
      return 1
    }
    let answer = try rig.send("GET", route.path, key.text)
    #expect(answer.status == 200, "\(name(route))")
    return 1
  }

  /// An answer without what says when it was given, and with the names of its tenant's objects made
  /// equal.
  private struct Comparable: Equatable {
    let status: Int
    let head: [String]
    let body: String

    init(_ answer: TestAnswer, of tenant: Tenant, _ rig: TenantRig) {
      func neutral(_ text: String) -> String {
        text.replacing(tenant.rawValue, with: "NAME")
          .replacing(rig.ids(of: tenant).key, with: "KEY")
          .replacing(rig.ids(of: tenant).upload, with: "UPLOAD")
          .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "TIME")
      }
      status = answer.status
      head = answer.headers.filter { !["x-request-id", "date"].contains($0.name) }
        .map { "\($0.name): \(neutral($0.value))" }
      body = neutral(answer.text)
    }
  }
}
