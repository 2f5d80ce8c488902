import Yams

/// Composes the nodes of a YAML 1.1 text with their lines.
///
/// Anchors, aliases and merge keys work within the limits; tags other than those of plain
/// strings, lists and maps are errors, as is a second document.
struct YAMLComposer {
  /// What ends the reading of a file.
  struct Refusal: Error {
    let line: Int
    let message: String
  }

  private let log: ProblemLog

  /// A composer that records problems in a log.
  init(log: ProblemLog) {
    self.log = log
  }

  /// The root, or nil after an error, which is in the log.
  /// - Complexity: O(n) in the bytes and in the nodes after aliases are expanded.
  func compose(_ text: String) -> DocumentNode? {
    do {
      try YAMLGuard.check(Array(text.utf8))
      var keys = RepeatedKeyFinder(text: text)
      let root = try keys.rootWithMarkedKeys()
      var converter = YAMLConverter(log: log, keys: keys)
      return try converter.node(of: root, at: .root, depth: 1)
    } catch let refusal as Refusal {
      log.record(refusal.message, line: refusal.line)
    } catch {
      let refusal = Self.refusal(for: error, in: text)
      log.record(refusal.message, line: refusal.line)
    }
    return nil
  }

  /// The only root of a text; an empty text is a refusal.
  static func root(of text: String) throws -> Node {
    // Yams keeps a pointer into the text, and a text of up to 15 bytes lives in registers.
    let padded = text.utf8.count < 16 ? text + String(repeating: "\n", count: 16) : text
    let parser = try Parser(yaml: padded, resolver: .basic, encoding: .utf8)
    guard let root = try parser.singleRoot() else {
      throw Refusal(line: 1, message: "the document is empty")
    }
    return root
  }

  private static func refusal(for error: any Error, in text: String) -> Refusal {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _):
      if isTab(at: mark, in: text) {
        return Refusal(line: mark.line, message: "not valid YAML: a tab; indent with spaces")
      }
      let place = context.map { " \($0.text)" } ?? ""
      return Refusal(line: mark.line, message: "not valid YAML: \(problem)\(place)")
    case YamlError.composer(_, let problem, let mark, _):
      let isSecond = problem == "but found another document"
      let message = isSecond ? "a second document in the file" : "not valid YAML: \(problem)"
      return Refusal(line: mark.line, message: message)
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let names = keys.prefix(3).map { "`\($0.quotable)`" }.joined(separator: ", ")
      return Refusal(line: context.mark.line, message: "repeated key \(names)")
    case YamlError.reader(let problem, let offset, _, let text):
      let lines = text.prefix(offset ?? 0).count { $0.isNewline }
      return Refusal(line: lines + 1, message: "not valid YAML: \(problem)")
    default:
      return Refusal(line: 0, message: "not valid YAML")
    }
  }

  private static func isTab(at mark: Mark, in text: String) -> Bool {
    RepeatedKeyFinder.index(of: mark, in: text).map { text.unicodeScalars[$0] == "\t" } ?? false
  }
}
