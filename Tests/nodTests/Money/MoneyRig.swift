import Foundation
import LinuxIO
import Support

/// A server with budgets, and tellers that spend them: what they were told is held against what the
/// ledger says, and against the budgets.
final class MoneyRig {
  /// How long a reservation waits for its notice, in seconds.
  static let window = 3.0
  /// Clocks of two processes and a ledger that looks every 10 ms.
  static let slack = 1.0

  let plan: RigPlan
  let folder: TemporaryFolder
  let tellers: [Teller]
  /// The newer of the two builds: the release build under `make test`.
  let executable: URL
  /// When each round's server was started: its budgets hold from then on.
  private(set) var starts: [Double] = []

  init(
    plan: RigPlan, tellers count: Int = 3, pace: Teller.Pace = Teller.Pace(), seed: UInt64,
    exchange: String = "bill_on: burl", window: Double = MoneyRig.window
  ) throws {
    self.plan = plan
    folder = try TemporaryFolder()
    executable = NodProcess.newerExecutable
    tellers = (0..<count).map {
      Teller(TellerBook(plan: plan, window: window, seed: seed &+ UInt64($0)), pace: pace)
    }
    try folder.write(
      """
      data_dir: data
      documents: [documents.yaml]
      bidder: {workers: 2}
      exchanges:
        - {name: example, deadline: 5s, notice_window: \(Int(window))s, \(exchange)}
      currencies: {EUR: 1.08}
      """, to: "nod.yaml")
  }

  /// Starts a server with the budgets of the next round.
  func start(under tracer: [String] = []) throws -> ServerProcess {
    try folder.write(plan.document(round: starts.count), to: "documents.yaml")
    starts.append(TellerBook.now)
    return try ServerProcess(in: folder, executable: executable, tracer: tracer)
  }

  /// Runs all tellers until their end; `meanwhile` runs beside them. Returns when the
  /// billing notices were sent that were not answered.
  @discardableResult
  func run(
    port: UInt16, until end: Teller.End, meanwhile: () throws -> Void = {}
  ) throws -> [Double] {
    let unanswered = SentTimes()
    let threads = try tellers.map { teller in
      try LinuxIO.Thread(name: "teller") { unanswered.add(teller.run(port: port, until: end)) }
    }
    let outcome = Result { try meanwhile() }
    if case .failure = outcome {
      for teller in tellers { teller.stop() }
    }
    for thread in threads { thread.join() }
    try outcome.get()
    return unanswered.all
  }

  /// Notices that could be sent now.
  var stock: Int { tellers.reduce(0) { $0 + $1.stock } }

  /// Billing notices that are sent and not answered now.
  var inFlight: Int { tellers.reduce(0) { $0 + $1.inFlight } }

  /// What all tellers know together.
  func bids() -> [RigBid] { tellers.flatMap { teller in teller.withBook { $0.bids } } }

  /// A figure of all tellers.
  func sum(_ figure: (TellerBook) -> Int) -> Int {
    tellers.reduce(0) { total, teller in total + teller.withBook { figure($0) } }
  }

  /// What was answered as it should not have been.
  var faults: [String] { tellers.flatMap { teller in teller.withBook { $0.faults } } }

  /// What the ledger of the folder says; no server may hold it.
  func report() throws -> LedgerStatement {
    try LedgerStatement(of: folder, executable: executable)
  }
}
