import Foundation

/// A bid that the rig was given, and what was sent for it.
struct RigBid: Sendable {
  /// Paths of its notices, with the exchange's macros in them.
  struct Targets: Sendable {
    let win: String
    let billing: String
    let loss: String
    let click: String?
  }

  let entry: Int
  /// Its price in micros of a dollar, and what that reserves of the account.
  let priceMicros: Int64
  let reservedNanos: Int64
  /// Seconds of the monotonic clock: before the request was sent, and after the answer came.
  let requested: Double
  let answered: Double
  /// Nil once nothing more will be sent for it.
  var targets: Targets?
  /// What its billing notices ask to be booked, in nano-units of the account.
  var paidNanos: Int64 = 0
  /// When its first billing notice was sent, and when one was first answered.
  var billed: Double?
  var booked: Double?
  /// When a win or a loss was first sent.
  var won: Double?
  var lost: Double?
  /// Whether billings are repeated after they were answered; the others show what gets lost.
  var isRepeated = false

  /// Whether it was booked while its reservation waited, whatever the server's clock.
  func isSurelyOnTime(window: Double) -> Bool {
    guard let booked else { return false }
    return lost == nil && booked <= requested + window
  }

  /// Whether it was billed after its reservation's window, whatever the server's clock.
  func isSurelyLate(window: Double, slack: Double) -> Bool {
    guard let billed else { return false }
    return won == nil && lost == nil && billed > answered + window + slack
  }
}

extension RigBid {
  /// Reads the one bid of a response; throws where something that a bid needs is missing.
  init(response body: [UInt8], plan: RigPlan, requested: Double, answered: Double) throws {
    struct Malformed: Error, CustomStringConvertible {
      let description: String
    }
    let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    let seats = object?["seatbid"] as? [[String: Any]]
    guard let bid = (seats?.first?["bid"] as? [[String: Any]])?.first,
      let price = bid["price"] as? Double, let creative = bid["crid"] as? String,
      let entry = plan.entry(ofCreative: creative), let win = Self.target(bid["nurl"]),
      let billing = Self.target(bid["burl"]), let loss = Self.target(bid["lurl"])
    else { throw Malformed(description: String(decoding: body, as: UTF8.self)) }
    let micros = Int64((price * 1_000_000).rounded())
    self.init(
      entry: entry, priceMicros: micros,
      reservedNanos: plan.entries[entry].nanos(ofMicros: micros), requested: requested,
      answered: answered,
      targets: Targets(
        win: win, billing: billing, loss: loss,
        click: (bid["adm"] as? String).flatMap(Self.clickTarget)))
  }

  /// The path and query of a URL.
  private static func target(_ value: Any?) -> String? {
    guard let url = value as? String, let scheme = url.range(of: "://"),
      let path = url[scheme.upperBound...].firstIndex(of: "/")
    else { return nil }
    return String(url[path...])
  }

  private static func clickTarget(_ markup: String) -> String? {
    let parts = markup.components(separatedBy: "href=\"")
    return parts.count > 1 ? target(parts[1].components(separatedBy: "\"")[0]) : nil
  }
}

/// A notice to be sent.
struct Shot: Sendable {
  /// What it is sent for.
  enum Purpose: Sendable {
    /// Books the bid at its price, the first time.
    case billing
    /// Changes nothing: a probe, or another price after the booking.
    case harmless
    case win, loss, click
    /// Its tag is not the server's.
    case forged
  }

  let bid: Int
  let purpose: Purpose
  let target: String
  var isPost = false
  /// What is sent once it was answered.
  var next: [Shot] = []

  /// The only right answer of a server that works.
  var expectedStatus: Int {
    switch purpose {
    case .billing, .harmless, .win, .loss: 204
    case .click: 302
    case .forged: 403
    }
  }

  /// Whether the server has to write before it answers.
  var isBilling: Bool { purpose == .billing }

  /// The bytes on the wire.
  var request: [UInt8] {
    Array(
      (isPost
        ? "POST \(target) HTTP/1.1\r\nHost: rig\r\nContent-Length: 0\r\n\r\n"
        : "GET \(target) HTTP/1.1\r\nHost: rig\r\n\r\n").utf8)
  }
}
