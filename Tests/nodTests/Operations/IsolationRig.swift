import Foundation

/// A server with one line item that bids, and what burdens its control plane.
struct IsolationRig {
  let folder: TemporaryFolder
  let server: ServerProcess
  let probe: BidProbe

  /// Starts it.
  ///
  /// - Parameter isCrowded: whether ten thousand line items of another exchange are in its files.
  init(isCrowded: Bool = true) throws {
    folder = try TemporaryFolder()
    let files = isCrowded ? "[acme.yaml, many.yaml]" : "[acme.yaml]"
    try folder.write(
      ServingSamples.configuration.replacing("[acme.yaml]", with: files)
        .replacing("{name: example, ", with: "{name: example, notice_window: 2s, "),
      to: "nod.yaml")
    try folder.write(
      ServingSamples.document(amountMicros: 2_500_000)
        .replacing("{total_micros: 1000000000}", with: "{total_micros: 1000000000000}")
        .replacing("creatives: [c]", with: "pacing: asap\n            creatives: [c]"),
      to: "acme.yaml")
    if isCrowded { try folder.write(Self.manyLineItems(price: 1_000_000), to: "many.yaml") }
    server = try ServerProcess(
      in: folder, executable: NodProcess.releaseExecutable ?? NodProcess.executable)
    let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
    try server.drop("u1 24\n".utf8, as: name, source: "aam")
    let body = ServingSamples.request(buyer: "u1")
    let server = server
    try server.wait(for: "a bid") { try server.post(body).status == 200 }
    probe = try BidProbe(server, body: body)
  }

  /// Scrapes, reads with the key, tries with wrong ones, and large bodies that are refused.
  func flood() throws -> ControlFlood.Plan {
    let key = [try server.authorization()]
    let large = [UInt8](repeating: 0x20, count: 1 << 20)
    let requests: [(Int, ControlFlood.Request)] = [
      (8, .init(path: "/metrics")),
      (4, .init(path: "/v1/advertisers?page_size=1000", headers: key)),
      (2, .init(path: "/v1/advertisers", headers: ["Authorization: Bearer wrong"])),
      (2, .init(method: "POST", path: "/v1/apply", headers: key, body: large)),
    ]
    return try ControlFlood.Plan(
      in: folder, requests.flatMap { count, request in Array(repeating: [request], count: count) })
  }

  /// One document of ten thousand line items after the other, with other prices each.
  func applies() throws -> ControlFlood.Plan {
    let headers = [try server.authorization(), "Content-Type: application/yaml"]
    let documents = [1_000_000, 1_000_007].map { price in
      ControlFlood.Request(
        method: "POST", path: "/v1/apply", headers: headers,
        body: Array(Self.manyLineItems(price: price).utf8))
    }
    return try ControlFlood.Plan(in: folder, [documents])
  }

  /// A document that the server takes ten thousand line items from.
  static func manyLineItems(price: Int) -> String {
    var text = """
      advertisers:
        - id: many
          domain: many.example
          creatives:
            - {id: c, format: banner, w: 300, h: 250, markup: '<a href="${CLICK_URL}">b</a>',
               landing_url: 'https://many.example/'}
          campaigns:
            - id: k
              budget: {total_micros: 1000000000}
              line_items:

      """
    for number in 0..<10_000 {
      text += "        - {id: l\(number), bid: {model: cpm, amount_micros: \(price)}, "
      text += "creatives: [c], targeting: {exchanges: {include: [quiet]}}}\n"
    }
    return text
  }
}
