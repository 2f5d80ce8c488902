import HTTPTypes
import Hummingbird
import Testing

@testable import ControlPlane

@Suite struct AnswerBudgetTests {
  private static let bytes = ControlLimits.smallAnswerBytes + 1
  private let budget = AnswerBudget(bytes: Self.bytes)

  private func answer(_ count: Int = Self.bytes) -> Response {
    Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 0x20, count: count)))
  }

  @Test func refusesALargeAnswerWhereAnotherWaits() {
    let first = budget.admit(answer(), isDone: false)
    #expect(first.status == .ok)
    withExtendedLifetime(first) {
      #expect(!budget.hasRoom(for: Self.bytes))
      #expect(budget.admit(answer(), isDone: false).status == .tooManyRequests)
      #expect(budget.admit(answer(1), isDone: false).status == .ok)
    }
  }

  @Test func neverRefusesToSayWhatWasDone() {
    let first = budget.admit(answer(), isDone: false)
    withExtendedLifetime(first) {
      #expect(budget.admit(answer(), isDone: true).status == .ok)
    }
  }

  @Test func givesTheRoomBackWithTheAnswer() {
    do { _ = budget.admit(answer(), isDone: true) }
    #expect(budget.hasRoom(for: Self.bytes))
    #expect(budget.admit(answer(), isDone: false).status == .ok)
  }
}
