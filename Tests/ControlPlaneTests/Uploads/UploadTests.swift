import AuctionTypes
import AudienceIngest
import ControlStore
import Cryptography
import FixedMemory
import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct UploadTests {
  static let file = "ftp_1_iter_1700000000000.sync"
  static let body = Array("user-1 24\nuser-2 26\n".utf8)

  static func hash(_ bytes: [UInt8]) -> String {
    var digest = Digest(.sha256)
    digest.update(bytes.rawSpan)
    return digest.hexadecimal()
  }

  @Test func bringsAFileIntoTheInbox() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      let answer = try client.upload(Self.file, body: Self.body)
      #expect(answer.status == 202)
      let job = try SeenJob(answer)
      #expect(answer.header("Location") == "/v1/audience-uploads/\(job.id)")
      #expect(job.state == "queued")
      #expect(job.bytes == Self.body.count)
      #expect(job.receivedBytes == Self.body.count)
      #expect(job.sha256 == Self.hash(Self.body))
      #expect(job.createdBy == "token-file")
      #expect(try Data(contentsOf: URL(fileURLWithPath: rig.path(Self.file))) == Data(Self.body))
      #expect(rig.entries() == [Self.file])
      #expect(rig.wakes.load(ordering: .relaxed) == 1)
      rig.reading.withLock { $0 = .init(source: "aam", file: Self.file, readBytes: 7) }
      let reading = try SeenJob(try client.ask("GET", "/v1/audience-uploads/\(job.id)"))
      #expect(reading.state == "reading")
      #expect(reading.readBytes == 7)
      rig.reading.withLock { $0 = nil }
      try rig.judge(Self.file)
      let done = try SeenJob(try client.ask("GET", "/v1/audience-uploads/\(job.id)"))
      #expect(done.state == "done")
      #expect(done.report?.status == "done")
      #expect(done.readBytes == Self.body.count)
    }
  }

  @Test func takesChunkedBodies() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      let head =
        "POST /v1/audience-uploads?source=aam&file=\(Self.file) HTTP/1.1\r\nHost: a\r\n"
        + "\(TestClient.authorization)\r\nTransfer-Encoding: chunked\r\n\r\n"
      try client.send(Array(head.utf8))
      for byte in Self.body { try client.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
      try client.send(Array("0\r\n\r\n".utf8))
      let answer = try client.answer()
      #expect(answer.status == 202)
      #expect(try SeenJob(answer).sha256 == Self.hash(Self.body))
    }
  }

  /// Names that an inbox would refuse or leave alone, and what is missing.
  @Test(arguments: [
    ("source=aam", 400), ("file=x", 400), ("source=none&file=\(file)", 404),
    ("source=aam&file=..%2Fx_iter.sync", 422), ("source=aam&file=.hidden_iter.sync", 422),
    ("source=aam&file=x_iter.sync.tmp", 422), ("source=aam&file=plain.txt", 422),
    ("source=aam&file=ftp_dpm_1_iter.sync", 422), ("source=optout&file=done", 422),
    ("source=optout&file=a.report.json", 422), ("source=optout&file=", 422),
    ("source=optout&file=a%00b", 422), ("source=aam&file=\(file)&sha256=12", 400),
    ("source=optout&file=\(String(repeating: "a", count: 244))", 422),
  ])
  func refusesWhatCannotBeTakenIn(_ query: String, _ status: Int) async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      let answer = try client.ask("POST", "/v1/audience-uploads?\(query)", body: Self.body)
      #expect(answer.status == status, "\(answer.text)")
      #expect(answer.header("Content-Type") == "application/problem+json")
      #expect(rig.entries().isEmpty)
      #expect(try client.ask("GET", "/v1/audience-uploads").text == #"{"items":[]}"#)
    }
  }

  @Test func takesTheLongestName() async throws {
    let rig = try UploadRig()
    let name = String(repeating: "a", count: IngestLimits.fileNameBytes)
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload(name, source: "optout", body: Self.body).status == 202)
      #expect(rig.exists(name, "optout"))
    }
  }

  @Test func refusesAnotherContentThanDeclared() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      let answer = try client.upload(
        Self.file, sha256: String(repeating: "0", count: 64), body: Self.body)
      #expect(answer.status == 422)
      #expect(answer.text.contains(Self.hash(Self.body)))
      #expect(rig.entries().isEmpty)
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads"))
      #expect(jobs.map(\.state) == ["failed"])
      #expect(jobs.first?.reason?.contains("SHA-256") == true)
    }
  }

  @Test func refusesAnEmptyBody() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload(Self.file, body: []).status == 400)
      #expect(rig.entries().isEmpty)
    }
  }

  @Test func answersTheSameContentWithTheJobThereIs() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      let hash = Self.hash(Self.body)
      let first = try SeenJob(try client.upload(Self.file, body: Self.body))
      // While it waits, only who names the content can be told that it is the same.
      #expect(try client.upload(Self.file, body: Self.body).status == 409)
      let waiting = try client.upload(Self.file, sha256: hash, body: Self.body)
      #expect(waiting.status == 200)
      #expect(try SeenJob(waiting).id == first.id)
      try rig.judge(Self.file)
      for declared in [nil, hash] {
        let again = try client.upload(Self.file, sha256: declared, body: Self.body)
        #expect(again.status == 200)
        #expect(try SeenJob(again).id == first.id)
        #expect(try SeenJob(again).state == "done")
      }
      #expect(try client.upload(Self.file, body: Self.body + [0x0A]).status == 202)
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads"))
      #expect(jobs.map(\.state) == ["queued", "done"])
    }
  }

  @Test func takesARejectedContentAgain() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      _ = try client.upload(Self.file, body: Self.body)
      try rig.judge(Self.file, reason: "no line is valid")
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads?state=rejected"))
      #expect(jobs.map(\.reason) == ["no line is valid"])
      let hash = Self.hash(Self.body)
      #expect(try client.upload(Self.file, sha256: hash, body: Self.body).status == 202)
    }
  }

  @Test func refusesASecondUploadOfAName() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var first = try TestClient(port: port)
      try first.begin(Self.file, declaring: 1_000, sending: Array("user".utf8))
      try rig.wait { rig.entries().count == 1 }
      var second = try TestClient(port: port)
      #expect(try second.upload(Self.file, body: Self.body).status == 409)
      #expect(try second.upload("b_iter.sync", body: Self.body).status == 202)
    }
  }

  @Test func refusesTheNameOfADroppedFile() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      _ = try client.upload("other_iter.sync", body: Self.body)
      try Data(Self.body).write(to: URL(fileURLWithPath: rig.path(Self.file)))
      #expect(try client.upload(Self.file, body: Self.body).status == 409)
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads"))
      #expect(jobs.first?.file == Self.file)
      #expect(jobs.first?.createdBy == nil)
      #expect(jobs.first?.bytes == Self.body.count)
    }
  }

  @Test func boundsTheUploadsAtATime() async throws {
    var limits = UploadLimits()
    limits.uploadsOfKey = 1
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      var first = try TestClient(port: port)
      try first.begin("a_iter.sync", declaring: 1_000, sending: Array("user".utf8))
      try rig.wait { rig.entries().count == 1 }
      var second = try TestClient(port: port)
      let answer = try second.upload(Self.file, body: Self.body)
      #expect(answer.status == 429)
      #expect(answer.header("Retry-After") == "10")
    }
  }

  /// One byte past each limit, and at it.
  @Test func boundsTheBytes() async throws {
    var limits = UploadLimits()
    limits.fileBytes = Self.body.count
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload("a_iter.sync", body: Self.body).status == 202)
      #expect(try client.upload("b_iter.sync", body: Self.body + [0x0A]).status == 413)
    }
    limits = UploadLimits()
    limits.partialBytes = Self.body.count
    let other = try UploadRig(limits: limits)
    try await other.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload("a_iter.sync", body: Self.body).status == 202)
      #expect(try client.upload("b_iter.sync", body: Self.body + [0x0A]).status == 507)
      #expect(other.entries() == ["a_iter.sync"])
    }
  }

  /// `own` is acme's, the other sources are shared.
  @Test func keepsTheSlotsOfAdvertisersApart() async throws {
    var limits = UploadLimits()
    limits.uploadsOfAdvertiser = 1
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      var first = try TestClient(port: port)
      try first.begin("a_iter.sync", declaring: 1_000, sending: Array("user".utf8))
      try rig.wait { rig.entries().count == 1 }
      var second = try TestClient(port: port)
      #expect(try second.upload("b", source: "optout", body: Self.body).status == 429)
      #expect(try second.upload(Self.file, source: "own", body: Self.body).status == 202)
    }
  }

  @Test func keepsTheUnfinishedBytesOfAdvertisersApart() async throws {
    var limits = UploadLimits()
    limits.partialBytesOfAdvertiser = Self.body.count
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      do {
        var first = try TestClient(port: port)
        try first.begin(
          "a_iter.sync", sha256: String(repeating: "0", count: 64), declaring: 1_000,
          sending: Self.body)
        try rig.wait { !rig.entries().isEmpty }
      }
      try rig.wait { rig.desk.active[UploadName(source: "aam", file: "a_iter.sync")] == nil }
      #expect(rig.desk.active.partialBytes(of: nil) == Self.body.count)
      var second = try TestClient(port: port)
      #expect(try second.upload("b", source: "optout", body: [0x0A]).status == 507)
      #expect(try second.upload(Self.file, source: "own", body: Self.body).status == 202)
      // The folders say the same at the next start.
      let desk = UploadDesk(database: rig.rig.parts.database, port: rig.desk.port)
      try desk.tend()
      #expect(desk.active.partialBytes(of: nil) == Self.body.count)
      #expect(desk.active.partialBytes(of: "acme") == 0)
    }
  }

  @Test func leavesSmallAdvertisersTheLastOfTheDisk() async throws {
    let free = try FileSystem.of("/tmp").availableBytes
    var limits = UploadLimits()
    // A quarter of it is free beside the reserve, so twice the reserve is not; what else the
    // machine writes meanwhile is far less than either.
    limits.reserveBytes = free / 4 * 3
    limits.smallPartialBytes = Self.body.count
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload("a_iter.sync", body: Self.body).status == 202)
      #expect(try client.upload("b_iter.sync", body: Self.body + [0x0A]).status == 507)
    }
  }

  @Test func leavesTheDiskItsReserve() async throws {
    var limits = UploadLimits()
    limits.reserveBytes = .max / 2
    let rig = try UploadRig(limits: limits)
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload(Self.file, body: Self.body).status == 507)
      #expect(rig.entries().isEmpty)
    }
  }
}
