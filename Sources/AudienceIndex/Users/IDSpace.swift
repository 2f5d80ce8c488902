/// A kind of user id: ids of different spaces never mean the same user.
package struct IDSpace: Hashable, Sendable {
  /// What ids of a space look like; others are not ids of it.
  package enum Format: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Any bytes.
    case any
    /// Decimal digits.
    case digits
    /// 8-4-4-4-12 hexadecimal digits; letters compared without case.
    case uuid
    /// An even number of hexadecimal digits; letters compared without case.
    case hex
  }

  /// Its name in the configuration and in suppression files.
  package let name: String
  /// What its ids look like.
  package let format: Format
  /// Whether capitals and small letters are the same.
  package let foldsCase: Bool

  /// - Parameter foldsCase: nil folds where the format is hexadecimal.
  package init(name: String, format: Format = .any, foldsCase: Bool? = nil) {
    self.name = name
    self.format = format
    self.foldsCase = foldsCase ?? (format == .uuid || format == .hex)
  }

  /// Device ids (`device.ifa`): mostly UUIDs, which iOS writes in capitals and Android does not.
  package static var ifa: IDSpace { IDSpace(name: "ifa", foldsCase: true) }
}
