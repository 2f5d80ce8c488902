import CampaignDocuments
import ControlStore

/// Advertisers as they are stored, read again: what a configuration allows by now may be less than
/// when they were stored.
package struct StoredAdvertisers: Sendable {
  /// Those that can be in force, by id.
  package private(set) var advertisers: [String: Advertiser] = [:]
  /// What is left out of force and why, a line each.
  package private(set) var notes: [String] = []

  /// Rounds in which line items are left out: each finds as many problems as a log keeps.
  private static let rounds = 100

  private let known: KnownReferences

  /// Reads all stored advertisers but some.
  ///
  /// A line item that does not fit is left out; an advertiser that does not fit for another reason
  /// is left out with all below it.
  /// - Complexity: O(n) in the documents.
  package init(
    _ store: DocumentStore, except: Set<String> = [], known: KnownReferences
  ) throws {
    self.known = known
    for advertiser in try store.origins().keys.sorted() where !except.contains(advertiser) {
      add(advertiser, try store.documents(of: advertiser).map(\.object))
    }
  }

  private mutating func add(_ advertiser: String, _ objects: [DocumentObject]) {
    var objects = objects
    for _ in 0..<Self.rounds {
      let root: DocumentNode
      do throws(CompositionError) {
        root = try DocumentNode.composed(of: objects)
      } catch {
        notes.append("\(error); \(advertiser) is not in force")
        return
      }
      let set = DocumentSet.load(root: root, name: advertiser, known: known)
      guard set.isRejected else {
        advertisers[advertiser] = set.advertisers.first
        return
      }
      let errors = set.problems.filter { $0.severity == .error }
      notes += errors.map { "stored documents: \($0); not in force" }
      let faulty = Set(errors.compactMap { Self.lineItem(at: $0.pointer, in: root) })
      guard !faulty.isEmpty else { return }
      objects.removeAll { $0.kind == .lineItem && faulty.contains($0.id) }
    }
  }

  /// The id of the line item that a pointer leads into; nil where it leads elsewhere.
  private static func lineItem(at pointer: String, in root: DocumentNode) -> String? {
    let steps = pointer.split(separator: "/").map(String.init)
    guard steps.count >= 6, steps[2] == "campaigns", steps[4] == "line_items" else { return nil }
    var node: DocumentNode? = root
    for step in steps.prefix(6) { node = node?.child(step) }
    guard case .scalar(let id, _)? = node?.child("id")?.content else { return nil }
    return id
  }
}

extension DocumentNode {
  /// The value of a key or the element at an index; nil where there is none.
  func child(_ step: String) -> DocumentNode? {
    switch content {
    case .map(let entries): return entries.first { $0.key == step }?.value
    case .list(let elements):
      guard let index = Int(step), elements.indices.contains(index) else { return nil }
      return elements[index]
    case .scalar: return nil
    }
  }

  /// A string that stands in no file.
  static func text(_ text: String) -> DocumentNode {
    DocumentNode(content: .scalar(text: text, isPlain: false), line: 0)
  }
}
