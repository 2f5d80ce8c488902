import AuctionTypes
import ControlStore
import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct ResumeTests {
  static let file = "ftp_1_full_1700000000000.sync"
  static let body = Array((0..<5_000).map { "user-\($0) 24,26\n" }.joined().utf8)
  static let hash = UploadTests.hash(body)
  static let offsetPath = "/v1/audience-uploads/offset?source=aam&file=\(file)&sha256=\(hash)"

  private static func offset(_ port: UInt16) throws -> Int {
    struct Answer: Decodable { let offset: Int }
    var client = try TestClient(port: port)
    let answer = try client.ask("GET", offsetPath)
    let offset = try JSONDecoder().decode(Answer.self, from: Data(answer.body)).offset
    #expect(answer.header("Upload-Offset") == "\(offset)")
    return offset
  }

  /// Sends the first bytes of the file and goes away.
  private static func breakOff(
    after count: Int, _ rig: UploadRig, _ port: UInt16, sha256: String? = hash
  ) throws {
    do {
      var client = try TestClient(port: port)
      try client.begin(
        file, sha256: sha256, declaring: body.count, sending: Array(body.prefix(count)))
      try rig.wait { !rig.entries().isEmpty }
    }
    try rig.wait { rig.desk.active[UploadName(source: "aam", file: file)] == nil }
  }

  @Test func goesOnWhereTheConnectionBroke() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      #expect(try Self.offset(port) == 0)
      try Self.breakOff(after: 1_234, rig, port)
      #expect(try Self.offset(port) == 1_234)
      var client = try TestClient(port: port)
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads?state=receiving"))
      #expect(jobs.map(\.receivedBytes) == [1_234])
      #expect(jobs.map(\.bytes) == [Self.body.count])
      let wrong = try client.upload(
        Self.file, sha256: Self.hash, headers: ["Upload-Offset: 1233"], body: [0])
      #expect(wrong.status == 409)
      #expect(wrong.header("Upload-Offset") == "1234")
      let answer = try client.upload(
        Self.file, sha256: Self.hash, headers: ["Upload-Offset: 1234"],
        body: Array(Self.body.dropFirst(1_234)))
      #expect(answer.status == 202)
      #expect(answer.header("Upload-Offset") == "\(Self.body.count)")
      #expect(try SeenJob(answer).id == jobs.first?.id)
      #expect(try Data(contentsOf: URL(fileURLWithPath: rig.path(Self.file))) == Data(Self.body))
      #expect(rig.entries() == [Self.file])
    }
  }

  @Test func needsNoMoreBytesWhereAllAreThere() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      try Self.breakOff(after: Self.body.count - 1, rig, port)
      let name = try #require(rig.entries().first)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: rig.path(name)))
      try handle.seekToEnd()
      try handle.write(contentsOf: Self.body.suffix(1))
      var client = try TestClient(port: port)
      let answer = try client.upload(
        Self.file, sha256: Self.hash, headers: ["Upload-Offset: \(Self.body.count)"], body: [])
      #expect(answer.status == 202)
    }
  }

  @Test func startsOverWithoutAnOffset() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      try Self.breakOff(after: 1_234, rig, port)
      var client = try TestClient(port: port)
      #expect(try client.upload(Self.file, sha256: Self.hash, body: Self.body).status == 202)
      #expect(rig.entries() == [Self.file])
    }
  }

  @Test func leavesNothingOfAnUploadWithoutAHash() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      try Self.breakOff(after: 1_234, rig, port, sha256: nil)
      #expect(rig.entries().isEmpty)
      var client = try TestClient(port: port)
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads"))
      #expect(jobs.map(\.state) == ["failed"])
      #expect(jobs.first?.reason?.contains("1234") == true)
      let answer = try client.upload(
        Self.file, headers: ["Upload-Offset: 0"], body: Self.body)
      #expect(answer.status == 400)
    }
  }

  @Test func leavesNothingOfAChunkedBodyWithoutItsEnd() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      do {
        let client = try TestClient(port: port)
        let head =
          "POST /v1/audience-uploads?source=aam&file=\(Self.file) HTTP/1.1\r\nHost: a\r\n"
          + "\(TestClient.authorization)\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nuser-\r\n"
        try client.send(Array(head.utf8))
        try rig.wait { !rig.entries().isEmpty }
      }
      try rig.wait { rig.entries().isEmpty }
      #expect(rig.wakes.load(ordering: .relaxed) == 0)
    }
  }

  /// A connection may be dead without the server knowing: who goes on takes its place.
  @Test func takesThePlaceOfAConnectionThatHangs() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var hanging = try TestClient(port: port)
      try hanging.begin(
        Self.file, sha256: Self.hash, declaring: Self.body.count,
        sending: Array(Self.body.prefix(500)))
      try rig.wait { !rig.entries().isEmpty }
      let offset = try Self.offset(port)
      var client = try TestClient(port: port)
      let answer = try client.upload(
        Self.file, sha256: Self.hash, headers: ["Upload-Offset: \(offset)"],
        body: Array(Self.body.dropFirst(offset)))
      #expect(answer.status == 202)
      // What the first still sends reaches no file.
      try? hanging.send(Array(Self.body.dropFirst(500)))
      #expect(try hanging.answer().status == 409)
      #expect(try Data(contentsOf: URL(fileURLWithPath: rig.path(Self.file))) == Data(Self.body))
      #expect(rig.entries() == [Self.file])
    }
  }

  @Test func removesWhatNobodyGoesOnWith() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in try Self.breakOff(after: 1_234, rig, port) }
    try Data([1]).write(to: URL(fileURLWithPath: rig.path(".upload-stranger.part")))
    try rig.desk.tend()
    #expect(rig.entries().count == 1)
    let later = WallTime(milliseconds: Clock.realtimeMilliseconds() + 86_500_000)
    let desk = UploadDesk(
      database: rig.rig.parts.database, port: rig.desk.port, clock: { later })
    try desk.tend()
    #expect(rig.entries().isEmpty)
    let page = try desk.jobs.page(
      UploadJobQuery(sources: nil, state: .failed, before: nil, limit: 9))
    #expect(page.jobs.map(\.reason) == ["nothing came for a day"])
  }
}
