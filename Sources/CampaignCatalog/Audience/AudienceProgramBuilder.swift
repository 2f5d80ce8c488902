import AuctionTypes
import CampaignDocuments
import FixedMemory

/// Writes audience clauses into one program.
struct AudienceProgramBuilder {
  private let registry: SegmentRegistry
  private(set) var nodes: [AudienceNode] = []

  /// - Parameter registry: gives numbers to segments, also to those without members yet.
  init(registry: SegmentRegistry) { self.registry = registry }

  /// Adds a clause and returns its place.
  mutating func append(_ expression: AudienceExpression) -> IndexRange {
    let start = nodes.count
    write(expression)
    return IndexRange(start..<nodes.count)
  }

  /// Whether a clause holds for a user in no segment.
  static func holdsForNobody(_ expression: AudienceExpression) -> Bool {
    switch expression {
    case .segment: false
    case .any(let parts): parts.contains(where: holdsForNobody)
    case .all(let parts): parts.allSatisfy(holdsForNobody)
    case .none(let parts): !parts.contains(where: holdsForNobody)
    }
  }

  private mutating func write(_ expression: AudienceExpression) {
    let place = nodes.count
    switch expression {
    case .segment(let name):
      nodes.append(
        AudienceNode(
          operation: .segment, segment: registry.intern(name).rawValue, end: UInt32(place + 1)))
    case .any(let parts): write(.any, parts)
    case .all(let parts): write(.all, parts)
    case .none(let parts): write(.none, parts)
    }
  }

  private mutating func write(_ operation: AudienceNode.Operation, _ parts: [AudienceExpression]) {
    let place = nodes.count
    nodes.append(AudienceNode(operation: operation, segment: 0, end: 0))
    for part in parts { write(part) }
    nodes[place] = AudienceNode(operation: operation, segment: 0, end: UInt32(nodes.count))
  }
}
