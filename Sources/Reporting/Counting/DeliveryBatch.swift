import AuctionTypes
import BudgetLedger
import Journal

/// Events of one look at the event log, added up as far as that needs no memory of earlier ones.
struct DeliveryBatch: Sendable {
  /// An event that counts only when it is the first of its kind of its bid.
  private struct Notice: Sendable {
    let key: DeliveryKey
    let bid: BidNumber
    let madeAt: WallTime
    let kind: AdEvent.Kind
    let paid: Money
    let isLate: Bool
  }

  private(set) var counts: [DeliveryKey: DeliveryCounts] = [:]
  private var notices: [Notice] = []
  private(set) var events = 0

  /// Adds an event; those of tests count nowhere.
  mutating func add(_ logged: LoggedEvent) {
    let token = logged.event.token
    guard !token.isTest else { return }
    events += 1
    let key = DeliveryKey(
      day: token.day, account: token.account, hour: DeliveryKey.hour(of: token.madeAt),
      creative: token.creative, exchange: token.exchange, size: token.size)
    if logged.event.kind == .bid {
      counts[key, default: DeliveryCounts()].bids += 1
      return
    }
    notices.append(
      Notice(
        key: key, bid: token.bid, madeAt: token.madeAt, kind: logged.event.kind,
        paid: logged.booking?.paid ?? .zero, isLate: logged.booking?.isLate ?? false))
  }

  /// Counts the notices that were not seen before, and marks them as seen.
  ///
  /// - Complexity: O(notices).
  mutating func settle(_ seen: inout SeenBids) throws {
    for notice in notices {
      let marks = SeenBids.Marks(notice.kind)
      let new = try seen.mark(notice.bid, marks, madeAt: notice.madeAt)
      guard new != [] else { continue }
      counts[notice.key, default: DeliveryCounts()].add(
        new, paid: notice.paid, isLate: notice.isLate)
    }
    notices = []
  }
}

extension DeliveryCounts {
  fileprivate mutating func add(_ new: SeenBids.Marks, paid: Money, isLate: Bool) {
    if new.contains(.won) { wins += 1 }
    if new.contains(.lost) { losses += 1 }
    if new.contains(.clicked) { clicks += 1 }
    if new.contains(.shown) { pixels += 1 }
    guard new.contains(.booked) else { return }
    impressions += 1
    spendNanos += paid.nanos
    if isLate { lateNanos += paid.nanos }
  }
}

extension SeenBids.Marks {
  /// What an event says of its bid: one that was booked has won.
  fileprivate init(_ kind: AdEvent.Kind) {
    switch kind {
    case .bid: self = []
    case .win: self = .won
    case .booking: self = [.booked, .won]
    case .loss: self = .lost
    case .click: self = .clicked
    case .pixel: self = .shown
    }
  }
}
