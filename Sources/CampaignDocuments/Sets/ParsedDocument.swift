import Foundation

/// One document file that was parsed, before anything in it is judged.
package struct ParsedDocument: Sendable {
  /// The name that problems carry.
  package let name: String
  /// The root; nil where the file could not be read or parsed.
  package let root: DocumentNode?
  /// What is wrong with the file as a text.
  package let problems: [Problem]

  /// Parses a file in memory.
  /// - Complexity: O(n) in the bytes.
  package init(_ file: DocumentSet.File) {
    let log = ProblemLog(file: file.name)
    name = file.name
    root = DocumentNode.parse(file.bytes, log: log)
    problems = log.problems
  }

  /// Parses the file at a path; one that cannot be read is a problem.
  /// - Complexity: O(n) in the bytes.
  package init(path: String) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard size <= DocumentLimits.fileBytes else {
      self.init(name: path, fault: "the file is larger than \(DocumentLimits.fileBytes) bytes")
      return
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      self.init(DocumentSet.File(name: path, bytes: Array(data)))
    } catch {
      let isMissing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      self.init(name: path, fault: isMissing ? "no such file" : "the file cannot be read")
    }
  }

  private init(name: String, fault: String) {
    self.name = name
    root = nil
    problems = [Problem(file: name, line: 0, pointer: "", message: fault)]
  }
}
