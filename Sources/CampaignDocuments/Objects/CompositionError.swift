/// Why objects do not make a document.
package struct CompositionError: Error, Equatable, CustomStringConvertible {
  /// The object's path.
  package let path: String
  /// What is wrong with it.
  package let message: String

  /// An error at an object.
  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  /// One line that names the object.
  package var description: String { "\(path): \(message)" }
}
