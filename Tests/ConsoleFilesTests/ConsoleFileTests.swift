import Foundation
import Testing

@testable import ConsoleFiles

@Suite struct ConsoleFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/CConsoleFiles/files").standardized

  private static func text(_ file: ConsoleFile) -> String {
    String(decoding: file.bytes, as: UTF8.self)
  }

  @Test func servesThePageAtTheRoot() throws {
    let page = try #require(ConsoleFile.all.first { $0.path == "/" })
    #expect(Self.text(page).hasPrefix("<!doctype html>"))
    #expect(page.contentType == "text/html; charset=utf-8")
  }

  @Test func servesTheDescriptionOfTheAPI() throws {
    let file = try #require(ConsoleFile.all.first { $0.path == "/openapi.yaml" })
    #expect(Self.text(file).hasPrefix("openapi: 3.1"))
    #expect(file.contentType == "application/yaml")
  }

  @Test func hasEveryFileOfTheFolderAsItIs() throws {
    let names = try #require(FileManager.default.subpaths(atPath: Self.folder.path))
      .filter { $0.contains(".") }
    #expect(names.count == ConsoleFile.all.count - 1)
    for name in names {
      let path = name == "index.html" ? "/" : "/\(name)"
      let file = try #require(ConsoleFile.all.first { $0.path == path }, "\(name) is not listed")
      #expect(try Data(contentsOf: Self.folder.appending(path: name)) == Data(file.bytes))
    }
  }

  /// What the Content-Security-Policy would block is not there in the first place.
  @Test func asksNobodyElseAndHasNothingInline() throws {
    let marks = [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=",
      " onclick", "<style", "javascript:", "https://",
    ]
    for file in ConsoleFile.all where file.path != "/openapi.yaml" {
      for mark in marks { #expect(!Self.text(file).contains(mark), "\(file.path): \(mark)") }
    }
    let page = try #require(ConsoleFile.all.first { $0.path == "/" })
    #expect(Self.text(page).components(separatedBy: "<script").count == 2)
  }

  @Test func importsOnlyFilesThatThereAre() throws {
    let paths = Set(ConsoleFile.all.map(\.path))
    for file in ConsoleFile.all where file.path.hasSuffix(".js") {
      let folder = URL(filePath: file.path).deletingLastPathComponent()
      for piece in Self.text(file).components(separatedBy: "} from \"").dropFirst() {
        let name = String(piece.prefix { $0 != "\"" })
        let path = folder.appending(path: name).standardized.path
        #expect(paths.contains(path), "\(file.path) imports \(name)")
      }
    }
  }
}
