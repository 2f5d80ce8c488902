/// A place that breaks a rule.
struct Finding: Equatable, CustomStringConvertible {
  /// The file from the root of the package.
  let path: String
  /// The line, from 1; 0 is the whole file.
  let line: Int
  /// What is wrong, and what would be right.
  let message: String

  /// `path:line: message`, as compilers write it.
  var description: String { "\(path):\(line): \(message)" }
}
