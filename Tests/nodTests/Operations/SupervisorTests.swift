import Foundation
import LinuxIO
import Support
import Testing

@testable import nod

@Suite struct SupervisorTests {
  private let name = "@nod-test-\(UUID().uuidString)"

  private func supervisor(_ environment: [String: String]) -> Supervisor {
    Supervisor(
      environment: environment.merging(["NOTIFY_SOCKET": name]) { $1 }, processIdentifier: 42)
  }

  @Test func tellsEveryStateOfTheServer() throws {
    let listener = try NotifyListener(name)
    let supervisor = supervisor([:])
    supervisor.ready("nod ready\nand more")
    #expect(listener.next() == "READY=1\nSTATUS=nod ready and more")
    supervisor.reloading(now: 5_000_000_999)
    #expect(listener.next() == "RELOADING=1\nMONOTONIC_USEC=5000000\nSTATUS=reloading")
    supervisor.stopping()
    #expect(listener.next()?.hasPrefix("STOPPING=1\n") == true)
  }

  @Test func givesSignsOfLifeInTime() throws {
    let listener = try NotifyListener(name)
    var supervisor = supervisor(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "42"])
    supervisor.giveSignOfLife(now: 10_000_000_000)
    #expect(listener.next() == "WATCHDOG=1")
    supervisor.giveSignOfLife(now: 10_999_999_999)
    #expect(listener.next(milliseconds: 0) == nil)
    supervisor.giveSignOfLife(now: 11_000_000_000)
    #expect(listener.next() == "WATCHDOG=1")
  }

  @Test(arguments: [
    [:], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "x"],
    ["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "43"],
    ["WATCHDOG_USEC": "18446744073709551615"],
  ])
  func staysSilentWhereNoneIsWanted(_ environment: [String: String]) throws {
    let listener = try NotifyListener(name)
    var supervisor = supervisor(environment)
    supervisor.giveSignOfLife(now: 10_000_000_000)
    #expect(listener.next(milliseconds: 0) == nil)
  }

  @Test func hearsOfTheWholeLifeOfAServer() async throws {
    try await onOwnThread {
      let listener = try NotifyListener(name)
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(
        in: folder, environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "900000"])
      #expect(listener.next()?.hasPrefix("READY=1\nSTATUS=nod ") == true)
      #expect(listener.next() == "WATCHDOG=1")
      #expect(listener.next() == "WATCHDOG=1")
      server.send(SIGHUP)
      #expect(Self.message(listener)?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
      #expect(Self.message(listener)?.hasPrefix("READY=1\nSTATUS=nod: reloaded") == true)
      #expect(try server.stop() == 0)
      #expect(Self.message(listener)?.hasPrefix("STOPPING=1") == true)
    }
  }

  /// The next message that is no sign of life.
  private static func message(_ listener: NotifyListener) -> String? {
    while let message = listener.next() {
      if message != "WATCHDOG=1" { return message }
    }
    return nil
  }
}
