/// How a route is called for a tenant's objects, so that nothing changes where that can be asked.
struct MatrixCall {
  /// What a key that may do all is answered for an object that exists for it.
  enum Outcome {
    /// Any success.
    case success
    /// These statuses alone.
    case statuses(Set<Int>)
  }

  let path: String
  var body: String?
  var contentType = "application/json"
  var outcome = Outcome.success

  /// The ids that the server gave to the objects of a tenant.
  struct Ids {
    let key: String
    let upload: String
  }

  /// By method and pattern of a route's path. A route that is not here fails the matrix.
  static func calls(_ tenant: Tenant, _ ids: Ids) -> [String: MatrixCall] {
    documents(tenant).merging(access(tenant, ids)) { $1 }
      .merging(audiences(tenant, ids)) { $1 }.merging(numbers(tenant)) { $1 }
  }

  private static func access(_ tenant: Tenant, _ ids: Ids) -> [String: MatrixCall] {
    let noSession = Outcome.statuses([401])
    let key = #"{"name":"n","role":"viewer","advertisers":["\#(tenant.advertiser)"]}"#
    return [
      "GET /v1/me": MatrixCall(path: "/v1/me"),
      "GET /v1/session": MatrixCall(path: "/v1/session", outcome: noSession),
      "DELETE /v1/session": MatrixCall(path: "/v1/session", outcome: noSession),
      "GET /v1/keys": MatrixCall(path: "/v1/keys?revoked=true&page_size=1000"),
      "POST /v1/keys": MatrixCall(path: "/v1/keys?validate_only=true", body: key),
      "DELETE /v1/keys/{id}": MatrixCall(path: "/v1/keys/\(ids.key)?validate_only=true"),
      "POST /v1/keys/{id}/rotate": MatrixCall(
        path: "/v1/keys/\(ids.key)/rotate?validate_only=true", body: "{}"),
      "GET /v1/audit": MatrixCall(
        path: "/v1/audit?page_size=1000&advertiser=\(tenant.advertiser)"),
    ]
  }

  private static func audiences(_ tenant: Tenant, _ ids: Ids) -> [String: MatrixCall] {
    let uploads = "/v1/audience-uploads"
    let hash = String(repeating: "0", count: 64)
    return [
      "GET /v1/sources": MatrixCall(path: "/v1/sources?page_size=1000"),
      "GET /v1/segments": MatrixCall(path: "/v1/segments?source=\(tenant.source)"),
      "GET \(uploads)": MatrixCall(path: "\(uploads)?source=\(tenant.source)"),
      "GET \(uploads)/{id}": MatrixCall(path: "\(uploads)/\(ids.upload)"),
      "GET \(uploads)/offset": MatrixCall(
        path: "\(uploads)/offset?source=\(tenant.source)&file=\(tenant.file(7))&sha256=\(hash)"),
      // The same content again, or a file that is being taken in.
      "POST \(uploads)": MatrixCall(
        path: "\(uploads)?source=\(tenant.source)&file=\(tenant.file(2))", body: "user-1 24\n",
        contentType: "application/octet-stream", outcome: .statuses([200, 202, 409])),
    ]
  }

  private static func numbers(_ tenant: Tenant) -> [String: MatrixCall] {
    let advertiser = "/v1/advertisers/\(tenant.advertiser)"
    return [
      "POST /v1/explain/{exchange}": MatrixCall(
        path: "/v1/explain/example", body: tenant.request),
      "GET /v1/advertisers/{advertiser}/line-items/{id}/funnel": MatrixCall(
        path: "\(advertiser)/line-items/\(tenant.lineItem)/funnel"),
      "GET /v1/reports/delivery": MatrixCall(
        path: "/v1/reports/delivery?group_by=advertiser,campaign,line_item,creative"
          + "&advertiser=\(tenant.advertiser)"),
      "GET /v1/advertisers/{advertiser}/campaigns/{id}/pacing": MatrixCall(
        path: "\(advertiser)/campaigns/\(tenant.campaign)/pacing"),
    ]
  }

  private static func documents(_ tenant: Tenant) -> [String: MatrixCall] {
    let list = "/v1/advertisers"
    let one = "\(list)/\(tenant.advertiser)"
    var calls = [
      "POST /v1/apply": MatrixCall(
        path: "/v1/apply?validate_only=true", body: "{\"advertisers\":[\(tenant.document)]}"),
      "GET \(list)": MatrixCall(path: "\(list)?page_size=1000"),
    ]
    calls.merge(objects("\(list)/{advertiser}", one, tenant.advertiserBody)) { $1 }
    let item = String(tenant.lineItemBody.dropLast()) + ",\"campaign\":\"\(tenant.campaign)\"}"
    for (kind, id, body) in [
      ("campaigns", tenant.campaign, tenant.campaignBody()),
      ("line-items", tenant.lineItem, item),
      ("creatives", tenant.creative, tenant.creativeBody),
    ] {
      calls["GET \(list)/{advertiser}/\(kind)"] = MatrixCall(path: "\(one)/\(kind)")
      calls.merge(
        objects("\(list)/{advertiser}/\(kind)/{id}", "\(one)/\(kind)/\(id)", body)
      ) { $1 }
    }
    return calls
  }

  private static func objects(
    _ pattern: String, _ path: String, _ body: String
  ) -> [String: MatrixCall] {
    let dry = path + "?validate_only=true"
    return [
      "GET \(pattern)": MatrixCall(path: path),
      "PUT \(pattern)": MatrixCall(path: dry, body: body),
      "PATCH \(pattern)": MatrixCall(
        path: dry, body: "{}", contentType: "application/merge-patch+json"),
      // What others name cannot be deleted.
      "DELETE \(pattern)": MatrixCall(path: dry, outcome: .statuses([204, 409, 422])),
      "GET \(pattern)/history": MatrixCall(path: "\(path)/history"),
      "POST \(pattern)/restore": MatrixCall(
        path: "\(path)/restore?validate_only=true", body: #"{"version":1}"#,
        outcome: .statuses([200, 404, 422])),
    ]
  }
}
