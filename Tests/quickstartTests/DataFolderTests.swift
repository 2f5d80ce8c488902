import Foundation
import Testing

@testable import quickstart

@Suite struct DataFolderTests {
  /// A path in a folder that is removed afterwards.
  private static func withPath(_ body: (String) throws -> Void) throws {
    let root = NSTemporaryDirectory() + "nod-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    try body(root + "/var/quickstart")
  }

  private static func visible(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
  }

  private static func add(_ name: String, to path: String) throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  @Test func emptiesWhatItMade() throws {
    try Self.withPath { path in
      for _ in 0..<3 {
        let folder = try DataFolder(path)
        #expect(folder.path(of: "a") == path + "/a")
        #expect(try Self.visible(path) == [])
        try Self.add("a", to: path)
        try FileManager.default.createDirectory(
          atPath: folder.path(of: "inbox/aam"), withIntermediateDirectories: true)
        #expect(try Self.visible(path).sorted() == ["a", "inbox"])
      }
    }
  }

  @Test func leavesAloneWhatOthersMade() throws {
    try Self.withPath { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Self.add("precious", to: path)
      #expect(throws: Failure.self) { _ = try DataFolder(path) }
      #expect(try Self.visible(path) == ["precious"])
    }
  }

  @Test func isNotEmptiedUnderARunningQuickstart() throws {
    try Self.withPath { path in
      let folder = try DataFolder(path)
      try Self.add("a", to: path)
      #expect(throws: Failure.self) { _ = try DataFolder(path) }
      #expect(try Self.visible(path) == ["a"])
      _ = folder.path(of: "a")
    }
  }
}
