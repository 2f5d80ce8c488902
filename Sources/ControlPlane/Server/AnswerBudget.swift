import Hummingbird
import Synchronization

/// The room for large answers that clients have not read yet: without it, clients that never read
/// would let the process grow by the largest answer for each of their connections.
final class AnswerBudget: Sendable {
  private let taken = Atomic<Int>(0)
  private let limit: Int

  /// - Parameter bytes: of all answers above ``ControlLimits/smallAnswerBytes`` together.
  init(bytes: Int) { limit = bytes }

  /// Whether an answer of some bytes finds room now.
  func hasRoom(for count: Int) -> Bool {
    count <= ControlLimits.smallAnswerBytes || taken.load(ordering: .relaxed) + count <= limit
  }

  /// The response with its room, which is given back when it was sent or nobody wants it any more;
  /// a refusal with status 429 where there is none.
  ///
  /// - Parameter isDone: whether the answer says what was done. Such a one is not refused, as the
  ///   client would do it again; it takes its room beyond the limit.
  func admit(_ response: Response, isDone: Bool) -> Response {
    guard let count = response.body.contentLength, count > ControlLimits.smallAnswerBytes else {
      return response
    }
    guard let room = Room(count, of: self, beyondLimit: isDone) else {
      return ProblemDocument(
        .tooManyRequests, "Too many large answers are under way. Ask for less, or later.",
        headers: [.retryAfter: "2"]
      ).response
    }
    let body = response.body
    return Response(
      status: response.status, headers: response.headers,
      body: ResponseBody(contentLength: count) { writer in
        try await body.write(writer)
        withExtendedLifetime(room) {}
      })
  }

  /// Bytes taken, for as long as it lives.
  private final class Room: Sendable {
    private let count: Int
    private let budget: AnswerBudget

    init?(_ count: Int, of budget: AnswerBudget, beyondLimit: Bool) {
      let after = budget.taken.add(count, ordering: .relaxed).newValue
      guard beyondLimit || after <= budget.limit else {
        budget.taken.subtract(count, ordering: .relaxed)
        return nil
      }
      self.count = count
      self.budget = budget
    }

    deinit { budget.taken.subtract(count, ordering: .relaxed) }
  }
}
