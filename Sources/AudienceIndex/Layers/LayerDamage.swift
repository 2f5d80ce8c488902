/// Why a file cannot be used as a layer.
package enum LayerDamage: Error, Equatable, Sendable {
  /// It does not start like one.
  case notALayer
  /// It was written by a version that this one does not know.
  case version(UInt32)
  /// It is shorter or longer than it was written.
  case truncated
  /// Its header has changed since it was written.
  case header
  /// A section has changed since it was written.
  case section(String)
}

extension LayerDamage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notALayer: "not an audience file"
    case .version(let version): "written by an unknown version (\(version))"
    case .truncated: "its length is not the one it was written with"
    case .header: "damaged header"
    case .section(let name): "damaged section \(name)"
    }
  }
}
