import AuctionTypes

/// The balances of all accounts: an amount of a line item is its campaign's too, in total and for
/// the day.
struct AccountBook: Sendable {
  private(set) var names: [AccountName] = []
  private(set) var totals: [Balance] = []
  /// ``LedgerLimits/daysKept`` for each account, in no order.
  private(set) var days: [DayBalance] = []
  private(set) var numbers: [String: AccountID] = [:]

  var count: Int { names.count }

  /// Whether a number is a line item's.
  func isLineItem(_ account: AccountID) -> Bool {
    account.rawValue < UInt32(count) && names[Int(account.rawValue)].parent != nil
  }

  // MARK: Accounts

  /// Opens the next account, or changes the currency of one that never spent; nil is well.
  mutating func open(_ record: AccountRecord) -> String? {
    if let parent = record.parent {
      guard parent.rawValue < min(UInt32(count), record.account.rawValue),
        names[Int(parent.rawValue)].parent == nil
      else { return "an account's campaign is none" }
    }
    if let known = numbers[record.path] {
      guard known == record.account, names[Int(known.rawValue)].parent == record.parent,
        isUnspent(known)
      else { return "an account is opened twice" }
      names[Int(known.rawValue)].currency = record.currency
      return nil
    }
    guard record.account.rawValue == UInt32(count), count < LedgerLimits.accounts else {
      return "an account's number is not the next"
    }
    names.append(
      AccountName(
        path: record.path, parent: record.parent, currency: record.currency,
        createdAt: record.time))
    totals.append(Balance())
    days.append(contentsOf: repeatElement(DayBalance(), count: LedgerLimits.daysKept))
    numbers[record.path] = record.account
    return nil
  }

  /// Whether nothing was ever booked on an account and nothing is out.
  func isUnspent(_ account: AccountID) -> Bool {
    totals[Int(account.rawValue)] == Balance()
  }

  mutating func set(_ budget: BudgetPlan, of account: AccountID) {
    names[Int(account.rawValue)].budget = budget
  }

  // MARK: Amounts

  /// Adds a change to a line item and its campaign, in total and for the day; false, and nothing
  /// changes, when a balance would be impossible.
  ///
  /// - Complexity: O(days kept).
  mutating func post(_ change: Balance, to account: AccountID, on day: LocalDay) -> Bool {
    let index = Int(account.rawValue)
    guard let parent = names[index].parent.map({ Int($0.rawValue) }),
      let own = totals[index].adding(change), let campaign = totals[parent].adding(change)
    else { return false }
    let isNew = change.granted > 0 || change.late > 0
    let ownPlace = place(of: day, index, creating: isNew)
    let campaignPlace = place(of: day, parent, creating: isNew)
    var ownDay = Balance()
    var campaignDay = Balance()
    if let ownPlace {
      guard let sum = balance(at: ownPlace, day).adding(change) else { return false }
      ownDay = sum
    }
    if let campaignPlace {
      guard let sum = balance(at: campaignPlace, day).adding(change) else { return false }
      campaignDay = sum
    }
    totals[index] = own
    totals[parent] = campaign
    if let ownPlace { days[ownPlace] = DayBalance(day: day, balance: ownDay) }
    if let campaignPlace { days[campaignPlace] = DayBalance(day: day, balance: campaignDay) }
    return true
  }

  /// What all four budgets of a line item allow to be granted for a day; negative where they are
  /// overdrawn.
  func remaining(of account: AccountID, on day: LocalDay) -> Int64 {
    let own = remainingAlone(of: account, on: day)
    guard let parent = names[Int(account.rawValue)].parent else { return own }
    return min(own, remainingAlone(of: parent, on: day))
  }

  /// What an account's own two budgets allow to be granted for a day.
  func remainingAlone(of account: AccountID, on day: LocalDay) -> Int64 {
    let index = Int(account.rawValue)
    let total = totals[index].remaining(of: names[index].budget.total?.nanos)
    guard let daily = names[index].budget.daily else { return total }
    return min(total, self.day(day, of: account).remaining(of: daily.nanos))
  }

  /// An account's balance of a day; zero where it is not kept.
  func day(_ day: LocalDay, of account: AccountID) -> Balance {
    place(of: day, Int(account.rawValue), creating: false).map { days[$0].balance } ?? Balance()
  }

  /// The newest day that an account has a balance of.
  func newestDay(of account: AccountID) -> LocalDay? {
    places(Int(account.rawValue)).compactMap { days[$0].day }.max()
  }

  /// Where the balances of an account's days lie.
  func places(_ index: Int) -> Range<Int> {
    index * LedgerLimits.daysKept..<(index + 1) * LedgerLimits.daysKept
  }

  /// Takes an account's balances over from a checkpoint; false when they are impossible.
  mutating func restore(_ total: Balance, _ kept: [DayBalance], of account: AccountID) -> Bool {
    guard total.isPossible, kept.count <= LedgerLimits.daysKept,
      kept.allSatisfy({ $0.balance.isPossible })
    else { return false }
    totals[Int(account.rawValue)] = total
    for (offset, day) in kept.enumerated() {
      days[places(Int(account.rawValue)).lowerBound + offset] = day
    }
    return true
  }

  private func balance(at place: Int, _ day: LocalDay) -> Balance {
    days[place].day == day ? days[place].balance : Balance()
  }

  /// The place of a day's balance; for a new day an unused one, or that of the oldest day before it
  /// of which nothing is outstanding. nil when the day is not kept.
  private func place(of day: LocalDay, _ index: Int, creating: Bool) -> Int? {
    let places = places(index)
    for place in places where days[place].day == day { return place }
    guard creating else { return nil }
    var oldest: Int?
    for place in places {
      guard let kept = days[place].day else { return place }
      guard kept < day else { continue }
      guard let other = oldest else {
        oldest = place
        continue
      }
      let isDone = days[place].balance.granted == days[place].balance.settled
      let otherIsDone = days[other].balance.granted == days[other].balance.settled
      if isDone == otherIsDone ? kept < days[other].day! : isDone { oldest = place }
    }
    return oldest
  }
}
