import Foundation

/// The files of this package.
enum PackageTree {
  /// The root: the folder above Tests/TidyTests/Reading.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths from the root of all files below some folders, sorted; folders that are not there
  /// and hidden files are passed over.
  static func paths(below folders: [String]) -> [String] {
    folders.flatMap { folder in files(below: folder).map { "\(folder)/\($0)" } }.sorted()
  }

  private static func files(below folder: String) -> [String] {
    var files: [String] = []
    let tree = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    while let path = tree?.nextObject() as? String {
      guard tree?.fileAttributes?[.type] as? FileAttributeType == .typeRegular,
        !path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
      else { continue }
      files.append(path)
    }
    return files
  }

  /// A file's text; bytes that are not UTF-8 are replaced.
  static func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  /// The Swift files of the package, read once for all rules.
  static func swiftFiles() throws -> [SourceFile] { try read.get() }

  private static let read = Result {
    try paths(below: ["Sources", "Tests", "Benchmarks", "loadtest"])
      .filter { $0.hasSuffix(".swift") }
      .map { SourceFile(path: $0, text: try text(of: $0)) }
  }
}
