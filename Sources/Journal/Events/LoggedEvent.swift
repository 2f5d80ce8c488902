import AuctionTypes
import BudgetLedger

/// What the event log keeps of something that happened to a bid.
package struct LoggedEvent: Sendable {
  /// What a booking adds.
  package struct Booking: Sendable, Equatable {
    /// In the account's currency.
    package var paid: Money
    /// Booked after the reservation's window or after a loss.
    package var isLate: Bool
    /// The event that booked it.
    package var kind: NoticeKind
    package var problem: PriceProblem
  }

  package var event: AdEvent
  /// Of a booking alone.
  package var booking: Booking?

  /// What a worker saw.
  ///
  /// - Precondition: it is no booking.
  init(_ event: AdEvent) {
    precondition(event.kind != .booking)
    self.event = event
  }

  /// What the ledger booked. The event's price is what was paid where the bid was made in the
  /// account's currency, and else negative.
  init(_ record: BookedRecord) {
    let rates = record.token.rates
    event = AdEvent(
      kind: .booking, token: record.token, time: record.time,
      price: CPM(micros: rates.source == rates.target ? record.paid.nanos : -1))
    booking = Booking(
      paid: record.paid, isLate: record.isLate, kind: record.kind, problem: record.problem)
  }

  init(event: AdEvent, booking: Booking?) {
    self.event = event
    self.booking = booking
  }
}
