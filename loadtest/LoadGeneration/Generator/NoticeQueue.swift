/// Notices that wait for their moment, the soonest first (a binary heap).
struct NoticeQueue: Sendable {
  /// A request and when it is to be sent.
  struct Entry: Sendable {
    /// On the monotonic clock.
    let due: UInt64
    /// The bytes of the request.
    let request: [UInt8]
  }

  private var heap: [Entry] = []

  /// Notices that wait.
  var count: Int { heap.count }

  /// When the soonest is due.
  var nextDue: UInt64? { heap.first?.due }

  /// Adds a notice; false where the queue is full.
  mutating func append(_ entry: Entry) -> Bool {
    guard heap.count < LoadLimits.waitingNotices else { return false }
    heap.append(entry)
    var place = heap.count - 1
    while place > 0, heap[place].due < heap[(place - 1) / 2].due {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
    return true
  }

  /// Takes the soonest.
  mutating func popFirst() -> Entry? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].due < heap[least].due {
        least = child
      }
      if least == place { return first }
      heap.swapAt(place, least)
      place = least
    }
  }
}
