import CampaignDocuments
import ControlStore

/// An advertiser as it would be with a change of one object.
struct Candidate {
  /// With everything below it.
  let advertiser: Advertiser
  /// The object that the change is about, in canonical form.
  let object: DocumentObject
  /// Objects that the change touches, as they are stored.
  fileprivate let before: [StoredDocument]
  /// The same objects as they would be.
  fileprivate let after: [DocumentObject]

  /// What is to be stored.
  ///
  /// - Parameter action: what is said of the change of the object itself.
  func writes(as action: DocumentAction) -> [DocumentWrite] {
    DocumentWrite.all(from: before, to: after).map { write in
      guard write.key == object.key else { return write }
      return DocumentWrite(action, before: write.before, after: write.after, key: write.key)
    }
  }
}

extension DocumentDesk {
  /// The candidate of a draft, checked.
  ///
  /// A draft without children is read and checked among the few objects that it depends on, not
  /// among its siblings; of these only their lists are copied.
  ///
  /// - Throws: a ``ProblemDocument`` with status 422 and pointers into the draft.
  func candidate(
    _ draft: ObjectDraft, over current: StoredDocument?, _ state: DeskState
  ) throws -> Candidate {
    let key = draft.key
    let known = state.advertisers[key.advertiser]
    let isNew = key.kind == .advertiser && current == nil
    guard draft.children.isEmpty, known != nil || isNew else {
      return try wholeCandidate(draft)
    }
    let root = try DocumentNode.composed(of: try neighbourhood(of: draft) + [draft.object])
    let part = try load(root, at: Self.pointer(of: key.kind), key)
    let object = try Self.object(key, in: DocumentObject.split(part))
    return Candidate(
      advertiser: known?.taking(key, campaign: draft.campaign, from: part) ?? part,
      object: object, before: current.map { [$0] } ?? [], after: [object])
  }

  /// The objects that must be there for a draft to be read: what it stands in and what it names.
  private func neighbourhood(of draft: ObjectDraft) throws -> [DocumentObject] {
    let advertiser = draft.key.advertiser
    var keys: [DocumentObject.Key] = []
    if draft.key.kind != .advertiser {
      keys.append(.init(kind: .advertiser, advertiser: advertiser, id: advertiser))
    }
    if let campaign = draft.campaign {
      let key = DocumentObject.Key(kind: .campaign, advertiser: advertiser, id: campaign)
      guard try store.document(key) != nil else {
        throw ObjectDraft.rejected([
          .init(pointer: "/campaign", detail: "there is no campaign `\(campaign.prefix(100))`")
        ])
      }
      keys.append(key)
      keys += Set(draft.own.child("creatives")?.texts ?? []).sorted().map {
        .init(kind: .creative, advertiser: advertiser, id: $0)
      }
    }
    return try keys.compactMap { try store.document($0)?.object }
  }

  /// Where the only object of its kind stands in a document.
  private static func pointer(of kind: DocumentKind) -> String {
    switch kind {
    case .advertiser: "/advertisers/0"
    case .creative: "/advertisers/0/creatives/0"
    case .campaign: "/advertisers/0/campaigns/0"
    case .lineItem: "/advertisers/0/campaigns/0/line_items/0"
    }
  }

  /// The candidate of a draft that is read with all of its advertiser.
  private func wholeCandidate(_ draft: ObjectDraft) throws -> Candidate {
    let key = draft.key
    let before = try store.documents(of: key.advertiser)
    let kept = before.map(\.object).filter { object in
      guard object.key != key else { return false }
      switch key.kind {
      case .advertiser:
        return draft.children[object.kind == .creative ? "creatives" : "campaigns"] == nil
      case .campaign: return draft.children.isEmpty || object.campaign != key.id
      case .creative, .lineItem: return true
      }
    }
    // Among its siblings the draft is the last, so its place is known.
    var root = try DocumentNode.composed(
      of: key.kind == .advertiser ? [draft.object] + kept : kept + [draft.object])
    let pointer = root.lastPointer(of: key, campaign: draft.campaign)
    for (name, list) in draft.children {
      root = root.setting(list, for: name, at: pointer.split(separator: "/")[...])
    }
    let advertiser = try load(root, at: pointer, key)
    let after = DocumentObject.split(advertiser)
    return Candidate(
      advertiser: advertiser, object: try Self.object(key, in: after), before: before, after: after)
  }

  private static func object(
    _ key: DocumentObject.Key, in objects: [DocumentObject]
  ) throws -> DocumentObject {
    guard let object = objects.first(where: { $0.key == key }) else {
      throw ObjectDraft.rejected([.init(pointer: "", detail: "the object is not there")])
    }
    return object
  }

  /// Reads a document of one advertiser; problems inside the object at a pointer are told with
  /// pointers into it, others with the place of what does not fit any more.
  private func load(
    _ root: DocumentNode, at pointer: String, _ key: DocumentObject.Key
  ) throws -> Advertiser {
    let set = DocumentSet.load(root: root, name: key.auditName, known: port.known())
    if let advertiser = set.advertisers.first { return advertiser }
    throw ObjectDraft.rejected(
      set.problems.filter { $0.severity == .error }.map { problem in
        let isInside = problem.pointer == pointer || problem.pointer.hasPrefix(pointer + "/")
        guard !isInside else {
          return .init(
            pointer: String(problem.pointer.dropFirst(pointer.count)), detail: problem.message)
        }
        return .init(pointer: "", detail: "\(problem.pointer): \(problem.message)")
      })
  }
}

extension DocumentNode {
  /// The strings of a list.
  fileprivate var texts: [String] {
    guard case .list(let elements) = content else { return [] }
    return elements.compactMap { element in
      guard case .scalar(let text, _) = element.content else { return nil }
      return text
    }
  }

  /// Where an object stands in a document of one advertiser that has it as the last of its
  /// siblings.
  fileprivate func lastPointer(of key: DocumentObject.Key, campaign: String?) -> String {
    let advertiser = "/advertisers/0"
    let own = child("advertisers")?.child("0")
    func last(_ list: DocumentNode?) -> Int { (list?.elements.count ?? 1) - 1 }
    switch key.kind {
    case .advertiser: return advertiser
    case .creative: return "\(advertiser)/creatives/\(last(own?.child("creatives")))"
    case .campaign: return "\(advertiser)/campaigns/\(last(own?.child("campaigns")))"
    case .lineItem:
      let campaigns = own?.child("campaigns")?.elements ?? []
      let index = campaigns.firstIndex { node in
        guard case .scalar(let id, _)? = node.child("id")?.content else { return false }
        return id == campaign
      }
      let items = index.map { campaigns[$0].child("line_items") } ?? nil
      return "\(advertiser)/campaigns/\(index ?? 0)/line_items/\(last(items))"
    }
  }

  /// The elements of a list; none of anything else.
  private var elements: [DocumentNode] {
    guard case .list(let elements) = content else { return [] }
    return elements
  }

  /// The node with a key set in the map that the steps lead to.
  fileprivate func setting(
    _ value: DocumentNode, for key: String, at steps: ArraySlice<Substring>
  ) -> DocumentNode {
    guard let step = steps.first else { return setting(value, for: key) }
    guard let next = child(String(step)) else { return self }
    let changed = next.setting(value, for: key, at: steps.dropFirst())
    if case .list(var elements) = content, let index = Int(step) {
      elements[index] = changed
      return DocumentNode(content: .list(elements), line: line)
    }
    return setting(changed, for: String(step))
  }
}
