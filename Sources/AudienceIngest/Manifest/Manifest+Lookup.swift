extension Manifest {
  /// The entry of a data file: by its name, else by a name that differs only in the mode, the form
  /// of the split number or the compression, as Adobe's own manifests do.
  ///
  /// - Complexity: O(files).
  package func entry(for name: String) -> Entry? {
    if let exact = files.first(where: { $0.name == name }) { return exact }
    guard let parsed = try? AdobeFileName(name) else { return nil }
    return files.first { entry in
      (try? AdobeFileName(entry.name)).map { $0.isSamePart(as: parsed) } ?? false
    }
  }

  /// Whether a data file's name begins like its manifest's, so that it has to be listed.
  package static func claims(manifest: String, file: String) -> Bool {
    let stem = manifest.lowercased().hasSuffix(".info") ? manifest.dropLast(5) : manifest[...]
    guard !stem.isEmpty, file.hasPrefix(stem) else { return false }
    let rest = file.dropFirst(stem.count)
    let split = rest.drop { $0 == "-" || ($0.isASCII && $0.isNumber) }
    return [".sync", ".sync.gz"].contains(split.lowercased())
  }
}
