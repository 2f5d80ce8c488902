/// The maxima of the control plane.
enum ControlLimits {
  /// Connections at a time: scrapers and people, each of whom needs a few.
  static let connections = 256
  /// Seconds after which an idle connection is closed: longer than the usual scrape interval.
  static let idleSeconds: Int64 = 120
  /// Bytes of a request's head.
  static let headBytes = 16 << 10
  /// Header fields of a request.
  static let headFields = 100
  /// Bytes of a JSON body, but for documents.
  static let jsonBytes = 256 << 10
  /// Blocking pieces of work at a time: the database has half as many readers, and each may hold a
  /// large answer.
  static let offloaded = 8
  /// Bytes of an answer that needs no room of its own: 256 connections hold 64 MiB of these.
  static let smallAnswerBytes = 256 << 10
  /// Bytes of all larger answers that are not sent yet: four of the largest reports.
  static let answerBytes = 128 << 20
  /// Items of a page of a list.
  static let pageItems = 1_000
  /// Items of a page where none is asked for.
  static let usualPageItems = 100
  /// Bytes of a secret that is looked at: the longest token that a file may hold.
  static let secretBytes = 4_096
  /// Bytes of a token that trying cannot find: what SHA-256 gives.
  static let unguessableBytes = 32
  /// Wrong keys of an address in a row: a person's mistakes, and a script that was not told of a
  /// rotation.
  static let failures: Int64 = 30
  /// Milliseconds until an address may fail once more.
  static let failureMilliseconds: Int64 = 2_000
  /// Addresses whose failures, and keys whose sign-ins, are counted apart.
  static let attemptNames = 4_096
  /// Sign-ins of a key in a row, as each is an entry of the audit log for ever: an agency in the
  /// morning.
  static let signIns: Int64 = 60
  /// Milliseconds until a key may sign in once more: half a megabyte of the log a day at most.
  static let signInMilliseconds: Int64 = 60_000
  /// Seconds of a session: a working day.
  static let sessionSeconds: Int64 = 12 * 3_600
  /// Sessions at a time, and of one key; the oldest gives way.
  static let sessions = 4_096
  static let sessionsOfAKey = 32
  /// Bytes of a session's token, which has 43.
  static let sessionTokenBytes = 64
  /// Bytes of a body with a key in it.
  static let signInBytes = 8 << 10
  /// Characters of a request's id that a client gives.
  static let requestIDCharacters = 64
  /// Bytes of all bodies of documents that are being taken in: four of the largest, as a parsed one
  /// takes some times its bytes.
  static let documentBytes = 128 << 20
  /// Bytes of them of the keys of the same advertisers, or of one key of all: half, so that they
  /// leave room for others.
  static let documentBytesOfOwner = 64 << 20
  /// Changes that the answer to applied documents lists where no number is asked for: more than a
  /// person reads.
  static let listedChanges = 1_000
  /// Bytes of those that are listed, whatever number is asked for: an eighth of what large answers
  /// may take together, and more than ten thousand new line items.
  static let listedChangeBytes = 16 << 20
  /// Changes that it lists at most: more objects than a body can hold.
  static let mostListedChanges = 1_000_000
  /// Times in a row that the counters are written as text without a pause: several scrapers, and
  /// people who look at the same time.
  static let metricsInARow: Int64 = 20
  /// Milliseconds between the times after that: a flood of scrapes costs four a second.
  static let metricsMilliseconds: Int64 = 250
  /// How long changes of documents go on before what they changed is put in force: a client that
  /// waits for its own change waits no longer than that for the others'.
  static let deskRound = Duration.milliseconds(50)
}
