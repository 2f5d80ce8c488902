import Foundation
import LinuxIO
import Support
import Testing

@Suite struct NotifySocketTests {
  private static var path: String {
    FileManager.default.temporaryDirectory.appendingPathComponent("n-\(UUID().uuidString)").path
  }

  @Test(arguments: [path, "@nod-test-\(UUID().uuidString)"])
  func reachesItsManager(_ name: String) throws {
    let listener = try NotifyListener(name)
    defer { try? FileManager.default.removeItem(atPath: name) }
    let socket = try #require(NotifySocket(name))
    try socket.send("READY=1\nSTATUS=two words")
    #expect(listener.next() == "READY=1\nSTATUS=two words")
    try socket.send("STOPPING=1")
    #expect(listener.next() == "STOPPING=1")
  }

  @Test(arguments: [
    "", "/", "@", "relative", "vsock:2:1", "/\0", "/" + String(repeating: "x", count: 107),
  ])
  func refusesWhatIsNoName(_ name: String) {
    #expect(NotifySocket(name) == nil)
  }

  @Test func takesTheLongestName() {
    #expect(NotifySocket("/" + String(repeating: "x", count: 106)) != nil)
  }

  @Test func saysThatNobodyListens() throws {
    let socket = try #require(NotifySocket("@nod-test-\(UUID().uuidString)"))
    #expect(throws: Errno.self) { try socket.send("READY=1") }
  }
}
