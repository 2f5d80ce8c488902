import Synchronization

/// The names of all segments that a file or a line item ever mentioned, and their numbers.
///
/// Shared by ingest and the catalog, which otherwise know nothing of each other. It is not on the
/// bid path: there segments are numbers. Numbers are made durable by their owner, which passes the
/// names back in order at start.
package final class SegmentRegistry: Sendable {
  private let state: Mutex<State>

  private struct State {
    var names: [String]
    var numbers: [String: SegmentID]
  }

  /// - Parameter names: the names known already, in the order of their numbers.
  package init(names: [String] = []) {
    var numbers: [String: SegmentID] = [:]
    for (index, name) in names.enumerated() {
      numbers[name] = SegmentID(rawValue: UInt32(index))
    }
    precondition(numbers.count == names.count, "a segment name stands twice in the registry")
    state = Mutex(State(names: names, numbers: numbers))
  }

  /// How many numbers have been given out; all are below it.
  package var count: Int { state.withLock { $0.names.count } }

  /// The number of a name, given out now if it has none.
  package func intern(_ name: String) -> SegmentID {
    state.withLock { state in
      if let known = state.numbers[name] { return known }
      let id = SegmentID(rawValue: UInt32(state.names.count))
      state.names.append(name)
      state.numbers[name] = id
      return id
    }
  }

  /// The number of a name, or nil when nobody mentioned it.
  package func number(of name: String) -> SegmentID? { state.withLock { $0.numbers[name] } }

  /// The name of a number, or nil when it was not given out.
  package func name(of id: SegmentID) -> String? {
    state.withLock { state in
      id.rawValue < state.names.count ? state.names[Int(id.rawValue)] : nil
    }
  }

  /// The names from a number on, in order: what is still to be made durable.
  package func names(from start: Int) -> [String] {
    state.withLock { Array($0.names.dropFirst(start)) }
  }
}
