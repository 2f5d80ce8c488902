import CampaignDocuments
import ControlStore

extension DocumentDesk {
  /// Applies the documents of a configuration and puts all in force; for the start and a reload.
  ///
  /// They win over what the API changed in the same advertisers. An advertiser that came from the
  /// configuration alone and is not in it any more is withdrawn. Waits until all is in force.
  ///
  /// - Parameter publish: lets the advertisers take effect with the configuration.
  /// - Throws: a ``ProblemDocument`` where they do not fit; nothing is changed then. What
  ///   publishing throws leaves the documents stored and not in force: the next start takes them.
  package func configure(
    _ advertisers: [Advertiser], publish: @escaping @Sendable ([Advertiser]) throws -> Void
  ) throws {
    try changeAndWait { [self] state in
      let origins = try store.origins()
      var changes: [String: Advertiser?] = [:]
      if state.isLoaded {
        for advertiser in advertisers { try checkCurrency(of: advertiser, state, pointer: "") }
      } else {
        changes = try load(except: advertisers, origins)
      }
      let withdrawn = origins.filter { id, origin in
        origin == .configuration && !advertisers.contains { $0.id == id }
      }.keys.sorted()
      for id in withdrawn { changes[id] = .some(nil) }
      for advertiser in advertisers { changes[advertiser.id] = advertiser }
      if let fault = state.fault(after: changes) {
        throw ProblemDocument(.unprocessableContent, "Documents: \(fault).")
      }
      try write(advertisers, withdrawn: withdrawn, origins)
      let before = state
      state.replace(changes)
      state.isLoaded = true
      do {
        try publish(state.list)
      } catch {
        state = before
        throw error
      }
      show(&state)
    }
  }

  private func load(
    except configured: [Advertiser], _ origins: [String: DocumentOrigin]
  ) throws -> [String: Advertiser?] {
    let others = Set(configured.map(\.id)).union(
      origins.filter { $0.value == .configuration }.keys)
    let stored = try StoredAdvertisers(store, except: others, known: port.known())
    stored.notes.forEach(port.log)
    return stored.advertisers.mapValues(Optional.some)
  }

  private func write(
    _ advertisers: [Advertiser], withdrawn: [String], _ origins: [String: DocumentOrigin]
  ) throws {
    var writes: [DocumentWrite] = []
    var changed: [String: DocumentOrigin] = [:]
    for advertiser in advertisers {
      let before = try store.documents(of: advertiser.id)
      writes += DocumentWrite.all(from: before, to: DocumentObject.split(advertiser))
      let origin = origins[advertiser.id]
      if origin != .api, origin != .configuration { changed[advertiser.id] = .configuration }
    }
    for id in withdrawn {
      writes += DocumentWrite.all(from: try store.documents(of: id), to: [])
    }
    let stamp = DocumentStamp(time: Self.now, principal: .configuration, requestID: "")
    _ = try store.write(writes, origins: changed, stamp: stamp)
  }
}

extension DocumentWrite {
  /// The changes that lead from what is stored to other objects, each object at most once.
  /// - Complexity: O(objects).
  static func all(
    from before: [StoredDocument], to after: [DocumentObject]
  ) -> [DocumentWrite] {
    let old = Dictionary(before.map { ($0.object.key, $0) }) { first, _ in first }
    let kept = Set(after.map(\.key))
    var writes = after.compactMap { object -> DocumentWrite? in
      guard let current = old[object.key] else {
        return DocumentWrite(.create, before: nil, after: object, key: object.key)
      }
      guard current.object != object else { return nil }
      return DocumentWrite(.update, before: current, after: object, key: object.key)
    }
    writes += before.reversed().filter { !kept.contains($0.object.key) }.map {
      DocumentWrite(.delete, before: $0, after: nil, key: $0.object.key)
    }
    return writes
  }
}
