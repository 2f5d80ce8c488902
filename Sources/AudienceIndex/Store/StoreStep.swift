/// The steps of a change after which a crash leaves a different trace on the disk, in order.
package enum StoreStep: CaseIterable, Sendable {
  /// The new layer is written under a temporary name.
  case layerWritten
  /// The new table of suppressed users is written under a temporary name.
  case suppressionWritten
  /// New segment names are on the disk.
  case namesWritten
  /// The new files have their names.
  case filesNamed
  /// The new manifest is written under a temporary name.
  case manifestWritten
  /// The new manifest is in the place of the old one.
  case manifestNamed
  /// Files that nothing needs any more are removed.
  case swept
}
