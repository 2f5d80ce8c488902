/// This release.
enum Release {
  /// Its number, as in `nod --version` and the metric `nod_build_info`.
  static let version = "0.1.0"
}
