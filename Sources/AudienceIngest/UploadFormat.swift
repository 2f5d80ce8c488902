/// The grammars of audience files that can be taken in.
package enum UploadFormat: String, CaseIterable, Sendable {
  /// Adobe Audience Manager's outbound `.sync` files.
  case adobeOutbound = "adobe-outbound"
  /// One `id_space:id` a line that must not be used.
  case suppression
}
