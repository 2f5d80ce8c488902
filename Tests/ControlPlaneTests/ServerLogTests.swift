import Foundation
import Logging
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct ServerLogTests {
  private let lines = Lines()

  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private func log(_ format: ServerLog.Format) -> (ServerLog, Logger) {
    let log = ServerLog(format: format) { [lines] in lines.add($0) }
    return (log, Logger(label: "nod.test") { log.handler(label: $0) })
  }

  @Test func writesAnObjectALine() throws {
    let (_, logger) = log(.json)
    logger.warning("a\nb", metadata: ["event": "problem", "line": "7"])
    #expect(lines.all.count == 1)
    let object = try JSONDecoder().decode([String: String].self, from: Data(lines.all[0].utf8))
    #expect(object["event"] == "problem")
    #expect(object["line"] == "7")
    #expect(object["level"] == "warning")
    #expect(object["message"] == "a\nb")
  }

  @Test func writesWordsOnOneLineWithoutControlCharacters() throws {
    let (_, logger) = log(.text)
    logger.error("a\nb\u{1B}[2J", metadata: ["z": "2", "a": "1\r\n", "event": "problem"])
    let line = try #require(lines.all.first)
    #expect(line.hasSuffix(" error    a b [2J (a=1 , z=2)\n"))
    #expect(line.dropLast().allSatisfy { !$0.isNewline })
  }

  @Test func changesItsLevelInLoggersThatAreThere() {
    let (log, logger) = log(.text)
    logger.debug("quiet")
    #expect(lines.all.isEmpty)
    log.set(level: .debug, format: .json)
    logger.debug("loud")
    #expect(lines.all.count == 1)
    log.set(level: .error, format: .json)
    logger.warning("quiet")
    #expect(lines.all.count == 1)
  }

  @Test func keepsTheLevelThatOneLoggerWasGiven() {
    let (_, logger) = log(.text)
    var own = logger
    own.logLevel = .trace
    own.trace("loud")
    logger.trace("quiet")
    #expect(lines.all.count == 1)
  }
}
