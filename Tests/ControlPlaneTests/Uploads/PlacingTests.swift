import AuctionTypes
import ControlStore
import Foundation
import LinuxIO
import Support
import Synchronization
import Testing

@testable import ControlPlane

/// The step from a complete file to one of the inbox, and what an end of the process leaves of it.
@Suite struct PlacingTests {
  static let file = UploadTests.file
  static let body = UploadTests.body

  /// A desk that starts with what another left: a job that says that its file is complete.
  private static func restarted(
    _ rig: UploadRig, isHashDeclared: Bool
  ) throws -> (desk: UploadDesk, job: UploadJob) {
    let hash = UploadTests.hash(body)
    var job = UploadJob(
      id: "0000000000abc", source: "aam", file: file, state: .queued,
      created: WallTime(milliseconds: Clock.realtimeMilliseconds()), createdBy: "agency")
    job.sha256 = hash
    job.bytes = body.count
    job.receivedBytes = body.count
    try rig.desk.jobs.save(job)
    let name = PartialFile.name(file: file, sha256: isHashDeclared ? hash : nil, job: job.id)
    try Directory("\(rig.inbox)/aam").create()
    try Data(body).write(to: URL(fileURLWithPath: rig.path(name)))
    return (UploadDesk(database: rig.rig.parts.database, port: rig.desk.port), job)
  }

  @Test(arguments: [true, false])
  func bringsInWhatACrashLeftBeforeItsRename(_ isHashDeclared: Bool) throws {
    let rig = try UploadRig()
    let (desk, job) = try Self.restarted(rig, isHashDeclared: isHashDeclared)
    try desk.tend()
    #expect(rig.entries() == [Self.file])
    #expect(rig.wakes.load(ordering: .relaxed) == 1)
    #expect(try desk.jobs.job(id: job.id)?.state == .queued)
  }

  @Test func endsTheJobOfACrashWhoseNameIsTaken() throws {
    let rig = try UploadRig()
    let (desk, job) = try Self.restarted(rig, isHashDeclared: true)
    try Data([0x0A]).write(to: URL(fileURLWithPath: rig.path(Self.file)))
    try desk.tend()
    #expect(rig.entries() == [Self.file])
    #expect(try desk.jobs.job(id: job.id)?.state == .failed)
    #expect(try Self.actions(rig) == ["audience-upload.fail server"])
  }

  @Test func writesDownTheUploadBeforeItShows() async throws {
    let rig = try UploadRig()
    try Self.refuseEntries(rig.rig.parts.database)
    try await rig.serve { port in
      var client = try TestClient(port: port)
      #expect(try client.upload(Self.file, body: Self.body).status == 500)
      #expect(!rig.exists(Self.file))
      #expect(rig.wakes.load(ordering: .relaxed) == 0)
    }
  }

  private static func refuseEntries(_ database: ControlDatabase) throws {
    try database.pool.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER no_entry BEFORE INSERT ON audit
          BEGIN SELECT RAISE(ABORT, 'no entry is taken'); END
          """)
    }
  }

  @Test func auditsAFileThatFindsItsNameTaken() async throws {
    let rig = try UploadRig()
    try await rig.serve { port in
      var client = try TestClient(port: port)
      try client.begin(
        Self.file, declaring: Self.body.count, sending: Array(Self.body.dropLast(1)))
      try rig.wait { !rig.entries().isEmpty }
      try Data([0x0A]).write(to: URL(fileURLWithPath: rig.path(Self.file)))
      try client.send([Self.body[Self.body.count - 1]])
      #expect(try client.answer().status == 409)
      #expect(rig.entries() == [Self.file])
      let jobs = try SeenJob.list(try client.ask("GET", "/v1/audience-uploads?state=failed"))
      #expect(jobs.map(\.reason) == ["another file of its name was dropped meanwhile"])
    }
    #expect(
      try Self.actions(rig) == [
        "audience-upload.fail token-file", "audience-upload.create token-file",
      ])
  }

  /// What the audit log has, newest first.
  private static func actions(_ rig: UploadRig) throws -> [String] {
    try AuditLog.page(
      AuditFilter(scope: .all), before: nil, count: 9, in: rig.rig.parts.database
    ).map { "\($0.entry.action) \($0.entry.keyID)" }
  }
}
