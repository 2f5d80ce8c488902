/// Reads from Package.swift which targets there are, in the order of their declaration.
enum PackageOrder {
  /// The names of the source targets: those of `library`, `markedLibrary`, `systemLibrary`,
  /// `target` and `executableTarget` outside of Tests and Benchmarks.
  static func targets(of manifest: String) -> [String] {
    let starts = ["library(\"", "markedLibrary(\"", ".target(name: \"", ".systemLibrary(name: \""]
    var names: [String] = []
    var follows = false
    for line in manifest.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("let testTargets") { break }
      if let start = starts.first(where: text.hasPrefix) {
        names.append(String(text.dropFirst(start.count).prefix { $0 != "\"" }))
      } else if follows, let quote = text.firstIndex(of: "\"") {
        names.append(String(text[text.index(after: quote)...].prefix { $0 != "\"" }))
      }
      follows = [
        "library(", ".target(", ".executableTarget(", ".systemLibrary(",
      ].contains(String(text))
    }
    return names
  }
}
