import LinuxIO

/// A change of a store that is being prepared: nothing of it shows yet.
struct StoreChange {
  var manifest: StoreManifest
  private(set) var layers: [SharedLayer]
  private(set) var suppression: SharedSuppression
  /// Files written under a temporary name.
  private(set) var newFiles: [String] = []
  /// Files that nothing needs once the change is made.
  private(set) var oldFiles: [String] = []

  init(_ now: (StoreManifest, [SharedLayer], SharedSuppression)) {
    (manifest, layers, suppression) = now
  }

  /// A name that no file has had.
  mutating func nameFile(_ suffix: String) -> String {
    let digits = String(manifest.nextFile)
    manifest.nextFile += 1
    return String(repeating: "0", count: max(0, 8 - digits.count)) + "\(digits).\(suffix)"
  }

  /// Puts a layer on top of the others.
  mutating func add(_ layer: SharedLayer) {
    layers.insert(layer, at: 0)
    newFiles.append(layer.name)
    noteLayers()
  }

  /// Puts a layer, or none, in the place of the first ones.
  mutating func replaceLayers(_ replaced: Int, with layer: SharedLayer?) {
    oldFiles += layers.prefix(replaced).map(\.name)
    layers.replaceSubrange(0..<replaced, with: [layer].compactMap { $0 })
    if let layer { newFiles.append(layer.name) }
    noteLayers()
  }

  mutating func replaceSuppression(_ table: SharedSuppression, name: String) {
    if let old = manifest.suppression { oldFiles.append(old) }
    suppression = table
    manifest.suppression = name
    newFiles.append(name)
  }

  private mutating func noteLayers() { manifest.layers = layers.map(\.name) }

  /// Removes what was written for it.
  func discard(in directory: Directory) {
    for name in newFiles {
      _ = try? directory.remove("\(name).tmp")
      _ = try? directory.remove(name)
    }
  }
}
