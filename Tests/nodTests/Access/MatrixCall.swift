/// How a route is called for a tenant's objects, so that nothing changes where that can be asked.
struct MatrixCall {
  let path: String
  var body: String?
  var contentType = "application/json"
  /// What a key that may do all is answered for an object that exists for it; nil for any success.
  var statuses: Set<Int>?
  /// What a success must show to a key for which the tenant's objects exist: without it, that
  /// others do not see it would prove nothing.
  var shows: [String] = []
  /// Whether the call names the tenant; the answer to one that does not may show nothing of others.
  var namesTenant = true

  /// The ids that the server gave to the objects of a tenant.
  struct Ids {
    let key: String
    let upload: String
  }

  /// By method and pattern of a route's path.
  static func calls(_ tenant: Tenant, _ ids: Ids) -> [String: [MatrixCall]] {
    documents(tenant).merging(access(tenant, ids)) { $0 + $1 }
      .merging(audiences(tenant, ids)) { $0 + $1 }.merging(numbers(tenant)) { $0 + $1 }
  }

  /// The call for an object of the same id below another advertiser.
  func below(_ advertiser: Tenant, insteadOf tenant: Tenant) -> MatrixCall? {
    let old = "/v1/advertisers/\(tenant.advertiser)/"
    guard path.hasPrefix(old) else { return nil }
    let path = "/v1/advertisers/\(advertiser.advertiser)/" + path.dropFirst(old.count)
    return MatrixCall(path: path, body: body, contentType: contentType)
  }

  private static func all(_ path: String, shows: [String] = []) -> MatrixCall {
    MatrixCall(path: path, shows: shows, namesTenant: false)
  }

  private static func access(_ tenant: Tenant, _ ids: Ids) -> [String: [MatrixCall]] {
    let key = #"{"name":"n","role":"viewer","advertisers":["\#(tenant.advertiser)"]}"#
    let audit = "/v1/audit?page_size=1000"
    let changed = "\(tenant.rawValue) changed"
    return [
      "GET /v1/me": [all("/v1/me")],
      "GET /v1/session": [MatrixCall(path: "/v1/session", statuses: [401], namesTenant: false)],
      "DELETE /v1/session": [
        MatrixCall(path: "/v1/session", statuses: [401], namesTenant: false)
      ],
      "GET /v1/keys": [
        all("/v1/keys?revoked=true&page_size=1000", shows: [ids.key, "\(tenant.rawValue) admin"])
      ],
      "POST /v1/keys": [MatrixCall(path: "/v1/keys?validate_only=true", body: key)],
      "DELETE /v1/keys/{id}": [MatrixCall(path: "/v1/keys/\(ids.key)?validate_only=true")],
      "POST /v1/keys/{id}/rotate": [
        MatrixCall(path: "/v1/keys/\(ids.key)/rotate?validate_only=true", body: "{}")
      ],
      "GET /v1/audit": [
        all(audit, shows: [changed, tenant.lineItem]),
        MatrixCall(path: "\(audit)&advertiser=\(tenant.advertiser)", shows: [changed]),
        MatrixCall(path: "\(audit)&object=\(tenant.auditedItem)", shows: ["2600000"]),
        MatrixCall(path: "\(audit)&key_id=\(ids.key)", shows: [changed]),
      ],
    ]
  }

  private static func audiences(_ tenant: Tenant, _ ids: Ids) -> [String: [MatrixCall]] {
    let uploads = "/v1/audience-uploads"
    let users = #""segment":"\#(tenant.segment)""#
    let files = [tenant.file(1), tenant.file(2), ids.upload, "\(tenant.rawValue)-broken"]
    return [
      "GET /v1/sources": [all("/v1/sources?page_size=1000", shows: [tenant.source])],
      "GET /v1/segments": [
        all("/v1/segments?page_size=1000", shows: [users]),
        MatrixCall(path: "/v1/segments?source=\(tenant.source)", shows: [users]),
        MatrixCall(path: "/v1/segments?prefix=\(tenant.rawValue)", shows: [users]),
      ],
      "GET \(uploads)": [
        all("\(uploads)?page_size=1000", shows: files),
        MatrixCall(path: "\(uploads)?source=\(tenant.source)", shows: files),
        all("\(uploads)?state=receiving", shows: [tenant.file(2)]),
      ],
      "GET \(uploads)/{id}": [
        MatrixCall(
          path: "\(uploads)/\(ids.upload)", shows: [tenant.file(1), "\(tenant.rawValue)-broken"])
      ],
      "GET \(uploads)/offset": [
        MatrixCall(
          path: "\(uploads)/offset?source=\(tenant.source)&file=\(tenant.file(2))"
            + "&sha256=\(TenantRig.hash)", shows: [#""offset":10"#])
      ],
      // The same content again.
      "POST \(uploads)": [
        MatrixCall(
          path: "\(uploads)?source=\(tenant.source)&file=\(tenant.file(1))",
          body: tenant.fileText, contentType: "application/octet-stream", statuses: [200],
          shows: [ids.upload])
      ],
    ]
  }

  private static func numbers(_ tenant: Tenant) -> [String: [MatrixCall]] {
    let advertiser = "/v1/advertisers/\(tenant.advertiser)"
    let report = "/v1/reports/delivery"
    let names = "group_by=advertiser,campaign,line_item,creative"
    let spend = #""spend_micros":\#(tenant.spendMicros)"#
    let row = [tenant.advertiser, tenant.campaign, tenant.lineItem, tenant.creative, spend]
    return [
      "POST /v1/explain/{exchange}": [
        MatrixCall(
          path: "/v1/explain/example", body: tenant.request,
          shows: [#""outcome":"bid""#, tenant.lineItem, tenant.creative])
      ],
      "GET /v1/advertisers/{advertiser}/line-items/{id}/funnel": [
        MatrixCall(
          path: "\(advertiser)/line-items/\(tenant.lineItem)/funnel", shows: [tenant.lineItem])
      ],
      "GET \(report)": [
        all(report),
        all("\(report)?\(names)", shows: row),
        all("\(report)?group_by=exchange,size,hour,day"),
        all("\(report)?format=csv&\(names)", shows: [tenant.creative, ",\(tenant.spendMicros),"]),
        MatrixCall(path: "\(report)?\(names)&advertiser=\(tenant.advertiser)", shows: row),
        MatrixCall(path: "\(report)?campaign=\(tenant.campaign)", shows: [spend]),
        MatrixCall(path: "\(report)?line_item=\(tenant.lineItem)", shows: [spend]),
        MatrixCall(path: "\(report)?creative=\(tenant.creative)", shows: [spend]),
      ],
      "GET /v1/advertisers/{advertiser}/campaigns/{id}/pacing": [
        MatrixCall(
          path: "\(advertiser)/campaigns/\(tenant.campaign)/pacing",
          shows: [#""spent_micros":\#(tenant.spendMicros)"#])
      ],
    ]
  }

  private static func documents(_ tenant: Tenant) -> [String: [MatrixCall]] {
    let list = "/v1/advertisers"
    let one = "\(list)/\(tenant.advertiser)"
    let name = "\(tenant.rawValue) changed"
    var calls = [
      "POST /v1/apply": [
        MatrixCall(
          path: "/v1/apply?validate_only=true", body: "{\"advertisers\":[\(tenant.document)]}")
      ],
      "GET \(list)": [all("\(list)?page_size=1000", shows: [name])],
      "GET \(list)/{advertiser}": [
        MatrixCall(path: "\(one)?depth=all", shows: [name, tenant.lineItem, tenant.creative])
      ],
    ]
    calls.merge(objects("\(list)/{advertiser}", one, tenant.advertiserBody, name)) { $0 + $1 }
    let item = String(tenant.lineItemBody.dropLast()) + ",\"campaign\":\"\(tenant.campaign)\"}"
    for (kind, id, body) in [
      ("campaigns", tenant.campaign, tenant.campaignBody()),
      ("line-items", tenant.lineItem, item),
      ("creatives", tenant.creative, tenant.creativeBody),
    ] {
      calls["GET \(list)/{advertiser}/\(kind)"] = [MatrixCall(path: "\(one)/\(kind)", shows: [id])]
      calls.merge(
        objects("\(list)/{advertiser}/\(kind)/{id}", "\(one)/\(kind)/\(id)", body, id)
      ) { $0 + $1 }
    }
    return calls
  }

  private static func objects(
    _ pattern: String, _ path: String, _ body: String, _ marker: String
  ) -> [String: [MatrixCall]] {
    let dry = path + "?validate_only=true"
    return [
      "GET \(pattern)": [MatrixCall(path: path, shows: [marker])],
      "PUT \(pattern)": [MatrixCall(path: dry, body: body)],
      "PATCH \(pattern)": [
        MatrixCall(path: dry, body: "{}", contentType: "application/merge-patch+json")
      ],
      // What others name cannot be deleted.
      "DELETE \(pattern)": [MatrixCall(path: dry, statuses: [204, 409, 422])],
      "GET \(pattern)/history": [MatrixCall(path: "\(path)/history", shows: [marker])],
      "POST \(pattern)/restore": [
        MatrixCall(
          path: "\(path)/restore?validate_only=true", body: #"{"version":1}"#,
          statuses: [200, 404, 422])
      ],
    ]
  }
}
