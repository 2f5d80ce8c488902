import AuctionTypes
import BudgetLedger
import Synchronization

/// What other threads ask of the ledger's thread, and what it shows them.
final class LedgerRequests: Sendable {
  /// A plan and who waits for it.
  struct Plan: Sendable {
    let plan: LedgerPlan
    let numbers: Outcome<LedgerNumbers>
  }

  private struct State {
    var plans: [Plan] = []
    var isClosed = false
    var creatives: [CreativePlan] = []
    var names = LedgerNames()
  }

  private let state = Mutex(State())
  private let working = Atomic(true)
  private let stopping = Atomic(false)

  /// Whether the journal can be written.
  var isWorking: Bool { working.load(ordering: .acquiring) }
  /// Whether the thread is to end.
  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  func stop() { stopping.store(true, ordering: .releasing) }

  /// Says that the journal failed.
  func fail() { working.store(false, ordering: .releasing) }

  /// Hands a plan over; false when nobody takes plans any more, or too many wait.
  func add(_ plan: Plan) -> Bool {
    state.withLock { state in
      guard !state.isClosed, state.plans.count < JournalLimits.waitingPlans else { return false }
      state.plans.append(plan)
      return true
    }
  }

  /// The plans that wait.
  func takePlans() -> [Plan] {
    state.withLock { state in
      defer { state.plans = [] }
      return state.plans
    }
  }

  /// Takes no more plans and refuses those that wait.
  func close() {
    let left = state.withLock { state in
      state.isClosed = true
      defer { state.plans = [] }
      return state.plans
    }
    for plan in left { plan.numbers.give(.failure(LedgerUnavailable())) }
  }

  /// Where clicks on each creative go, by its number.
  var creatives: [CreativePlan] { state.withLock { $0.creatives } }

  /// What the ledger's numbers stand for.
  var names: LedgerNames { state.withLock { $0.names } }

  func show(_ creatives: [CreativePlan], _ names: LedgerNames) {
    state.withLock {
      $0.creatives = creatives
      $0.names = names
    }
  }
}

/// The journal cannot be written, or the ledger's thread has ended or does not answer.
package struct LedgerUnavailable: Error, Equatable, Sendable, CustomStringConvertible {
  package init() {}

  package var description: String { "the budget journal cannot be written" }
}
