import CampaignDocuments

/// Documents of several files as one that a server applies or rejects as a whole.
struct DocumentBundle {
  private struct Place {
    let file: String
    let index: Int
    let node: DocumentNode
  }

  /// `{"advertisers": […]}` with the advertisers of all files.
  let json: [UInt8]
  private let files: [String]
  private let places: [Place]

  /// The documents together, which must have been read without an error.
  /// - Complexity: O(n) in the nodes.
  init(_ documents: [ParsedDocument]) {
    files = documents.map { $0.name }
    places = documents.flatMap { document in
      (document.root?["advertisers"]?.elements ?? []).enumerated().map { index, node in
        Place(file: document.name, index: index, node: node)
      }
    }
    var bytes = Array(#"{"advertisers":["#.utf8)
    for (index, place) in places.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += place.node.json.utf8
    }
    json = bytes + "]}".utf8
  }

  /// The problem that a server found at a place of the bundle, at its place in a file: the line of
  /// the deepest value on the way that is there.
  /// - Complexity: O(n) in the entries on the way.
  func problem(
    at pointer: String, message: String, severity: Problem.Severity = .error
  ) -> Problem {
    let tokens = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard tokens.count >= 2, tokens.first == "advertisers",
      let index = Int(tokens[tokens.startIndex + 1]), places.indices.contains(index)
    else {
      let file = files.count == 1 ? files[0] : "the documents"
      return Problem(
        file: file, line: 0, pointer: pointer, message: message, severity: severity)
    }
    let place = places[index]
    let rest = tokens.dropFirst(2)
    let own = (["", "advertisers", "\(place.index)"] + rest.map(String.init)).joined(separator: "/")
    return Problem(
      file: place.file, line: Self.line(of: rest, in: place.node), pointer: own, message: message,
      severity: severity)
  }

  private static func line(of tokens: ArraySlice<Substring>, in node: DocumentNode) -> Int {
    guard let token = tokens.first else { return Int(node.line) }
    let next: DocumentNode?
    switch node.content {
    case .scalar: next = nil
    case .list(let elements):
      next = Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    case .map(let entries):
      let key = token.replacing("~1", with: "/").replacing("~0", with: "~")
      next = entries.first { $0.key == key }?.value
    }
    return next.map { line(of: tokens.dropFirst(), in: $0) } ?? Int(node.line)
  }
}
