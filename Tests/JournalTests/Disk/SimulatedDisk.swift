import FixedMemory
import LinuxIO
import Support
import Synchronization

@testable import Journal

/// A folder in memory that knows what a loss of power would leave: what was synced, and of the rest
/// any part. It can fail at a step, or end the process there.
final class SimulatedDisk: JournalDisk {
  /// A step that changes something or makes it durable.
  enum Step: String, CaseIterable {
    case create, write, syncData, truncate, rename, remove, sync
  }

  /// What happens at a step.
  enum Fault: Equatable {
    /// The process is gone: this step and all later ones do nothing and fail.
    case kill
    /// This step fails with an error number; a write may have been made in part.
    case fail(Int32)
    /// This step and all later ones fail.
    case failForGood(Int32)
  }

  struct State {
    var files: [Int: SimulatedContent] = [:]
    /// What the folder shows.
    var names: [String: Int] = [:]
    /// Changes of names that are not durable, in order.
    var unsyncedNames: [[String: Int]] = []
    var durableNames: [String: Int] = [:]
    var nextNumber = 0
    var steps: [Step] = []
    var fault: (step: Int, kind: Fault)?
    var isDead = false
  }

  let state = Mutex(State())

  init() {}

  /// A disk that holds files, all durable.
  convenience init(files: [String: [UInt8]]) {
    self.init()
    state.withLock { state in
      for (name, bytes) in files {
        state.files[state.nextNumber] = SimulatedContent(durable: bytes)
        state.names[name] = state.nextNumber
        state.nextNumber += 1
      }
      state.durableNames = state.names
    }
  }

  // MARK: Faults

  /// Lets something happen at a step, counted from 0 and from now.
  func plan(_ kind: Fault, atStep step: Int) {
    state.withLock {
      $0.steps = []
      $0.fault = (step, kind)
    }
  }

  /// The steps since the last plan.
  var steps: [Step] { state.withLock { $0.steps } }

  /// Whether the process was ended.
  var isDead: Bool { state.withLock { $0.isDead } }

  /// The bytes of all files as the process sees them.
  var files: [String: [UInt8]] {
    state.withLock { state in state.names.mapValues { state.files[$0]?.cached ?? [] } }
  }

  /// What is left after a loss of power: the names at one moment since the last sync, and of what
  /// was written and not synced some part.
  func afterLossOfPower(using generator: inout SeededGenerator) -> SimulatedDisk {
    state.withLock { state in
      let moments = [state.durableNames] + state.unsyncedNames
      let names = moments.randomElement(using: &generator) ?? [:]
      var files: [String: [UInt8]] = [:]
      for (name, number) in names.sorted(by: { $0.key < $1.key }) {
        files[name] = state.files[number]?.afterLossOfPower(using: &generator) ?? []
      }
      return SimulatedDisk(files: files)
    }
  }

  /// What is left when only the process ended: everything that was written.
  func afterKill() -> SimulatedDisk { SimulatedDisk(files: files) }

  /// Counts a step; whether it is made.
  fileprivate func enter(
    _ step: Step, _ path: String, _ state: inout State
  ) throws(FileError) {
    let index = state.steps.count
    state.steps.append(step)
    if state.isDead { throw FileError(operation: step.rawValue, path: path, code: 5) }
    guard let fault = state.fault, index >= fault.step else { return }
    switch fault.kind {
    case .kill:
      state.isDead = true
      throw FileError(operation: step.rawValue, path: path, code: 5)
    case .fail(let code) where index == fault.step:
      throw FileError(operation: step.rawValue, path: path, code: code)
    case .failForGood(let code):
      throw FileError(operation: step.rawValue, path: path, code: code)
    case .fail: break
    }
  }

  // MARK: The folder

  func path(of name: String) -> String { "disk/\(name)" }

  func list() throws(FileError) -> [String] { state.withLock { $0.names.keys.sorted() } }

  func create(_ name: String) throws(FileError) -> any JournalFile {
    try changing(.create, name) { state in
      state.files[state.nextNumber] = SimulatedContent(durable: [])
      state.names[name] = state.nextNumber
      state.nextNumber += 1
    }
    return try open(name, .readWrite)
  }

  func open(_ name: String, _ access: File.Access) throws(FileError) -> any JournalFile {
    let number = state.withLock { $0.names[name] }
    guard let number else { throw FileError(operation: "open", path: path(of: name), code: 2) }
    return SimulatedFile(self, number, path(of: name))
  }

  func rename(_ name: String, to newName: String) throws(FileError) {
    try changing(.rename, name) { state in
      state.names[newName] = state.names.removeValue(forKey: name)
    }
  }

  func remove(_ name: String) throws(FileError) {
    try changing(.remove, name) { $0.names[name] = nil }
  }

  func sync() throws(FileError) {
    try stepping(.sync, path(of: "")) { state in
      state.durableNames = state.names
      state.unsyncedNames = []
    }
  }

  private func changing(
    _ step: Step, _ name: String, _ change: (inout State) -> Void
  ) throws(FileError) {
    try stepping(step, path(of: name)) { state in
      change(&state)
      state.unsyncedNames.append(state.names)
    }
  }

  fileprivate func stepping(
    _ step: Step, _ path: String, failing: (inout State) -> Void = { _ in },
    _ body: (inout State) -> Void
  ) throws(FileError) {
    try state.withLock { state throws(FileError) in
      do throws(FileError) {
        try enter(step, path, &state)
      } catch {
        if state.steps.count - 1 == state.fault?.step { failing(&state) }
        throw error
      }
      body(&state)
    }
  }
}

/// An open file of a ``SimulatedDisk``.
private final class SimulatedFile: JournalFile {
  private let disk: SimulatedDisk
  private let number: Int
  private let path: String

  init(_ disk: SimulatedDisk, _ number: Int, _ path: String) {
    self.disk = disk
    self.number = number
    self.path = path
  }

  private var cached: [UInt8] { disk.state.withLock { $0.files[number]?.cached ?? [] } }

  func size() throws(FileError) -> Int { cached.count }

  func read(at offset: Int, into buffer: inout FixedBuffer) throws(FileError) -> Int {
    let rest = Array(cached.dropFirst(offset).prefix(buffer.freeCapacity))
    buffer.append(rest.rawSpan)
    return rest.count
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    let copy = (0..<bytes.byteCount).map { bytes.byte(at: $0) }
    try disk.stepping(.write, path) { state in
      // A write that fails may have been made in part.
      state.files[number]?.write(Array(copy.prefix(copy.count / 2)), at: offset)
    } _: { state in
      state.files[number]?.write(copy, at: offset)
    }
  }

  func syncData() throws(FileError) {
    try disk.stepping(.syncData, path) { $0.files[number]?.sync() }
  }

  func truncate(to size: Int) throws(FileError) {
    try disk.stepping(.truncate, path) { $0.files[number]?.truncate(to: size) }
  }
}
