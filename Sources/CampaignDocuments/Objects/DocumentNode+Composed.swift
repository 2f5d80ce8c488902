extension DocumentNode {
  /// The tree of objects as a document that the loader reads, `{"advertisers": […]}`, with siblings
  /// in the order given; for objects that were split, the loader finds equal advertisers.
  ///
  /// Throws a `CompositionError` where an object is no JSON map, is there twice, or its parent is
  /// missing.
  /// - Complexity: O(n) in the text.
  package static func composed(of objects: [DocumentObject]) throws(CompositionError)
    -> DocumentNode
  {
    var tree = DocumentTree()
    for object in objects { try tree.add(object) }
    return try tree.root()
  }
}

/// Objects by what they stand in.
private struct DocumentTree {
  private var keys: Set<DocumentObject.Key> = []
  private var advertisers: [DocumentObject] = []
  private var children: [DocumentObject.Key: [DocumentObject]] = [:]

  mutating func add(_ object: DocumentObject) throws(CompositionError) {
    guard keys.insert(object.key).inserted else {
      throw CompositionError(path: object.path, message: "is there twice")
    }
    guard let parent = object.parent else { return advertisers.append(object) }
    children[parent, default: []].append(object)
  }

  /// The document; every object must have found its parent.
  mutating func root() throws(CompositionError) -> DocumentNode {
    var nodes: [DocumentNode] = []
    for advertiser in advertisers { nodes.append(try node(of: advertiser)) }
    if let orphan = children.values.first?.first {
      throw CompositionError(
        path: orphan.path, message: "its \(orphan.parent?.kind.rawValue ?? "") is missing")
    }
    return .map(["advertisers": .list(nodes)])
  }

  private mutating func node(of object: DocumentObject) throws(CompositionError) -> DocumentNode {
    var node = try object.node()
    let children = children.removeValue(forKey: object.key) ?? []
    for (kind, key) in [
      (DocumentKind.creative, "creatives"), (.campaign, "campaigns"), (.lineItem, "line_items"),
    ] {
      var nodes: [DocumentNode] = []
      for child in children where child.kind == kind { nodes.append(try self.node(of: child)) }
      if !nodes.isEmpty { node = node.setting(.list(nodes), for: key) }
    }
    return node
  }
}

extension DocumentObject {
  /// The object's JSON as a node.
  ///
  /// Throws where it is no JSON map.
  /// - Complexity: O(n) in the text.
  package func node() throws(CompositionError) -> DocumentNode {
    let log = ProblemLog(file: path)
    var composer = JSONComposer(bytes: Array(json.utf8), log: log)
    guard let node = composer.compose(), !log.hasErrors, case .map = node.content else {
      throw CompositionError(path: path, message: log.problems.first?.message ?? "is no map")
    }
    return node
  }
}
