/// A data file that is complete, with what its name says.
struct UploadPart: Sendable {
  let entry: InboxEntry
  /// Nil for a format whose names say nothing.
  let name: AdobeFileName?
  /// What its manifest says of it, if it has one.
  var expected: Manifest.Entry?

  /// Where it stands among the files of a scan.
  var order: UploadOrder { UploadOrder(entry, name) }
}

/// A manifest that was read.
struct LoadedManifest: Sendable {
  let entry: InboxEntry
  let manifest: Manifest
}
