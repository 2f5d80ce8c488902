/// What a name in the journal's folder says.
enum JournalFileName: Equatable {
  /// A segment by its number.
  case segment(UInt32)
  /// The state before a segment, by that segment's number.
  case checkpoint(UInt32)
  /// A file that was being written when the process ended.
  case temporary
  /// Nothing of the journal.
  case other

  init(_ name: String) {
    if name.hasSuffix(Self.temporarySuffix) {
      self = .temporary
    } else if let number = Self.number(in: name, "journal-", ".log") {
      self = .segment(number)
    } else if let number = Self.number(in: name, "checkpoint-", ".ckpt") {
      self = .checkpoint(number)
    } else {
      self = .other
    }
  }

  private static var temporarySuffix: String { ".tmp" }

  static func name(ofSegment number: UInt32) -> String { "journal-\(padded(number)).log" }

  static func name(ofCheckpoint number: UInt32) -> String { "checkpoint-\(padded(number)).ckpt" }

  /// The name under which a file is written until it is whole.
  static func temporary(of name: String) -> String { name + temporarySuffix }

  private static func padded(_ number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private static func number(in name: String, _ prefix: String, _ suffix: String) -> UInt32? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
    guard let number = UInt32(digits), number > 0, padded(number) == digits else { return nil }
    return number
  }
}
