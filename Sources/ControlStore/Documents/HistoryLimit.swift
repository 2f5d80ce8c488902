/// Which versions of an object are kept.
package struct HistoryLimit: Sendable {
  /// The newest that are kept however old they are.
  package var versions = StoreLimits.versions
  /// Milliseconds for which the others are kept.
  package var milliseconds = StoreLimits.versionMilliseconds
  /// Versions that are kept at most.
  package var most = StoreLimits.mostVersions

  package init() {}
}
