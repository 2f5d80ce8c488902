import AuctionTypes
import AudienceIngest
import ControlStore
import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

@testable import ControlPlane

/// A control plane with an inbox in a folder of its own, which nothing takes in but the test.
final class UploadRig: Sendable {
  static let sources = [
    AudiencePort.Source(
      name: "aam", format: .adobeOutbound, idSpace: "nod", segmentPrefix: "aam:",
      ttlSeconds: 86_400, advertiser: nil),
    AudiencePort.Source(
      name: "own", format: .adobeOutbound, idSpace: "nod", segmentPrefix: "own:",
      ttlSeconds: 86_400, advertiser: "acme"),
    AudiencePort.Source(
      name: "optout", format: .suppression, idSpace: "", segmentPrefix: "", ttlSeconds: 0,
      advertiser: nil),
  ]

  /// Wakes of the ingest.
  let wakes = Atomic<Int>(0)
  /// The file that the test says is being read.
  let reading = Mutex<IngestProgress.Reading?>(nil)
  let desk: UploadDesk
  let rig: ControlRig
  let inbox: String
  private let folder: TemporaryInbox

  init(limits: UploadLimits = UploadLimits(), census: SegmentCensus? = nil) throws {
    rig = try ControlRig()
    folder = try TemporaryInbox()
    inbox = folder.path
    let box = Box()
    var port = AudiencePort()
    port.sources = Self.sources
    port.inbox = folder.path
    port.limits = limits
    port.limits.surveyMilliseconds = 0
    port.wakeIngest = { box.rig?.wakes.add(1, ordering: .relaxed) }
    port.reading = { box.rig?.reading.withLock { $0 } }
    port.census = { census }
    desk = UploadDesk(database: rig.parts.database, port: port)
    box.set(self)
  }

  /// Runs a server on a free port and lends its port.
  func serve(_ body: @escaping @Sendable (UInt16) throws -> Void) async throws {
    var parts = rig.parts
    parts.uploads = desk
    try await ControlRig.serve(parts, body)
  }

  /// A path of a source's folder.
  func path(_ name: String, _ source: String = "aam") -> String { "\(inbox)/\(source)/\(name)" }

  func exists(_ name: String, _ source: String = "aam") -> Bool {
    FileManager.default.fileExists(atPath: path(name, source))
  }

  /// What is in a source's folder, hidden files too.
  func entries(_ source: String = "aam") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(inbox)/\(source)")) ?? []).sorted()
  }

  /// Looks every few milliseconds until something is true.
  func wait(_ isTrue: () throws -> Bool) throws {
    let end = Date.now.addingTimeInterval(Patience.seconds)
    while Date.now < end {
      if try isTrue() { return }
      Foundation.Thread.sleep(forTimeInterval: 0.005)
    }
    Issue.record("waited in vain; the folder has \(entries())")
  }

  /// Judges a file as the inbox would.
  func judge(_ file: String, _ source: String = "aam", reason: String? = nil) throws {
    let now = WallTime(milliseconds: Clock.realtimeMilliseconds())
    let status: IngestReport.Status = reason == nil ? .done : .rejected
    let report = IngestReport(
      file: file, source: source, format: .adobeOutbound, status: status, reason: reason,
      started: now, finished: now, generation: 1)
    let target = Directory("\(inbox)/\(source)").directory(status.rawValue)
    try target.create()
    try Data(report.json.utf8).write(
      to: URL(fileURLWithPath: target.path(of: "\(file).report.json")))
    try Directory.move(path(file, source), to: target.path(of: file))
  }

  /// Lends the rig to closures that are made before it is.
  private final class Box: Sendable {
    private let held = Mutex<Weak>(Weak())
    private struct Weak: Sendable { weak var rig: UploadRig? }
    var rig: UploadRig? { held.withLock { $0.rig } }
    func set(_ rig: UploadRig) { held.withLock { $0.rig = rig } }
  }
}

/// A folder that goes with the value.
final class TemporaryInbox: Sendable {
  let path: String

  init() throws {
    path = "/tmp/nod-inbox-\(UInt64.random(in: 0 ... .max))"
    try Directory(path).create()
  }

  deinit { try? Directory(path).removeAll() }
}

/// A job as the API shows it.
struct SeenJob: Decodable {
  struct Report: Decodable {
    let status: String
    let reason: String?
  }

  let id: String
  let source: String
  let file: String
  let state: String
  let bytes: Int?
  let receivedBytes: Int
  let readBytes: Int
  let sha256: String?
  let createdBy: String?
  let reason: String?
  let report: Report?

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  init(_ answer: TestAnswer) throws {
    self = try Self.decoder.decode(SeenJob.self, from: Data(answer.body))
  }

  /// The jobs of a page.
  static func list(_ answer: TestAnswer) throws -> [SeenJob] {
    struct Page: Decodable { let items: [SeenJob] }
    return try decoder.decode(Page.self, from: Data(answer.body)).items
  }
}

extension TestClient {
  static let authorization = "Authorization: Bearer \(ControlRig.token)"

  /// Asks with the administrator's key.
  mutating func ask(
    _ method: String, _ path: String, headers: [String] = [], body: [UInt8]? = nil
  ) throws -> TestAnswer {
    try request(method, path, headers: [Self.authorization] + headers, body: body)
  }

  /// Sends the head of an upload and some of its body.
  mutating func begin(
    _ file: String, sha256: String? = nil, declaring length: Int, offset: Int? = nil,
    sending bytes: [UInt8]
  ) throws {
    let hash = sha256.map { "&sha256=\($0)" } ?? ""
    let place = offset.map { "Upload-Offset: \($0)\r\n" } ?? ""
    let head =
      "POST /v1/audience-uploads?source=aam&file=\(file)\(hash) HTTP/1.1\r\nHost: a\r\n"
      + "\(Self.authorization)\r\nContent-Length: \(length)\r\n\(place)\r\n"
    try send(Array(head.utf8) + bytes)
  }

  /// Uploads a file with the administrator's key.
  mutating func upload(
    _ file: String, source: String = "aam", sha256: String? = nil, headers: [String] = [],
    body: [UInt8]
  ) throws -> TestAnswer {
    let hash = sha256.map { "&sha256=\($0)" } ?? ""
    return try ask(
      "POST", "/v1/audience-uploads?source=\(source)&file=\(file)\(hash)", headers: headers,
      body: body)
  }
}
