/// The order in which the files of one scan are taken in: by timestamp, then split number, then
/// name. A name without a timestamp counts as made when the file was last modified.
struct UploadOrder: Comparable, Sendable {
  let timestampMilliseconds: Int64
  let split: Int
  let name: String

  init(_ entry: InboxEntry, _ name: AdobeFileName?) {
    timestampMilliseconds =
      name?.timestampMilliseconds ?? entry.modifiedNanoseconds / 1_000_000
    split = name?.split ?? 0
    self.name = entry.name
  }

  static func < (left: UploadOrder, right: UploadOrder) -> Bool {
    (left.timestampMilliseconds, left.split, left.name)
      < (right.timestampMilliseconds, right.split, right.name)
  }
}
