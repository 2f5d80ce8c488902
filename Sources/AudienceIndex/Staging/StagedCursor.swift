/// The users of a batch in the order of their keys, with all that its lines say of each.
struct StagedCursor {
  private let batch: StagedBatch
  private var heap: [Head]

  /// Where one run stands.
  private struct Head {
    var key: UserKey
    var offset: Int
    let run: Int
  }

  init(_ batch: StagedBatch) {
    self.batch = batch
    heap = batch.runs.indices.filter { batch.runs[$0].run.byteCount > 0 }.map {
      Head(key: batch.runs[$0].run.key(at: 0), offset: 0, run: $0)
    }
    for index in heap.indices.reversed() { sink(index) }
  }

  /// The user it stands at; nil past the last.
  var key: UserKey? { heap.first?.key }

  /// Reads all changes of the user it stands at, in no particular order, notes which files named
  /// the user, and goes to the next user.
  ///
  /// - Complexity: O(lines × log runs).
  mutating func read(into changes: inout [OrderedChange], files: inout [Int]) {
    changes.removeAll(keepingCapacity: true)
    files.removeAll(keepingCapacity: true)
    guard let key else { return }
    while let head = heap.first, head.key == key {
      let shared = batch.runs[head.run]
      let (next, sequence) = shared.run.read(at: head.offset, into: &changes)
      let file = batch.file(of: sequence)
      if !files.contains(file) { files.append(file) }
      if next < shared.run.byteCount {
        heap[0].offset = next
        heap[0].key = shared.run.key(at: next)
      } else {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
      }
      sink(0)
    }
  }

  /// Restores the heap's order below a place.
  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var lowest = index
      for child in [index * 2 + 1, index * 2 + 2]
      where child < heap.count && heap[child].key < heap[lowest].key {
        lowest = child
      }
      guard lowest != index else { return }
      heap.swapAt(index, lowest)
      index = lowest
    }
  }
}
