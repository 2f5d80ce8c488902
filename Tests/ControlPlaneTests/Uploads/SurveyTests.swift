import AuctionTypes
import AudienceIngest
import ControlStore
import Foundation
import LinuxIO
import Support
import Testing

@testable import ControlPlane

/// What a crash or a hand in the inbox leaves, and what is shown of it.
@Suite struct SurveyTests {
  private static let file = UploadTests.file

  private static func jobs(_ rig: UploadRig) throws -> [UploadJob] {
    try rig.desk.survey("aam")
    return try rig.desk.jobs.page(
      UploadJobQuery(sources: nil, state: nil, before: nil, limit: 99)
    ).jobs
  }

  /// Puts a file into the inbox by hand.
  private static func drop(_ rig: UploadRig, _ name: String = file) throws {
    try Directory("\(rig.inbox)/aam").create()
    try Data("user 24\n".utf8).write(to: URL(fileURLWithPath: rig.path(name)))
  }

  private static func report(
    _ name: String = file, at milliseconds: Int64? = nil
  ) -> IngestReport {
    let now = WallTime(milliseconds: milliseconds ?? Clock.realtimeMilliseconds())
    return IngestReport(
      file: name, source: "aam", format: .adobeOutbound, status: .done, started: now,
      finished: now, generation: 1)
  }

  @Test func showsDroppedFilesAndTheirReports() throws {
    let rig = try UploadRig()
    try Self.drop(rig)
    #expect(try Self.jobs(rig).map(\.state) == [.queued])
    #expect(try Self.jobs(rig).map(\.createdBy) == [nil])
    try rig.judge(Self.file)
    #expect(try Self.jobs(rig).map(\.state) == [.done])
    #expect(try Self.jobs(rig).count == 1)
  }

  /// The note of a report that was found on the disk already makes no second job.
  @Test func countsAReportOnce() throws {
    let rig = try UploadRig()
    try Self.drop(rig)
    _ = try Self.jobs(rig)
    try rig.judge(Self.file)
    #expect(try Self.jobs(rig).map(\.state) == [.done])
    let text = try #require(try Self.jobs(rig).first?.report)
    let note = try #require(IngestNote(json: Array(text.utf8)))
    rig.desk.note(note)
    #expect(try Self.jobs(rig).map(\.state) == [.done])
  }

  @Test func givesAJobToAFileThatWasTakenAtOnce() throws {
    let rig = try UploadRig()
    rig.desk.note(IngestNote(Self.report()))
    try rig.desk.tend()
    #expect(try Self.jobs(rig).map(\.state) == [.done])
    #expect(try Self.jobs(rig).map(\.createdBy) == [nil])
  }

  @Test func tellsTheReportsOfOneNameApart() throws {
    let rig = try UploadRig()
    rig.desk.note(IngestNote(Self.report(at: 1_000)))
    try Self.drop(rig)
    #expect(try Self.jobs(rig).map(\.state) == [.queued, .done])
    try FileManager.default.removeItem(atPath: rig.path(Self.file))
    rig.desk.note(IngestNote(Self.report()))
    #expect(try Self.jobs(rig).map(\.state) == [.done, .done])
  }

  @Test func findsReportsOfEarlierRuns() throws {
    let rig = try UploadRig()
    try Self.drop(rig, "a_iter.sync")
    try Self.drop(rig, "b_iter.sync")
    try rig.judge("a_iter.sync")
    try rig.judge("b_iter.sync", reason: "no line is valid")
    try rig.desk.tend()
    #expect(Set(try Self.jobs(rig).map(\.state)) == [.done, .rejected])
    let next = UploadDesk(database: rig.rig.parts.database, port: rig.desk.port)
    try next.tend()
    #expect(try Self.jobs(rig).count == 2)
  }

  /// A crash between the rename and the note of it, or before the rename.
  @Test func bringsInterruptedUploadsToTheirEnd() throws {
    let rig = try UploadRig()
    var job = UploadJob(
      id: "1", source: "aam", file: Self.file, state: .receiving,
      created: WallTime(milliseconds: 1), createdBy: "k")
    job.sha256 = UploadTests.hash(UploadTests.body)
    try rig.desk.jobs.save(job)
    job.id = "2"
    job.file = "gone_iter.sync"
    try rig.desk.jobs.save(job)
    try Self.drop(rig)
    try rig.desk.tend()
    #expect(try rig.desk.jobs.job(id: "1")?.state == .queued)
    #expect(try rig.desk.jobs.job(id: "2")?.state == .failed)
    try rig.judge(Self.file)
    _ = try Self.jobs(rig)
    #expect(try rig.desk.jobs.job(id: "1")?.state == .done)
    #expect(try Self.jobs(rig).count == 2)
  }

  @Test func saysThatAFileWasTakenAway() throws {
    let rig = try UploadRig()
    try Self.drop(rig)
    _ = try Self.jobs(rig)
    try FileManager.default.removeItem(atPath: rig.path(Self.file))
    #expect(try Self.jobs(rig).map(\.state) == [.failed])
    #expect(try Self.jobs(rig).first?.reason == "the file was removed from the inbox")
  }
}
