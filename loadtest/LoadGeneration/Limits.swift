/// What the load generator bounds, and why.
package enum LoadLimits {
  /// Connections of a run: as many as one source address has ports for, with room to spare.
  package static let connections = 28_000
  /// Threads of a run: more than a machine of today has cores to spare for its load.
  package static let threads = 256
  /// Requests a second that may be planned: past what any machine sends, below what a time in
  /// nanoseconds can tell apart.
  package static let rate = 100_000_000.0
  /// Nanoseconds of a run: a day.
  package static let runNanoseconds: UInt64 = 86_400_000_000_000
  /// Steps or ramps of a rate.
  package static let rateParts = 1_000
  /// Bytes of one request body.
  package static let bodyBytes = 1 << 20
  /// Bytes of all bodies of a corpus, which stay in memory.
  package static let corpusBytes = 1 << 30
  /// Bytes of a corpus or id file.
  package static let fileBytes = 4 << 30
  /// Ids of a list, which stay in memory.
  package static let ids = 20_000_000
  /// Bytes of one id.
  package static let idBytes = 256
  /// Bodies that are compressed before the start, so that compressing costs nothing while sending.
  package static let gzipPool = 16_384
  /// Bytes of the head of an answer, as servers bound theirs of requests.
  package static let answerHeadBytes = 16_384
  /// Bytes of a whole answer.
  package static let answerBytes = 1 << 20
  /// Bids of one answer whose notices are fired.
  package static let bidsPerAnswer = 16
  /// Bytes of a notice's URL.
  package static let noticeBytes = 8_192
  /// Notices of one thread that wait for their moment; further ones are counted as dropped.
  package static let waitingNotices = 262_144
  /// Depth of JSON that is walked through.
  package static let depth = 64
  /// Intervals of the series over time: longer runs have longer intervals.
  package static let intervals = 600
  /// Nanoseconds of the longest time that is told apart from longer ones: an hour.
  package static let latencyNanoseconds: UInt64 = 3_600_000_000_000
  /// Nanoseconds between two attempts to connect where the last was refused.
  package static let reconnectNanoseconds: UInt64 = 100_000_000
  /// Nanoseconds in which all connections are to be open before a run begins.
  package static let connectNanoseconds: UInt64 = 10_000_000_000
  /// Requests that are sent in a row before answers are looked for again.
  package static let sendsInARow = 32
  /// Nanoseconds between two looks for what is over time.
  package static let sweepNanoseconds: UInt64 = 10_000_000
  /// Nanoseconds that answers are waited for after a run was stopped.
  package static let stopNanoseconds: UInt64 = 1_000_000_000
  /// Nanoseconds between two looks of the thread that watches a run.
  package static let watchNanoseconds: UInt64 = 50_000_000
  /// Nanoseconds by which the generator may be late (p99) before its figures are doubted: what a
  /// sleeping thread takes to wake.
  package static let tolerableLateness: UInt64 = 1_000_000
  /// The share of a processor that a thread of the generator may use before it is doubted.
  package static let tolerableShare = 0.95
  /// Bytes of a request that a client with a slow head sends at once: a part of its first line.
  package static let slowHeadBytes = 16
  /// Requests that a client sends at once which reads the answers slowly: more answers than kernels
  /// keep for it, so that the server has to.
  package static let pipelinedRequests = 256
  /// The receive buffer of such a client: about what kernels give at the least.
  package static let slowReceiveBytes: Int32 = 4_096
  /// Runs of one search for the highest rate.
  package static let searchSteps = 60
}
