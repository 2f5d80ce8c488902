/// What the fields of a head have said so far.
struct FieldFlags: OptionSet, Sendable, BitwiseCopyable {
  let rawValue: UInt16

  static let host = FieldFlags(rawValue: 1)
  static let contentLength = FieldFlags(rawValue: 1 << 1)
  static let transferEncoding = FieldFlags(rawValue: 1 << 2)
  static let close = FieldFlags(rawValue: 1 << 3)
  static let keepAlive = FieldFlags(rawValue: 1 << 4)
  static let expectContinue = FieldFlags(rawValue: 1 << 5)
  /// `gzip` with a weight above 0.
  static let acceptGzip = FieldFlags(rawValue: 1 << 6)
  /// `gzip` with the weight 0, which `*` does not override.
  static let refuseGzip = FieldFlags(rawValue: 1 << 7)
  /// `*` with a weight above 0.
  static let acceptAny = FieldFlags(rawValue: 1 << 8)
}
