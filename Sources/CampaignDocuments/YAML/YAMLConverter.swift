import Yams

/// Turns Yams' nodes into the document's, expanding merge keys and counting what aliases expand
/// to.
struct YAMLConverter {
  private let log: ProblemLog
  private let keys: RepeatedKeyFinder
  private var nodeCount = 0

  /// A converter that records problems in a log and knows which keys were marked as repeated.
  init(log: ProblemLog, keys: RepeatedKeyFinder) {
    self.log = log
    self.keys = keys
  }

  /// The node with everything below it.
  ///
  /// Throws a refusal past the limits of depth and nodes.
  /// - Complexity: O(n) in the nodes after expansion.
  mutating func node(
    of source: Node, at pointer: DocumentPointer, depth: Int
  ) throws -> DocumentNode {
    let line = source.mark?.line ?? 0
    try count(line: line, depth: depth)
    switch source {
    case .scalar(let scalar):
      return DocumentNode(content: content(of: scalar, at: pointer, line: line), line: Int32(line))
    case .sequence(let sequence):
      checkTag(sequence.tag, allowed: Tag.Name.seq, at: pointer, line: line)
      var elements: [DocumentNode] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence {
        let place = DocumentPointer.index(pointer, elements.count)
        elements.append(try node(of: element, at: place, depth: depth + 1))
      }
      return DocumentNode(content: .list(elements), line: Int32(line))
    case .mapping(let mapping):
      checkTag(mapping.tag, allowed: Tag.Name.map, at: pointer, line: line)
      let entries = try entries(of: mapping, at: pointer, depth: depth)
      return DocumentNode(content: .map(entries), line: Int32(line))
    case .alias:
      throw YAMLComposer.Refusal(line: line, message: "not valid YAML: an unresolved alias")
    }
  }

  private mutating func count(line: Int, depth: Int) throws {
    nodeCount += 1
    guard depth <= DocumentLimits.depth else {
      throw YAMLComposer.Refusal(
        line: line, message: "more than \(DocumentLimits.depth) levels of lists and maps")
    }
    guard nodeCount <= DocumentLimits.nodes else {
      throw YAMLComposer.Refusal(
        line: line, message: "more than \(DocumentLimits.nodes) values, aliases expanded")
    }
  }

  private func content(
    of scalar: Node.Scalar, at pointer: DocumentPointer, line: Int
  ) -> DocumentNode.Content {
    checkTag(scalar.tag, allowed: Tag.Name.str, at: pointer, line: line)
    let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
    return .scalar(text: scalar.string, isPlain: isPlain)
  }

  private func checkTag(_ tag: Tag, allowed: Tag.Name, at pointer: DocumentPointer, line: Int) {
    let name = tag.rawValue
    guard !name.isEmpty, name != "!", name != allowed.rawValue else { return }
    log.record("the tag `\(name.quotable)` is not supported", line: line, at: pointer)
  }

  /// The entries of a map: its own keys, then those of its merge keys that it lacks.
  private mutating func entries(
    of mapping: Node.Mapping, at pointer: DocumentPointer, depth: Int
  ) throws -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    var merged: [Node.Mapping] = []
    var firstLines: [String: Int] = [:]
    for (keyNode, valueNode) in mapping {
      let line = keyNode.mark?.line ?? 0
      guard case .scalar(let scalar) = keyNode else {
        log.record("a key that is a list or a map", line: line, at: pointer)
        continue
      }
      if scalar.string == "<<", scalar.style == .plain {
        merged += mergeSources(of: valueNode, at: .key(pointer, "<<"))
        continue
      }
      let key = keys.unmarked(scalar.string)
      let place = DocumentPointer.key(pointer, key)
      let value = try node(of: valueNode, at: place, depth: depth + 1)
      if let first = firstLines[key] {
        log.record(RepeatedKey.message(key, firstLine: first), line: line, at: place)
      } else {
        firstLines[key] = line
        entries.append(DocumentNode.Entry(key: key, keyLine: Int32(line), value: value))
      }
    }
    for source in merged {
      try count(line: source.mark?.line ?? 0, depth: depth + 1)
      for entry in try self.entries(of: source, at: pointer, depth: depth + 1)
      where firstLines[entry.key] == nil {
        firstLines[entry.key] = Int(entry.keyLine)
        entries.append(entry)
      }
    }
    return entries
  }

  private func mergeSources(of value: Node, at pointer: DocumentPointer) -> [Node.Mapping] {
    let candidates: [Node]
    if case .sequence(let sequence) = value {
      candidates = Array(sequence)
    } else {
      candidates = [value]
    }
    let maps = candidates.compactMap { $0.mapping }
    if maps.count < candidates.count {
      log.record(
        "a merge key takes a map or a list of maps", line: value.mark?.line ?? 0, at: pointer)
    }
    return maps
  }
}
