import AuctionTypes
import FixedMemory

/// A node of an audience clause, in preorder: its parts follow it, up to ``end``.
@usableFromInline
package struct AudienceNode: BitwiseCopyable, Sendable {
  @frozen @usableFromInline
  enum Operation: UInt8, Sendable {
    case segment, any, all, none
  }

  let operation: Operation
  /// The segment's number; of a group, nothing.
  let segment: UInt32
  /// The index after its last part.
  let end: UInt32
}

/// The audience clauses of all line items, one after the other.
@usableFromInline
package struct AudienceProgram: ~Copyable, Sendable {
  let nodes: FixedArray<AudienceNode>

  /// Whether a user with these segments satisfies a clause; an empty one always holds.
  ///
  /// A segment that got its number after the bitmap was made has no member yet.
  ///
  /// - Complexity: O(nodes of the clause), nested to the documents' limit.
  package func isSatisfied(_ clause: IndexRange, by segments: borrowing BitmapWords) -> Bool {
    clause.isEmpty || holds(Int(clause.start), segments)
  }

  private func holds(_ index: Int, _ segments: borrowing BitmapWords) -> Bool {
    let node = nodes[index]
    switch node.operation {
    case .segment: return hasUser(in: node, segments)
    case .any: return someHolds(index, Int(node.end), segments)
    case .none: return !someHolds(index, Int(node.end), segments)
    case .all:
      var part = index + 1
      while part < Int(node.end) {
        if !holds(part, segments) { return false }
        part = Int(nodes[part].end)
      }
      return true
    }
  }

  private func someHolds(_ index: Int, _ end: Int, _ segments: borrowing BitmapWords) -> Bool {
    var part = index + 1
    while part < end {
      // Most parts are segments, which need no call.
      let node = nodes[part]
      if node.operation == .segment {
        if hasUser(in: node, segments) { return true }
      } else if holds(part, segments) {
        return true
      }
      part = Int(node.end)
    }
    return false
  }

  @inline(__always)
  private func hasUser(in node: AudienceNode, _ segments: borrowing BitmapWords) -> Bool {
    let segment = Int(node.segment)
    return segment < segments.bitCount && segments.contains(segment)
  }
}
