import CConsoleFiles

/// A file of the console, or the description of the API, as it is served.
package struct ConsoleFile: Sendable {
  /// The path it is served at.
  package let path: String
  package let bytes: [UInt8]

  /// The media type, by the end of the path.
  package var contentType: String {
    switch path.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "yaml": "application/yaml"
    default: "text/html; charset=utf-8"
    }
  }

  /// All files.
  package static let all: [ConsoleFile] = {
    var files: [ConsoleFile] = []
    while true {
      // Safety: the table and what it points to are constants of the executable.
      let file = unsafe nod_console_file_at(files.count)
      guard let path = unsafe file.path, let bytes = unsafe file.bytes else { return files }
      let content = unsafe Array(UnsafeBufferPointer(start: bytes, count: file.count))
      files.append(ConsoleFile(path: unsafe String(cString: path), bytes: content))
    }
  }()
}
