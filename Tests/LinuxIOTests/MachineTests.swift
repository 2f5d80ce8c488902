import Foundation
import LinuxIO
import Synchronization
import Testing

@Suite struct MachineTests {
  @Test func raisesTheLimitOfOpenFilesAsFarAsItGoes() throws {
    let limit = try OpenFileLimit.raise()
    #expect(limit > 0)
    #expect(try OpenFileLimit.raise() == limit)
  }

  @Test func knowsTheFileSystemOfProc() throws {
    let system = try FileSystem.of("/proc")
    #expect(system.name == "0x9fa0")
    #expect(system.keeping == .unknown)
    #expect(throws: FileError.self) { try FileSystem.of("/nowhere") }
  }

  @Test func putsAThreadAndThoseItStartsBehindOthers() throws {
    let niceness = Niceness()
    try LinuxIO.Thread(name: "parent", priority: .background) {
      let child = try? LinuxIO.Thread(name: "child") { niceness.note() }
      child?.join()
    }.join()
    #expect(niceness.value == 10)
    #expect(Niceness.own != 10)
  }
}

/// The nice value of a thread, as the kernel's file of it shows it.
private final class Niceness: Sendable {
  private let read = Mutex<Int?>(nil)

  var value: Int? { read.withLock { $0 } }

  func note() {
    let own = Self.own
    read.withLock { $0 = own }
  }

  static var own: Int? {
    guard let stat = try? String(contentsOfFile: "/proc/thread-self/stat", encoding: .utf8),
      let end = stat.lastIndex(of: ")")
    else { return nil }
    return Int(stat[stat.index(after: end)...].split(separator: " ")[16])
  }
}
