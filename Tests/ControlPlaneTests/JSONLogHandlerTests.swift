import Foundation
import Logging
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct JSONLogHandlerTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private func log(_ body: (inout Logger) -> Void) throws -> [[String: String]] {
    let lines = Lines()
    var logger = Logger(label: "nod.test") { label in
      JSONLogHandler(label: label) { lines.add($0) }
    }
    body(&logger)
    return try lines.all.map { line in
      #expect(line.hasSuffix("}\n"))
      #expect(line.filter { $0 == "\n" }.count == 1)
      return try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    }
  }

  @Test func writesOneObjectALine() throws {
    let lines = try log { logger in
      logger[metadataKey: "own"] = "1"
      logger.notice("two\nlines \"quoted\"", metadata: ["key": "value"])
    }
    let line = try #require(lines.first)
    #expect(line["level"] == "notice")
    #expect(line["logger"] == "nod.test")
    #expect(line["message"] == "two\nlines \"quoted\"")
    #expect(line["own"] == "1")
    #expect(line["key"] == "value")
    #expect(line["time"]?.hasSuffix("Z") == true)
  }

  @Test func dropsWhatIsBelowItsLevel() throws {
    #expect(try log { $0.info("quiet") }.isEmpty)
    let loud = try log { logger in
      logger.logLevel = .debug
      logger.debug("loud")
    }
    #expect(loud.map { $0["message"] } == ["loud"])
  }
}
