import AuctionTypes

/// What the budget journal holds: every change of what is durable, in order.
package enum JournalRecord: Sendable, Equatable {
  /// A start: what the one before left in escrow is held from here on.
  case boot(BootRecord)
  /// A campaign or line item heard of for the first time, or its currency before it ever spent.
  case account(AccountRecord)
  /// A creative heard of for the first time, or its landing page.
  case creative(CreativeRecord)
  /// An exchange heard of for the first time.
  case exchange(ExchangeRecord)
  /// An account's limits from here on.
  case plan(PlanRecord)
  /// An amount moved from the four budgets of a line item to its escrow.
  case grant(EscrowRecord)
  /// An amount of escrow given back to the four budgets.
  case returned(EscrowRecord)
  /// A bid that is paid.
  case booked(BookedRecord)
  /// A bid that is won and waits for its billing from here on.
  case win(WinRecord)
  /// The window of a won bid of an earlier start has passed: what was held for it is released.
  case winReleased(BidNumber)
  /// The horizon of an earlier start has passed: all that is still held for it is released.
  case poolReleased(boot: UInt64)
  /// The largest window in use from here on, in seconds.
  case horizon(UInt32)
}

/// A start of the server.
package struct BootRecord: Sendable, Equatable {
  /// Drawn at random.
  package var boot: UInt64
  package var time: WallTime
  /// The largest window that bids of this start are expected to have.
  package var horizonSeconds: UInt32

  package init(boot: UInt64, time: WallTime, horizonSeconds: UInt32) {
    self.boot = boot
    self.time = time
    self.horizonSeconds = horizonSeconds
  }
}

/// A campaign's or line item's number.
package struct AccountRecord: Sendable, Equatable {
  package var account: AccountID
  /// A line item's campaign; nil for a campaign.
  package var parent: AccountID?
  package var currency: CurrencyCode
  package var time: WallTime
  package var path: String

  package init(
    account: AccountID, parent: AccountID?, currency: CurrencyCode, time: WallTime, path: String
  ) {
    self.account = account
    self.parent = parent
    self.currency = currency
    self.time = time
    self.path = path
  }
}

/// A creative's number, and where its clicks go.
package struct CreativeRecord: Sendable, Equatable {
  package var creative: CreativeID
  package var path: String
  package var landingURL: String

  package init(creative: CreativeID, path: String, landingURL: String) {
    self.creative = creative
    self.path = path
    self.landingURL = landingURL
  }
}

/// An exchange's number.
package struct ExchangeRecord: Sendable, Equatable {
  package var exchange: ExchangeID
  package var name: String

  package init(exchange: ExchangeID, name: String) {
    self.exchange = exchange
    self.name = name
  }
}

/// An account's limits.
package struct PlanRecord: Sendable, Equatable {
  package var account: AccountID
  package var budget: BudgetPlan
  package var time: WallTime

  package init(account: AccountID, budget: BudgetPlan, time: WallTime) {
    self.account = account
    self.budget = budget
    self.time = time
  }
}

/// An amount of a line item and a day that goes to its escrow or comes back.
package struct EscrowRecord: Sendable, Equatable {
  package var account: AccountID
  package var day: LocalDay
  package var amount: Money

  package init(account: AccountID, day: LocalDay, amount: Money) {
    self.account = account
    self.day = day
    self.amount = amount
  }
}

/// A bid that is paid: all that its token carries, and what was paid for it.
package struct BookedRecord: Sendable, Equatable {
  package var token: NoticeToken
  /// In the account's currency.
  package var paid: Money
  /// What leaves the escrow for it: what is not paid of it goes back to the budgets. Zero when
  /// late.
  package var taken: Money
  /// Booked beside the escrow: after the window or a loss.
  package var isLate: Bool
  /// The event that booked it.
  package var kind: NoticeKind
  package var problem: PriceProblem
  /// When the notice came.
  package var time: WallTime
  /// Of an earlier start, whose escrow it is taken from; false also when late.
  package var isOfHeld: Bool

  package init(
    token: NoticeToken, paid: Money, taken: Money, isLate: Bool, kind: NoticeKind,
    problem: PriceProblem, time: WallTime, isOfHeld: Bool
  ) {
    self.token = token
    self.paid = paid
    self.taken = taken
    self.isLate = isLate
    self.kind = kind
    self.problem = problem
    self.time = time
    self.isOfHeld = isOfHeld
  }
}

/// A bid that is won: its amount waits for the billing until a time.
package struct WinRecord: Sendable, Equatable {
  package var bid: BidNumber
  package var account: AccountID
  package var day: LocalDay
  package var amount: Money
  /// When the billing is late.
  package var until: WallTime

  package init(
    bid: BidNumber, account: AccountID, day: LocalDay, amount: Money, until: WallTime
  ) {
    self.bid = bid
    self.account = account
    self.day = day
    self.amount = amount
    self.until = until
  }
}
