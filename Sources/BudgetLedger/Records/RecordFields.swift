import AuctionTypes
import FixedMemory

/// The fields of each record, in their order.

extension BootRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(word: boot)
    bytes.append(signed: time.milliseconds)
    bytes.append(word32: horizonSeconds)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    boot = try cursor.word(bytes)
    time = try cursor.time(bytes)
    horizonSeconds = try cursor.word32(bytes)
  }
}

extension AccountRecord {
  private static var noParent: UInt32 { .max }

  func write(into bytes: inout [UInt8]) {
    bytes.append(word32: account.rawValue)
    bytes.append(word32: parent?.rawValue ?? Self.noParent)
    bytes.append(currency)
    bytes.append(signed: time.milliseconds)
    bytes.append(text: path)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    account = try cursor.account(bytes)
    let number = try cursor.word32(bytes)
    parent = number == Self.noParent ? nil : AccountID(rawValue: number)
    currency = try cursor.currency(bytes)
    time = try cursor.time(bytes)
    path = try cursor.text(bytes)
  }
}

extension CreativeRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(word32: creative.rawValue)
    bytes.append(text: path)
    bytes.append(text: landingURL)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    creative = CreativeID(rawValue: try cursor.word32(bytes))
    path = try cursor.text(bytes)
    landingURL = try cursor.text(bytes)
  }
}

extension ExchangeRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(half: exchange.rawValue)
    bytes.append(text: name)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    exchange = ExchangeID(rawValue: try cursor.half(bytes))
    name = try cursor.text(bytes)
  }
}

extension PlanRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(word32: account.rawValue)
    bytes.append(budget.total)
    bytes.append(budget.daily)
    bytes.append(signed: time.milliseconds)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    account = try cursor.account(bytes)
    let total = try cursor.optionalMoney(bytes)
    budget = BudgetPlan(total: total, daily: try cursor.optionalMoney(bytes))
    time = try cursor.time(bytes)
  }
}

extension EscrowRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(word32: account.rawValue)
    bytes.append(half: day.rawValue)
    bytes.append(signed: amount.nanos)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    account = try cursor.account(bytes)
    day = try cursor.day(bytes)
    amount = try cursor.money(bytes)
  }
}

extension BookedRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(token)
    bytes.append(signed: paid.nanos)
    bytes.append(signed: taken.nanos)
    bytes.append(isLate)
    bytes.append(byte: kind.rawValue)
    bytes.append(byte: problem.rawValue)
    bytes.append(signed: time.milliseconds)
    bytes.append(isOfHeld)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    token = try cursor.token(bytes)
    paid = try cursor.money(bytes)
    taken = try cursor.money(bytes)
    isLate = try cursor.flag(bytes)
    kind = try cursor.kind(bytes)
    guard let problem = PriceProblem(rawValue: try cursor.byte(bytes)) else {
      throw LedgerDamage("a price's problem is unknown")
    }
    self.problem = problem
    time = try cursor.time(bytes)
    isOfHeld = try cursor.flag(bytes)
    guard isLate ? taken == .zero && !isOfHeld : paid <= taken else {
      throw LedgerDamage("more is paid than was reserved")
    }
  }
}

extension WinRecord {
  func write(into bytes: inout [UInt8]) {
    bytes.append(bid)
    bytes.append(word32: account.rawValue)
    bytes.append(half: day.rawValue)
    bytes.append(signed: amount.nanos)
    bytes.append(signed: until.milliseconds)
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    bid = try cursor.bid(bytes)
    account = try cursor.account(bytes)
    day = try cursor.day(bytes)
    amount = try cursor.money(bytes)
    until = try cursor.time(bytes)
  }
}
