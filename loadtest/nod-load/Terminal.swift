import Foundation

/// Standard output and standard error; what nobody reads is lost.
enum Terminal {
  /// Whether standard error is a terminal, where a progress line may be rewritten.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes lines to standard output.
  static func lines(_ lines: [String]) {
    write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
  }

  /// Writes a line to standard error.
  static func error(_ line: String) { write(line + "\n", to: .standardError) }

  /// Shows the state of a run: in place on a terminal, as a line of its own otherwise.
  static func progress(_ line: String) {
    write(showsProgress ? "\r\u{1B}[K\(line)" : line + "\n", to: .standardError)
  }

  /// Takes the progress line away.
  static func endProgress() { if showsProgress { write("\r\u{1B}[K", to: .standardError) } }

  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
