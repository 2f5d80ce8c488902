import Foundation
import Testing

@testable import LoadGeneration

struct CorpusTests {
  private static func place(_ body: String) -> String {
    let entry = CorpusEntry(body: Array(body.utf8)).takingID()
    return String(decoding: entry.front + Array("ID".utf8) + entry.back, as: UTF8.self)
  }

  static let bodies: [(body: String, with: String)] = [
    (#"{"user":{"buyeruid":"7"},"id":"1"}"#, #"{"user":{"buyeruid":"ID"},"id":"1"}"#),
    (#"{"user" : { "buyeruid" : 7 } }"#, #"{"user" : { "buyeruid" : "ID" } }"#),
    (#"{"user":{}}"#, #"{"user":{"buyeruid":"ID"}}"#),
    (#"{"user":{"id":"a"}}"#, #"{"user":{"buyeruid":"ID","id":"a"}}"#),
    (#"{"user":null,"id":"1"}"#, #"{"user":{"buyeruid":"ID"},"id":"1"}"#),
    (#"{"id":"1"}"#, #"{"user":{"buyeruid":"ID"},"id":"1"}"#),
    (#"{}"#, #"{"user":{"buyeruid":"ID"}}"#),
    (
      #"{"a":"\"user\":{","ext":{"user":{"buyeruid":"x"}},"user":{"buyeruid":"\"}"}}"#,
      #"{"a":"\"user\":{","ext":{"user":{"buyeruid":"x"}},"user":{"buyeruid":"ID"}}"#
    ),
  ]

  @Test(arguments: bodies) func putsAnIDWhereTheUsersIs(_ body: String, _ with: String) throws {
    #expect(Self.place(body) == with)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(with.utf8)) }
  }

  @Test func readsLinesOfRequestsAndOfRecords() throws {
    let folder = try Folder()
    let path = try folder.file(
      "a.ndjson",
      """
      {"id":"1"}

      {"at": 12.5, "path": "/b", "request": {"id": "2"}, "status": 204}
      """)
    let corpus = try Corpus(path: path)
    #expect(
      corpus.entries == [
        CorpusEntry(body: Array(#"{"id":"1"}"#.utf8)),
        CorpusEntry(body: Array(#"{"id": "2"}"#.utf8), path: "/b", atMilliseconds: 12.5),
      ])
  }

  @Test func readsAFolderInTheOrderOfItsNames() throws {
    let folder = try Folder()
    _ = try folder.file("b.json", "{\n  \"id\": \"b\"\n}\n")
    _ = try folder.file("a.json", #"{"id":"a"}"#)
    _ = try folder.file("c.txt", "no request")
    let bodies = try Corpus(path: folder.path).entries.map {
      String(decoding: $0.front, as: UTF8.self)
    }
    #expect(bodies == [#"{"id":"a"}"#, "{\n  \"id\": \"b\"\n}"])
  }

  static let wrong: [(text: String, message: String)] = [
    ("", ": no request in it"),
    ("{\"id\":1}\n[]\n", ":2: not a JSON object"),
    ("{\"id\":1}\n{\"id\":1}}\n", ":2: not a JSON object"),
    ("{\"a\":1}\n{\"request\":3}\n", ":2: `request` is not an object"),
    ("{\"a\":1}\n{\"request\":{},\"path\":\"x\"}\n", ":2: `path` must begin with /"),
    ("{\"a\":1}\n{\"request\":{},\"at\":\"x\"}\n", ":2: `at` must be a number of milliseconds"),
  ]

  @Test(arguments: wrong) func namesTheLineThatIsWrong(_ text: String, _ message: String) throws {
    let folder = try Folder()
    let path = try folder.file("a.ndjson", text)
    let problem = #expect(throws: CorpusProblem.self) { try Corpus(path: path) }
    #expect(problem?.description == path + message)
  }

  @Test func replaysAtTheRecordedTimes() throws {
    var corpus = Corpus(
      entries: [5.0, 6.5, 6.5, 105].map { CorpusEntry(body: [], atMilliseconds: $0) })
    #expect(try corpus.recordedTimes(speed: 1, of: "a") == [0, 1_500_000, 1_500_000, 100_000_000])
    #expect(try corpus.recordedTimes(speed: 2, of: "a").last == 50_000_000)
    corpus.entries.append(CorpusEntry(body: [], atMilliseconds: 4))
    let problem = #expect(throws: CorpusProblem.self) {
      try corpus.recordedTimes(speed: 1, of: "a")
    }
    #expect(problem?.description.hasPrefix("a:5: `at` must not fall") == true)
  }

  @Test func readsIdsAndNamesTheWrongOne() throws {
    let folder = try Folder()
    #expect(try UserIDs.list(path: try folder.file("a", "12\r\n\nx-y\n")).count == 2)
    let path = try folder.file("b", "12\na\"b\n")
    let problem = #expect(throws: CorpusProblem.self) { try UserIDs.list(path: path) }
    #expect(problem?.description.hasPrefix("\(path):2: an id is") == true)
  }
}

/// A folder for a test, removed with the value.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/nod-load-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
