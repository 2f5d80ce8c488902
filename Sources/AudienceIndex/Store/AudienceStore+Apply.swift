import LinuxIO

extension AudienceStore {
  /// Makes a prepared change happen: the manifest's replacement is the moment.
  func apply(_ change: StoreChange, _ changing: inout Changing) throws {
    var change = change
    var isNamed = false
    do {
      let names = registry.names(from: changing.names.count)
      try changing.names.append(names)
      change.manifest.segmentCount = changing.names.count
      try options.onStep(.namesWritten)
      for name in change.newFiles { try directory.rename("\(name).tmp", to: name) }
      try directory.sync()
      try options.onStep(.filesNamed)
      try Self.write(
        change.manifest.encoded, as: StoreManifest.fileName, in: directory,
        beforeRename: {
          try options.onStep(.manifestWritten)
          isNamed = true
        })
      try directory.sync()
      try options.onStep(.manifestNamed)
    } catch {
      // Once the rename was tried, the disk may hold the old manifest or the new one.
      if isNamed { changing.isBroken = true } else { change.discard(in: directory) }
      throw error
    }
    show(change)
    for name in change.oldFiles { _ = try? directory.remove(name) }
    try options.onStep(.swept)
  }

  /// Lets readers see a change.
  private func show(_ change: StoreChange) {
    state.withLock { state in
      state.manifest = change.manifest
      state.layers = change.layers
      state.suppression = change.suppression
      if let publish = state.publish { publish(state.view) }
    }
  }
}
