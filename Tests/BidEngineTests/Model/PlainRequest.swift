import Foundation

/// A bid request as Foundation reads it, with the tolerance that the contract asks for.
struct PlainRequest {
  let root: [String: Any]

  init(_ json: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
  }

  var isTest: Bool { Self.flag(root["test"]) }
  var impressions: [[String: Any]] { root["imp"] as? [[String: Any]] ?? [] }
  var device: [String: Any] { root["device"] as? [String: Any] ?? [:] }
  var user: [String: Any] { root["user"] as? [String: Any] ?? [:] }
  var regulations: [String: Any] { root["regs"] as? [String: Any] ?? [:] }

  /// `site`, `app` or `dooh`; the generator writes one of them.
  var inventory: (kind: String, object: [String: Any])? {
    for kind in ["site", "app", "dooh"] {
      if let object = root[kind] as? [String: Any] { return (kind, object) }
    }
    return nil
  }

  /// `device.geo`, or `user.geo` where that says nothing.
  var geo: [String: Any] {
    let device = self.device["geo"] as? [String: Any] ?? [:]
    return device.isEmpty ? user["geo"] as? [String: Any] ?? [:] : device
  }

  /// A member here or in `ext`.
  static func either(_ object: [String: Any], _ key: String) -> [Any] {
    let extra = object["ext"] as? [String: Any] ?? [:]
    return [object[key], extra[key]].compactMap { $0 }
  }

  static func text(_ value: Any?) -> String? {
    if let text = value as? String { return text.isEmpty ? nil : text }
    if let number = value as? Int { return "\(number)" }
    return nil
  }

  static func integer(_ value: Any?) -> Int? {
    if let number = value as? Double { return Int(number) }
    return (value as? String).flatMap(Double.init).map { Int($0) }
  }

  static func flag(_ value: Any?) -> Bool { integer(value) == 1 }

  static func texts(_ value: Any?) -> [String] {
    if let text = value as? String { return [text] }
    return (value as? [Any] ?? []).compactMap(text)
  }

  static func integers(_ value: Any?) -> [Int] { (value as? [Any] ?? []).compactMap(integer) }

  /// A price in micros; floors of the generator have at most six decimals.
  static func micros(_ value: Any?) -> Int64 {
    let number = value as? Double ?? (value as? String).flatMap(Double.init) ?? 0
    return max(0, Int64((number * 1_000_000).rounded()))
  }
}
