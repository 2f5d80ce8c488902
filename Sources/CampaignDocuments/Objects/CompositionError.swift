/// Why objects do not make a document.
package struct CompositionError: Error, Equatable, CustomStringConvertible {
  /// The object's path.
  package let path: String
  /// What is wrong with it.
  package let message: String

  /// One line that names the object.
  package var description: String { "\(path): \(message)" }
}
