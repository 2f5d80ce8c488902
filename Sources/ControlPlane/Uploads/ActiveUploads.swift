import Synchronization

/// A file's place in the inbox.
struct UploadName: Hashable, Sendable {
  let source: String
  let file: String
}

/// The uploads whose bytes come in at the moment, at most one of each name.
final class ActiveUploads: Sendable {
  private struct State {
    var tickets: [UploadName: UploadTicket] = [:]
    /// By the advertiser of the source; under nil those of the sources that are shared.
    var partialBytes: [String?: Int] = [:]

    var allPartialBytes: Int { partialBytes.values.reduce(0, +) }
  }

  private let limits: UploadLimits
  private let state = Mutex(State())

  init(_ limits: UploadLimits) { self.limits = limits }

  /// The upload of a name that is under way.
  subscript(_ name: UploadName) -> UploadTicket? { state.withLock { $0.tickets[name] } }

  /// Takes a name.
  ///
  /// An upload that goes on with the same content takes the place of the one before, whose
  /// connection may be dead without the server knowing; not before that one has its file open, or
  /// both would write.
  /// - Throws: a ``ProblemDocument`` with status 409 where the name is taken, 429 where there are
  ///   too many, 507 where too much is not complete.
  func enter(_ ticket: UploadTicket) throws {
    let earlier = try state.withLock { state in
      let earlier = state.tickets[ticket.name]
      if let earlier, earlier.partial == nil || !ticket.goesOn(with: earlier) {
        throw Self.taken(ticket.name)
      }
      if earlier == nil { try check(state, ticket) }
      state.tickets[ticket.name] = ticket
      return earlier
    }
    earlier?.partial?.supersede()
  }

  /// Gives a name back.
  func leave(_ ticket: UploadTicket) {
    state.withLock { state in
      if state.tickets[ticket.name] === ticket { state.tickets[ticket.name] = nil }
    }
  }

  /// The bytes of an advertiser's files that are not complete.
  func partialBytes(of advertiser: String?) -> Int {
    state.withLock { $0.partialBytes[advertiser, default: 0] }
  }

  /// Notes bytes of an advertiser's files that are not complete.
  ///
  /// - Throws: a ``ProblemDocument`` with status 507 where they are too many.
  func grow(by bytes: Int, of advertiser: String?) throws {
    try state.withLock { state in
      guard state.allPartialBytes + bytes <= limits.partialBytes,
        state.partialBytes[advertiser, default: 0] + bytes <= limits.partialBytesOfAdvertiser
      else { throw Self.tooMuchUnfinished }
      state.partialBytes[advertiser, default: 0] += bytes
    }
  }

  /// Sets the bytes of files that are not complete: what the folders hold.
  func setPartialBytes(_ bytes: [String?: Int]) { state.withLock { $0.partialBytes = bytes } }

  /// Forgets bytes that were completed or removed.
  func shrink(by bytes: Int, of advertiser: String?) {
    state.withLock { state in
      let left = state.partialBytes[advertiser, default: 0] - bytes
      state.partialBytes[advertiser] = left > 0 ? left : nil
    }
  }

  private func check(_ state: State, _ ticket: UploadTicket) throws {
    let request = ticket.request
    let ofKey = state.tickets.values.count { $0.request.keyID == request.keyID }
    let advertiser = request.source.advertiser
    let ofAdvertiser = state.tickets.values.count { $0.request.source.advertiser == advertiser }
    guard state.tickets.count < limits.uploads, ofKey < limits.uploadsOfKey,
      ofAdvertiser < limits.uploadsOfAdvertiser
    else {
      throw ProblemDocument(
        .tooManyRequests,
        "Too many uploads at a time: \(limits.uploads) in all, \(limits.uploadsOfAdvertiser) to "
          + "the sources of an advertiser or those that are shared, \(limits.uploadsOfKey) of a "
          + "key.",
        headers: [.retryAfter: "10"])
    }
    guard state.allPartialBytes < limits.partialBytes,
      state.partialBytes[advertiser, default: 0] < limits.partialBytesOfAdvertiser
    else { throw Self.tooMuchUnfinished }
  }

  static func taken(_ name: UploadName) -> ProblemDocument {
    ProblemDocument(
      .conflict, "A file `\(name.file)` of the source `\(name.source)` is being taken in already.")
  }

  private static var tooMuchUnfinished: ProblemDocument {
    ProblemDocument(
      .insufficientStorage, "Too much is stored of uploads that were not finished.")
  }
}
