/// Why a whole file, or a batch, is refused: it leaves no trace but its report.
package enum FileRejection: Error, Equatable, Sendable {
  /// The name does not follow the format's pattern.
  case name(String)
  /// The bytes cannot be read to their end: gzip errors, errors of the file system.
  case unreadable(String)
  /// A zero byte stands in the text, at this line.
  case zeroByte(line: Int)
  /// No line is valid.
  case noValidLine
  /// More lines are malformed than `max_invalid` allows.
  case tooManyMalformed(Int, of: Int)
  /// More distinct segments than a file may name, or the index can number.
  case tooManySegments
  /// The file is not what its manifest says.
  case manifest(String)
}

extension FileRejection: CustomStringConvertible {
  /// The text of a report's `reason`.
  package var description: String {
    switch self {
    case .name(let problem): "the file name does not match: \(problem)"
    case .unreadable(let problem): problem
    case .zeroByte(let line): "binary data: a zero byte in line \(line)"
    case .noValidLine: "no line is valid"
    case .tooManyMalformed(let malformed, let lines):
      "\(malformed) of \(lines) lines are malformed, more than max_invalid allows"
    case .tooManySegments: "too many different segments"
    case .manifest(let problem): "manifest: \(problem)"
    }
  }
}
