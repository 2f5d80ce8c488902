import AuctionTypes
import GRDB

/// The audience files that were sent or dropped, with what became of each.
package struct UploadJobs: Sendable {
  private let database: ControlDatabase

  package init(_ database: ControlDatabase) { self.database = database }

  static func createTable(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE upload_job (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
          source TEXT NOT NULL, file TEXT NOT NULL, state TEXT NOT NULL,
          bytes INTEGER, received_bytes INTEGER NOT NULL, sha256 TEXT,
          created INTEGER NOT NULL, updated INTEGER NOT NULL, created_by TEXT,
          reason TEXT, finished INTEGER, report TEXT) STRICT;
        CREATE INDEX upload_job_by_file ON upload_job (source, file, sequence);
        CREATE INDEX upload_job_open ON upload_job (source)
          WHERE state IN ('receiving', 'queued');
        CREATE UNIQUE INDEX upload_job_finished ON upload_job (source, file, finished)
          WHERE finished IS NOT NULL;
        """)
  }

  /// Adds a job, or changes the one of its id.
  ///
  /// - Parameter audit: what the audit log has of it, in the same transaction.
  package func save(_ job: UploadJob, audit: AuditEntry? = nil) throws {
    try database.pool.write { db in
      try Self.save(job, db)
      if let audit { try AuditLog.append(audit, to: db) }
    }
  }

  /// Adds or changes several jobs, all or none.
  package func save(_ jobs: [UploadJob]) throws {
    guard !jobs.isEmpty else { return }
    try database.pool.write { db in
      for job in jobs { try Self.save(job, db) }
    }
  }

  /// Ends a job with a report; a job that has the same report already takes its place.
  package func complete(_ job: UploadJob) throws {
    try database.pool.write { db in
      let twin = try String.fetchOne(
        db,
        sql: "SELECT id FROM upload_job WHERE source = ? AND file = ? AND finished = ? AND id <> ?",
        arguments: [job.source, job.file, job.finished?.milliseconds, job.id])
      guard twin == nil else {
        return try db.execute(sql: "DELETE FROM upload_job WHERE id = ?", arguments: [job.id])
      }
      try Self.save(job, db)
    }
  }

  /// Forgets a job.
  package func remove(id: String) throws {
    try database.pool.write {
      try $0.execute(sql: "DELETE FROM upload_job WHERE id = ?", arguments: [id])
    }
  }

  /// The job of an id.
  package func job(id: String) throws -> UploadJob? {
    try fetch("WHERE id = ?", [id]).first
  }

  /// The newest job of a name and content in some states.
  package func job(
    source: String, file: String, sha256: String, in states: [UploadJob.State]
  ) throws -> UploadJob? {
    let marks = states.map { _ in "?" }.joined(separator: ", ")
    return try fetch(
      """
      WHERE source = ? AND file = ? AND sha256 = ? AND state IN (\(marks))
      ORDER BY sequence DESC LIMIT 1
      """, StatementArguments([source, file, sha256] + states.map(\.rawValue))
    ).first
  }

  /// The jobs of a source that may still change, oldest first.
  package func open(source: String) throws -> [UploadJob] {
    try fetch(
      "WHERE source = ? AND state IN ('receiving', 'queued') ORDER BY sequence", [source])
  }

  /// When the newest report of a source was finished that a job has.
  package func newestReport(source: String) throws -> WallTime? {
    try database.pool.read { db in
      try Int64.fetchOne(
        db, sql: "SELECT max(finished) FROM upload_job WHERE source = ?", arguments: [source]
      ).map { WallTime(milliseconds: $0) }
    }
  }

  /// When the last file of each source was applied that changed something.
  package func lastApplied() throws -> [String: WallTime] {
    try database.pool.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT source, max(finished) AS finished FROM upload_job
          WHERE state = 'done' AND reason IS NULL AND finished IS NOT NULL GROUP BY source
          """)
      return Dictionary(
        uniqueKeysWithValues: rows.map { row in
          (row["source"] as String, WallTime(milliseconds: row["finished"]))
        })
    }
  }

  /// Forgets ended jobs that are older than ``StoreLimits/jobMilliseconds`` or beyond
  /// ``StoreLimits/jobsOfSource`` of their source.
  package func prune(now: WallTime, keeping limit: Int = StoreLimits.jobsOfSource) throws {
    try database.pool.write { db in
      try db.execute(
        sql: "DELETE FROM upload_job WHERE state NOT IN ('receiving', 'queued') AND updated < ?",
        arguments: [now.milliseconds - StoreLimits.jobMilliseconds])
      try db.execute(
        sql: """
          DELETE FROM upload_job WHERE state NOT IN ('receiving', 'queued') AND sequence IN (
            SELECT sequence FROM (
              SELECT sequence, row_number() OVER (PARTITION BY source ORDER BY sequence DESC) AS n
              FROM upload_job) WHERE n > ?)
          """, arguments: [limit])
    }
  }
}

extension UploadJobs {
  private static let columns = """
    sequence, id, source, file, state, bytes, received_bytes, sha256, created, updated, created_by,
    reason, finished, report
    """

  private func fetch(_ rest: String, _ arguments: StatementArguments) throws -> [UploadJob] {
    try database.pool.read { db in
      try Row.fetchAll(
        db, sql: "SELECT \(Self.columns) FROM upload_job \(rest)", arguments: arguments
      ).compactMap { $0.uploadJob }
    }
  }

  private static func save(_ job: UploadJob, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO upload_job (id, source, file, state, bytes, received_bytes, sha256, created,
          updated, created_by, reason, finished, report)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, bytes = excluded.bytes,
          received_bytes = excluded.received_bytes, sha256 = excluded.sha256,
          updated = excluded.updated, reason = excluded.reason, finished = excluded.finished,
          report = excluded.report
        """,
      arguments: [
        job.id, job.source, job.file, job.state.rawValue, job.bytes, job.receivedBytes, job.sha256,
        job.created.milliseconds, job.updated.milliseconds, job.createdBy, job.reason,
        job.finished?.milliseconds, job.report,
      ])
  }

  /// Some jobs, newest first; fewer where their reports are long.
  package func page(_ query: UploadJobQuery) throws -> UploadJobPage {
    var conditions: [String] = []
    var arguments: StatementArguments = []
    if let before = query.before {
      conditions.append("sequence < ?")
      arguments += [before]
    }
    if let sources = query.sources {
      let marks = sources.map { _ in "?" }.joined(separator: ", ")
      conditions.append("source IN (\(marks))")
      arguments += StatementArguments(sources)
    }
    if let state = query.state {
      conditions.append("state = ?")
      arguments += [state.rawValue]
    }
    let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
    let sql = "SELECT \(Self.columns) FROM upload_job \(filter) ORDER BY sequence DESC LIMIT ?"
    return try database.pool.read { [arguments] db in
      let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments + [query.limit + 1])
      return try Self.page(of: rows, query)
    }
  }

  /// The jobs of rows as far as a page goes; the rows behind it are not read.
  private static func page(
    of rows: RowCursor, _ query: UploadJobQuery
  ) throws -> UploadJobPage {
    var jobs: [UploadJob] = []
    var last: Int64?
    var count = 0
    var bytes = 0
    while let row = try rows.next() {
      guard count < query.limit, bytes <= query.reportBytes else {
        return UploadJobPage(jobs: jobs, nextBefore: last)
      }
      count += 1
      last = row["sequence"]
      guard let job = row.uploadJob else { continue }
      bytes += job.report?.utf8.count ?? 0
      jobs.append(job)
    }
    return UploadJobPage(jobs: jobs, nextBefore: nil)
  }
}

extension Row {
  /// The job of a row; nil for one of a state that is not known.
  fileprivate var uploadJob: UploadJob? {
    guard let state = UploadJob.State(rawValue: self["state"]) else { return nil }
    var job = UploadJob(
      id: self["id"], source: self["source"], file: self["file"], state: state,
      created: WallTime(milliseconds: self["created"]), createdBy: self["created_by"])
    job.bytes = self["bytes"]
    job.receivedBytes = self["received_bytes"]
    job.sha256 = self["sha256"]
    job.updated = WallTime(milliseconds: self["updated"])
    job.reason = self["reason"]
    job.finished = (self["finished"] as Int64?).map { WallTime(milliseconds: $0) }
    job.report = self["report"]
    return job
  }
}
