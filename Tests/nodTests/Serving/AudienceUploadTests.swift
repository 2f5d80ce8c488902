import Cryptography
import FixedMemory
import Foundation
import Support
import Testing

/// Audience files over HTTP, from the upload to the bid, in a running server.
@Suite struct AudienceUploadTests {
  static let configuration = ServingSamples.configuration.replacing(
    "    - {name: optout",
    with: """
          - {name: waits, format: adobe-outbound, id_space: nod, segment_prefix: "w:", \
      manifest: required}
          - {name: optout
      """)

  static func folder() throws -> TemporaryFolder {
    let folder = try ServingSamples.folder()
    try folder.write(configuration, to: "nod.yaml")
    return folder
  }

  private static let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)

  @Test(arguments: [false, true])
  func anUploadShowsInSegmentsAndBids(isCompressed: Bool) async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try Self.folder())
      #expect(try server.post(ServingSamples.request(buyer: "user-7")).status == 204)
      let text = Array((0..<100).map { "user-\($0) 24,\($0 % 2 + 30)\n" }.joined().utf8)
      let name = Self.name + (isCompressed ? ".gz" : "")
      let body = isCompressed ? Gzip.member(text) : text
      let job = try server.upload(name, body: body)
      let done = try server.waitForJob(job.id)
      #expect(done.state == "done")
      #expect(done.bytes == body.count)
      #expect(done.report?.lines.stored == 100)
      #expect(done.report?.generation == 1)
      try server.wait(for: "the count") { try server.sizes()["aam:24"] == 100 }
      #expect(try server.sizes() == ["aam:24": 100, "aam:30": 50, "aam:31": 50])
      try server.wait(for: "the bid") {
        try server.post(ServingSamples.request(buyer: "user-7")).status == 200
      }
      let received = try server.metrics()["nod_upload_received_bytes_total{source=\"aam\"}"]
      #expect(received == Double(body.count))
    }
  }

  @Test func aDroppedFileIsAJobToo() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try Self.folder())
      try server.drop(Array("user-1 24\n".utf8), as: Self.name, source: "aam")
      _ = try server.waitForReport(of: Self.name, source: "aam")
      // The report is there first.
      try server.wait(for: "the job") { try !server.jobs().isEmpty }
      let jobs = try server.jobs()
      #expect(jobs.map(\.file) == [Self.name])
      let done = try server.waitForJob(try #require(jobs.first).id)
      #expect(done.createdBy == nil)
      #expect(done.state == "done")
    }
  }

  @Test func aWrongFileSaysWhatIsWrong() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try Self.folder())
      let lines = (0..<300).map { $0 % 2 == 0 ? "user-\($0) 24\n" : "no segments here at all\n" }
      let job = try server.waitForJob(
        try server.upload(Self.name, body: Array(lines.joined().utf8)).id)
      #expect(job.state == "rejected")
      #expect(job.reason == "150 of 300 lines are malformed, more than max_invalid allows")
      #expect(job.report?.errors.first?.line == 2)
      #expect(job.report?.errors.first?.text == "no segments here at all")
      #expect(try server.sizes() == ["aam:24": 0])
    }
  }

  @Test func aFileForThePollAfterNextIsTakenAtOnce() async throws {
    try await onOwnThread {
      let folder = try Self.folder()
      try folder.write(
        Self.configuration.replacing("poll_interval: 20ms", with: "poll_interval: 1h"),
        to: "nod.yaml")
      let server = try ServerProcess(in: folder)
      for number in 0..<5 {
        let name = ServingSamples.fileName(timestamp: 1_700_000_000_000 + number)
        let job = try server.upload(name, body: Array("user-\(number) 24\n".utf8))
        #expect(try server.waitForJob(job.id).state == "done")
      }
    }
  }

  @Test func anUploadGoesOnAfterTheServerWasKilled() async throws {
    try await onOwnThread {
      let folder = try Self.folder()
      let body = Array((0..<200_000).map { "user-\($0) 24,26\n" }.joined().utf8)
      let path = Self.path(of: Self.name, sha256: Self.hash(body))
      let first = try ServerProcess(in: folder)
      let client = try TestClient(port: first.controlPort)
      try client.send(
        Array(
          ("POST /v1/audience-uploads\(path) HTTP/1.1\r\nHost: a\r\n"
            + "\(try first.authorization())\r\nContent-Length: \(body.count)\r\n\r\n").utf8))
      try client.send(Array(body.prefix(body.count / 2)))
      try first.wait(for: "some of the file") { try first.offset(path) > 0 }
      try first.kill()
      let server = try ServerProcess(in: folder)
      let offset = try server.offset(path)
      #expect(offset > 0 && offset <= body.count / 2)
      let open = try server.jobs()
      #expect(open.map(\.state) == ["receiving"])
      let job = try server.upload(
        Self.name, path: path, headers: ["Upload-Offset: \(offset)"],
        body: Array(body.dropFirst(offset)))
      #expect(job.id == open.first?.id)
      let done = try server.waitForJob(job.id)
      #expect(done.state == "done")
      #expect(done.report?.lines.stored == 200_000)
    }
  }

  /// A body of any size passes through buffers of the same size.
  @Test func theMemoryStaysFlatWhateverTheSize() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try Self.folder())
      let chunk = Array(String(repeating: "user-1 24,26,30,31\n", count: 50_000).utf8)
      // The first megabytes bring buffers and pools to their sizes.
      try server.send(chunk, times: 20, as: ServingSamples.fileName(timestamp: 1_700_000_000_001))
      let before = try server.residentBytes()
      try server.send(chunk, times: 270, as: ServingSamples.fileName(timestamp: 1_700_000_000_002))
      let grown = try server.residentBytes() - before
      print("upload: \((chunk.count * 270) >> 20) MiB, memory grew by \(grown >> 10) KiB")
      #expect(grown < 32 << 20)
    }
  }

  static func hash(_ bytes: [UInt8]) -> String {
    var digest = Digest(.sha256)
    digest.update(bytes.rawSpan)
    return digest.hexadecimal()
  }

  static func path(of file: String, source: String = "aam", sha256: String? = nil) -> String {
    "?source=\(source)&file=\(file)" + (sha256.map { "&sha256=\($0)" } ?? "")
  }
}
