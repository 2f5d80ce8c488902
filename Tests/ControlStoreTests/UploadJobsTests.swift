import AuctionTypes
import GRDB
import Testing

@testable import ControlStore

@Suite struct UploadJobsTests {
  private static func job(
    _ id: String, file: String = "f", state: UploadJob.State = .done, at milliseconds: Int64 = 1
  ) -> UploadJob {
    var job = UploadJob(
      id: id, source: "s", file: file, state: state, created: WallTime(milliseconds: milliseconds),
      createdBy: "k")
    if !state.isOpen { job.finished = job.created }
    return job
  }

  @Test func keepsAllOfAJob() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    var job = Self.job("1")
    job.bytes = 7
    job.receivedBytes = 6
    job.sha256 = "aa"
    job.updated = WallTime(milliseconds: 9)
    job.reason = "replay"
    job.report = "{}"
    try jobs.save(job)
    #expect(try jobs.job(id: "1") == job)
    #expect(try jobs.job(id: "2") == nil)
    #expect(try jobs.job(source: "s", file: "f", sha256: "aa", in: [.done, .queued]) == job)
    #expect(try jobs.job(source: "s", file: "f", sha256: "aa", in: [.queued]) == nil)
  }

  @Test func notesAnUploadInTheAuditLogWithItsJob() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    try jobs.save(Self.job("1"), audit: AuditLogTests.entry("s/f"))
    let objects = try database.pool.read {
      try String.fetchAll($0, sql: "SELECT object FROM audit")
    }
    #expect(objects == ["s/f"])
  }

  @Test func endsAPageWhereItsReportsAreLong() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    for number in 1...9 {
      var job = Self.job("\(number)", file: "f\(number)")
      job.report = String(repeating: " ", count: 10)
      try jobs.save(job)
    }
    var pages: [[String]] = []
    var before: Int64?
    repeat {
      let page = try jobs.page(
        UploadJobQuery(sources: nil, state: nil, before: before, limit: 5, reportBytes: 30))
      pages.append(page.jobs.map(\.id))
      before = page.nextBefore
    } while before != nil
    #expect(pages == [["9", "8", "7", "6"], ["5", "4", "3", "2"], ["1"]])
    let single = try jobs.page(
      UploadJobQuery(sources: nil, state: nil, before: nil, limit: 5, reportBytes: 0))
    #expect(single.jobs.map(\.id) == ["9"])
  }

  @Test func pagesFromTheNewest() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    for number in 1...5 {
      try jobs.save(
        Self.job("\(number)", state: number == 3 ? .queued : .failed, at: Int64(number)))
    }
    var seen: [String] = []
    var before: Int64?
    repeat {
      let page = try jobs.page(
        UploadJobQuery(sources: ["s"], state: nil, before: before, limit: 2))
      seen += page.jobs.map(\.id)
      before = page.nextBefore
    } while before != nil
    #expect(seen == ["5", "4", "3", "2", "1"])
    let queued = UploadJobQuery(sources: nil, state: .queued, before: nil, limit: 9)
    #expect(try jobs.page(queued).jobs.map(\.id) == ["3"])
    let foreign = UploadJobQuery(sources: [], state: nil, before: nil, limit: 9)
    #expect(try jobs.page(foreign).jobs.isEmpty)
  }

  @Test func keepsOneJobOfAReport() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    try jobs.complete(Self.job("1", at: 5))
    try jobs.complete(Self.job("2", at: 5))
    #expect(try jobs.job(id: "1") != nil)
    #expect(try jobs.job(id: "2") == nil)
    #expect(try jobs.newestReport(source: "s") == WallTime(milliseconds: 5))
    #expect(try jobs.lastApplied() == ["s": WallTime(milliseconds: 5)])
  }

  @Test func forgetsOldJobsButNoneThatIsOpen() throws {
    let database = try TemporaryDatabase()
    let jobs = UploadJobs(database.database)
    let old: Int64 = 1
    let now = WallTime(milliseconds: old + StoreLimits.jobMilliseconds)
    try jobs.save(Self.job("open", state: .queued, at: old))
    try jobs.save(Self.job("edge", at: old))
    try jobs.save(Self.job("old", at: old - 1))
    for number in 1...3 {
      try jobs.save(Self.job("\(number)", at: now.milliseconds + Int64(number)))
    }
    try jobs.prune(now: now, keeping: 4)
    let left = try jobs.page(UploadJobQuery(sources: nil, state: nil, before: nil, limit: 99))
    #expect(left.jobs.map(\.id) == ["3", "2", "1", "edge", "open"])
    try jobs.prune(now: now, keeping: 3)
    #expect(try jobs.job(id: "edge") == nil)
    #expect(try jobs.job(id: "open") != nil)
  }
}
