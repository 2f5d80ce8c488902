extension DocumentSet {
  /// Reads a document that is in memory as nodes into a set; problems carry the name.
  /// - Complexity: O(n) in the nodes.
  package static func load(
    root: DocumentNode, name: String, known: KnownReferences = KnownReferences()
  ) -> DocumentSet {
    var loader = DocumentSetLoader(known: known)
    loader.read(root, name: name)
    return loader.finish()
  }
}
