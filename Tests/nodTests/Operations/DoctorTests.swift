import Foundation
import LinuxIO
import Support
import Testing

@testable import nod

@Suite struct DoctorTests {
  /// A file of the kernel, what is in it, and what the doctor says of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let files: [String: String]
    let grade: Finding.Grade
    var testDescription: String { "\(files)" }
  }

  private func machine(_ files: [String: String]) throws -> (Doctor, TemporaryFolder) {
    let folder = try TemporaryFolder()
    for (path, text) in files { try folder.write(text, to: path) }
    var configuration = Configuration()
    configuration.dataDirectory = folder.path("data")
    configuration.bidder.workers = .count(2)
    return (Doctor(configuration: configuration, machine: Machine(root: folder.url.path)), folder)
  }

  @Test(arguments: [(1_024, Finding.Grade.warn), (11_023, .warn), (11_024, .ok), (1 << 20, .ok)])
  func wantsFilesForAllConnections(_ hard: Int, _ grade: Finding.Grade) throws {
    let (doctor, folder) = try machine(
      ["proc/self/limits": "Max open files            1024   \(hard)   files\n"])
    withExtendedLifetime(folder) { #expect(doctor.openFiles(nil)?.grade == grade) }
  }

  @Test(arguments: [
    ("0", "0000000000000000", Finding.Grade.warn), ("9", "0000000000000000", .warn),
    ("10", "0000000000000000", .ok), ("unlimited", "0000000000000000", .ok),
    ("0", "000001ffffffffff", .ok), ("0", "000001ffff7fffff", .warn),
  ])
  func wantsThreadsToComeBackFromRest(
    _ limit: String, _ rights: String, _ grade: Finding.Grade
  ) throws {
    let (doctor, folder) = try machine([
      "proc/self/limits": "Max nice priority         \(limit)        \(limit)\n",
      "proc/self/status": "Name:\tnod\nCapEff:\t\(rights)\n",
    ])
    withExtendedLifetime(folder) { #expect(doctor.priorities(nil)?.grade == grade) }
  }

  @Test(arguments: [
    Case(files: ["proc/sys/net/core/somaxconn": "128\n"], grade: .warn),
    Case(files: ["proc/sys/net/core/somaxconn": "4096\n"], grade: .ok),
  ])
  func wantsRoomForBursts(_ input: Case) throws {
    let (doctor, folder) = try machine(input.files)
    withExtendedLifetime(folder) {
      #expect(doctor.backlog("net.core.somaxconn")?.grade == input.grade)
    }
  }

  @Test(arguments: [
    Case(files: ["sys/fs/cgroup/cpu.max": "max 100000\n"], grade: .ok),
    Case(files: ["sys/fs/cgroup/cpu.max": "300000 100000\n"], grade: .ok),
    Case(files: ["sys/fs/cgroup/cpu.max": "200000 100000\n"], grade: .warn),
    Case(
      files: [
        "sys/fs/cgroup/a.slice/cpu.max": "50000 100000\n", "proc/self/cgroup": "0::/a.slice\n",
      ],
      grade: .warn),
  ])
  func fearsAQuotaOfProcessors(_ input: Case) throws {
    let (doctor, folder) = try machine(input.files)
    withExtendedLifetime(folder) { #expect((doctor.quota?.grade ?? .ok) == input.grade) }
  }

  @Test(arguments: [
    Case(files: [Self.clockSource: "tsc\n"], grade: .ok),
    Case(files: [Self.clockSource: "kvm-clock\n"], grade: .ok),
    Case(files: [Self.clockSource: "hpet\n"], grade: .warn),
  ])
  func wantsAFastClock(_ input: Case) throws {
    let (doctor, folder) = try machine(input.files)
    withExtendedLifetime(folder) { #expect(doctor.clockSource?.grade == input.grade) }
  }

  private static let clockSource =
    "sys/devices/system/clocksource/clocksource0/current_clocksource"

  @Test(arguments: [
    (nil, nil), (ClockState(isSynchronised: true, largestErrorMicroseconds: 5), Finding.Grade.ok),
    (ClockState(isSynchronised: true, largestErrorMicroseconds: 2_000_000), .warn),
    (ClockState(isSynchronised: false, largestErrorMicroseconds: 5), .warn),
  ])
  func wantsAClockThatIsRight(_ state: ClockState?, _ grade: Finding.Grade?) {
    #expect(Doctor.clock(state)?.grade == grade)
  }

  @Test(arguments: [
    Case(files: ["proc/meminfo": "SwapTotal: 0 kB\n"], grade: .ok),
    Case(
      files: ["proc/meminfo": "SwapTotal: 5 kB\n", "proc/sys/vm/swappiness": "1"], grade: .ok),
    Case(
      files: ["proc/meminfo": "SwapTotal: 5 kB\n", "proc/sys/vm/swappiness": "60"], grade: .warn),
  ])
  func fearsSwap(_ input: Case) throws {
    let (doctor, folder) = try machine(input.files)
    withExtendedLifetime(folder) { #expect(doctor.swap?.grade == input.grade) }
  }

  @Test(arguments: [
    Case(files: ["proc/stat": "cpu  100 0 100 800 0 0 0 20 0 0\n"], grade: .ok),
    Case(files: ["proc/stat": "cpu  100 0 100 800 0 0 0 50 0 0\n"], grade: .warn),
  ])
  func fearsAnOversoldHost(_ input: Case) throws {
    let (doctor, folder) = try machine(input.files)
    withExtendedLifetime(folder) { #expect(doctor.steal?.grade == input.grade) }
  }

  @Test(arguments: [
    ([0.1, 0.2, 900], Finding.Grade.ok), ([20, 20, 20], .warn), ([600, 600, 1], .fail), ([], .fail),
  ])
  func judgesTheDiskByItsMedian(_ times: [Double], _ grade: Finding.Grade) {
    #expect(Doctor.judge(syncMilliseconds: times).grade == grade)
  }

  @Test func findsTheServerThatHoldsTheFolder() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      let (examination, status) = try Self.examine(folder)
      let ports = examination.findings.filter { $0.check == "ports" }
      #expect(ports.count == 2)
      #expect(ports.allSatisfy { $0.found.hasSuffix("the server is running") })
      #expect(
        examination.findings.filter { $0.check == "secret_files" }.allSatisfy { $0.grade == "ok" })
      #expect(status == (examination.ok ? 0 : 78))
      #expect(try server.stop() == 0)
    }
  }

  @Test func failsWhereThePortIsTakenAndTheKeyIsOpen() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let other = try Socket.listening(
        at: SocketAddress(host: "127.0.0.1", port: 0), sharingPort: false)
      let port = try other.localPort()
      try folder.write(
        ServingSamples.configuration.replacing(
          "{workers: 2}", with: "{workers: 2, listen: \"127.0.0.1:\(port)\"}"), to: "nod.yaml")
      try folder.write(String(repeating: "k", count: 64), to: "notice.key")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: folder.path("notice.key"))
      let (examination, status) = try Self.examine(folder)
      #expect(status == 78)
      #expect(!examination.ok)
      let failed = examination.findings.filter { $0.grade == "fail" }
      #expect(failed.contains { $0.check == "ports" && $0.found.contains(":\(port)") })
      #expect(failed.contains { $0.check == "secret_files" && $0.found.contains("mode 644") })
      #expect(failed.allSatisfy { $0.advice?.isEmpty == false })
      let text = try NodProcess.run(["doctor", "--config", "nod.yaml"], in: folder)
      #expect(text.status == 78)
      #expect(text.output.contains("\nfail  ports "))
      // Nothing is made by looking.
      #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
    }
  }

  private static func examine(_ folder: TemporaryFolder) throws -> (Examination, Int32) {
    let outcome = try NodProcess.run(["doctor", "--config", "nod.yaml", "--json"], in: folder)
    return (
      try JSONDecoder().decode(Examination.self, from: Data(outcome.output.utf8)), outcome.status
    )
  }

  private struct Examination: Decodable {
    struct Finding: Decodable {
      let check: String
      let grade: String
      let found: String
      let advice: String?
    }

    let ok: Bool
    let findings: [Finding]
  }
}
