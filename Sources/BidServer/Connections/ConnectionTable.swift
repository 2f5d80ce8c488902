import FixedMemory
import LinuxIO

/// A worker's connections in preallocated slots, each in the list of its phase, the oldest first.
///
/// Every phase has one time limit, so each list is in the order of expiry.
struct ConnectionTable: ~Copyable {
  private var slots: FixedArray<Connection>
  private var lists: FixedArray<List>
  private var firstFree: Int32

  struct List: BitwiseCopyable {
    var first: Int32 = -1
    var last: Int32 = -1
    var count: Int32 = 0
  }

  init(capacity: Int) {
    slots = FixedArray(repeating: Connection(), count: capacity)
    lists = FixedArray(repeating: List(), count: Connection.Phase.allCases.count)
    for slot in 0..<capacity { slots[slot].next = slot + 1 < capacity ? Int32(slot + 1) : -1 }
    firstFree = 0
  }

  var isFull: Bool { firstFree < 0 }

  /// The connections in all phases.
  var count: Int {
    var total = 0
    for index in lists.indices { total += Int(lists[index].count) }
    return total
  }

  func count(in phase: Connection.Phase) -> Int { Int(lists[Int(phase.rawValue)].count) }

  subscript(slot: Int) -> Connection {
    @inline(__always) get { slots[slot] }
    @inline(__always) _modify { yield &slots[slot] }
  }

  /// Gives a connection a slot, idle since now; nil when the table is full.
  mutating func open(_ descriptor: Descriptor, at now: UInt64) -> Int? {
    guard firstFree >= 0 else { return nil }
    let slot = Int(firstFree)
    firstFree = slots[slot].next
    let generation = slots[slot].generation
    slots[slot] = Connection()
    slots[slot].generation = generation &+ 1
    slots[slot].slot = Int32(slot)
    slots[slot].descriptor = descriptor
    append(slot, to: .idle, at: now)
    return slot
  }

  /// Frees the slot of a connection, which the caller has closed.
  mutating func close(_ slot: Int) {
    unlink(slot)
    slots[slot].descriptor = .none
    slots[slot].generation &+= 1
    slots[slot].next = firstFree
    firstFree = Int32(slot)
  }

  /// The slot of a connection's token, or nil if the connection has closed since.
  @inline(__always)
  func slot(of token: UInt64) -> Int? {
    let slot = Int(UInt32(truncatingIfNeeded: token))
    guard slot < slots.count, slots[slot].generation == UInt32(truncatingIfNeeded: token >> 32)
    else { return nil }
    return slot
  }

  /// Puts a connection at the end of a phase's list, its time starting now.
  @inline(__always)
  mutating func move(_ slot: Int, to phase: Connection.Phase, at now: UInt64) {
    unlink(slot)
    append(slot, to: phase, at: now)
  }

  /// The connection that has been in a phase for longest.
  @inline(__always)
  func oldest(in phase: Connection.Phase) -> Int? {
    let first = lists[Int(phase.rawValue)].first
    return first < 0 ? nil : Int(first)
  }

  @inline(__always)
  private mutating func append(_ slot: Int, to phase: Connection.Phase, at now: UInt64) {
    let index = Int(phase.rawValue)
    let last = lists[index].last
    slots[slot].phase = phase
    slots[slot].since = now
    slots[slot].previous = last
    slots[slot].next = -1
    if last < 0 { lists[index].first = Int32(slot) } else { slots[Int(last)].next = Int32(slot) }
    lists[index].last = Int32(slot)
    lists[index].count &+= 1
  }

  @inline(__always)
  private mutating func unlink(_ slot: Int) {
    let index = Int(slots[slot].phase.rawValue)
    let previous = slots[slot].previous
    let next = slots[slot].next
    if previous < 0 { lists[index].first = next } else { slots[Int(previous)].next = next }
    if next < 0 { lists[index].last = previous } else { slots[Int(next)].previous = previous }
    lists[index].count &-= 1
  }
}
