import BudgetLedger
import FixedMemory
import LinuxIO
import Synchronization

/// Writes checkpoints and the counts of frequency caps beside the ledger's thread, and removes what
/// they replace.
///
/// What fails here loses nothing: the segments stay, and the next checkpoint is tried when the
/// segment has grown again.
final class JournalKeeper: Sendable {
  private struct Checkpoint {
    let segment: UInt32
    let payload: [UInt8]
  }

  private let options: LedgerOptions
  private let caps: CapTable
  private let waiting = Mutex<Checkpoint?>(nil)
  private let busy = Atomic(false)
  private let stopping = Atomic(false)
  /// The segment of the newest durable checkpoint.
  private let newest = Atomic<UInt32>(0)
  private let wake: EventSignal
  private let thread = Mutex<Thread?>(nil)

  init(_ options: LedgerOptions, caps: CapTable) throws(Errno) {
    self.options = options
    self.caps = caps
    wake = try EventSignal()
  }

  /// Starts the thread, where there is to be one.
  func start() throws(Errno) {
    guard options.hasBackground else { return }
    let started = try Thread(name: "nod-checkpoint", priority: .background) { self.run() }
    thread.withLock { $0 = started }
  }

  /// Whether a checkpoint waits or is being written.
  var isBusy: Bool { busy.load(ordering: .acquiring) }

  /// Takes over the state before a segment.
  ///
  /// - Precondition: not busy.
  func checkpoint(_ payload: [UInt8], before segment: UInt32) {
    precondition(!isBusy)
    waiting.withLock { $0 = Checkpoint(segment: segment, payload: payload) }
    busy.store(true, ordering: .releasing)
    if thread.withLock({ $0 != nil }) { wake.signal() } else { writeWaiting() }
  }

  /// Ends the thread after what waits is written.
  func stop() {
    stopping.store(true, ordering: .releasing)
    wake.signal()
    thread.withLock { $0 }?.join()
    thread.withLock { $0 = nil }
  }

  /// Makes the state before a segment durable, and removes what it replaces.
  func write(_ payload: [UInt8], before segment: UInt32) throws {
    guard payload.count <= JournalLimits.checkpointBytes - SealedFile.headBytes else {
      throw FileError.tooLarge(
        "write", options.disk.path(of: JournalFileName.name(ofCheckpoint: segment)))
    }
    try options.disk.put(
      JournalFileName.name(ofCheckpoint: segment),
      [SealedFile.checkpoint.head(number: segment, payload: payload), payload])
    newest.store(segment, ordering: .releasing)
    try removeReplaced()
  }

  /// Saves the counts of frequency caps.
  func saveCaps() {
    do { try CapsFile.save(caps, to: options.disk) } catch { options.log("\(error)") }
  }

  private func run() {
    guard var poller = try? Poller(capacity: 1),
      (try? poller.add(wake.descriptor, token: 0)) != nil
    else { return options.log("checkpoints: no descriptor is left") }
    var nextSave =
      Clock.monotonicNanoseconds()
      &+ UInt64(JournalLimits.capsSaveMilliseconds) &* 1_000_000
    while !stopping.load(ordering: .acquiring) {
      _ = poller.wait(timeoutMilliseconds: 1_000)
      wake.clear()
      writeWaiting()
      guard Clock.monotonicNanoseconds() >= nextSave else { continue }
      nextSave &+= UInt64(JournalLimits.capsSaveMilliseconds) &* 1_000_000
      saveCaps()
      do { try removeReplaced() } catch { options.log("\(error)") }
    }
    writeWaiting()
  }

  private func writeWaiting() {
    let taken = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    guard let taken else { return }
    do {
      try write(taken.payload, before: taken.segment)
    } catch {
      options.log("\(error); the journal grows on")
    }
    busy.store(false, ordering: .releasing)
  }

  /// Removes older checkpoints, and the segments before the newest that nobody follows any more.
  private func removeReplaced() throws {
    let newest = newest.load(ordering: .acquiring)
    let kept = min(newest, options.need?.segment ?? .max)
    var isChanged = false
    for name in try options.disk.list() {
      switch JournalFileName(name) {
      case .checkpoint(let number) where number < newest: break
      case .segment(let number) where number < kept: break
      default: continue
      }
      try options.disk.remove(name)
      isChanged = true
    }
    if isChanged { try options.disk.sync() }
  }
}
