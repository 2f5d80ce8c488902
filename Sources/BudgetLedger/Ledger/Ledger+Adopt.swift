import AuctionTypes

extension Ledger {
  /// Puts the documents in force: new names get numbers, and what was paused, removed or lowered
  /// below its escrow bids no more when this returns; the first grants are in ``pending``.
  ///
  /// What is not put in force, and why, is in ``refusals`` then. A plan of many accounts needs
  /// several commits: whoever waits for it commits until ``pending`` is empty.
  ///
  /// - Complexity: O(line items known).
  package mutating func adopt(
    _ plan: LedgerPlan, time: WallTime, now: Instant
  ) -> LedgerNumbers {
    precondition(hasBegun)
    refusals = []
    numberCreatives(plan.creatives)
    numberExchanges(plan.exchanges)
    retirePlan()
    for campaign in plan.campaigns { adopt(campaign, time) }
    let moment = Moment(time: time, now: now)
    for index in lines.indices where book.names[index].parent != nil {
      let account = AccountID(rawValue: UInt32(index))
      if !isOpen(account) { close(account) }
    }
    for index in campaigns.indices { openLineItems(ofCampaign: index, moment) }
    findNextBoundary(after: time)
    return LedgerNumbers(
      accounts: book.numbers, creatives: creativeNumbers, exchanges: exchangeNumbers)
  }

  /// Where clicks on each creative go, by its number.
  package var creatives: [CreativePlan] {
    creativeRecords.map { CreativePlan(path: $0.path, landingURL: $0.landingURL) }
  }

  // MARK: Names

  private mutating func numberCreatives(_ creatives: [CreativePlan]) {
    for creative in creatives {
      guard isText(creative.path), isText(creative.landingURL) else {
        refusals.append("creative \(creative.path.prefix(80)): its name or URL is too long")
        continue
      }
      let known = creativeNumbers[creative.path]
      if let known, creativeRecords[Int(known.rawValue)].landingURL == creative.landingURL {
        continue
      }
      if known == nil, creativeRecords.count >= LedgerLimits.creatives {
        refusals.append("creative \(creative.path): there are too many")
        continue
      }
      post(
        .creative(
          CreativeRecord(
            creative: known ?? CreativeID(rawValue: UInt32(creativeRecords.count)),
            path: creative.path, landingURL: creative.landingURL)))
    }
  }

  private mutating func numberExchanges(_ exchanges: [String]) {
    for name in exchanges where exchangeNumbers[name] == nil {
      guard isText(name), exchangeNames.count < LedgerLimits.exchanges else {
        refusals.append("exchange \(name.prefix(80)): there are too many or its name is too long")
        continue
      }
      post(
        .exchange(
          ExchangeRecord(exchange: ExchangeID(rawValue: UInt16(exchangeNames.count)), name: name)))
    }
  }

  private func isText(_ text: String) -> Bool { text.utf8.count <= LedgerLimits.textBytes }

  /// The number of an account, which is opened if it is new; nil where that is not possible.
  private mutating func number(
    _ path: String, _ parent: AccountID?, _ currency: CurrencyCode, _ time: WallTime
  ) -> AccountID? {
    if let known = book.numbers[path] { return known }
    guard isText(path), book.count < min(cells.count, LedgerLimits.accounts) else {
      refusals.append("\(path.prefix(80)): there are too many accounts or its name is too long")
      return nil
    }
    let account = AccountID(rawValue: UInt32(book.count))
    post(
      .account(
        AccountRecord(
          account: account, parent: parent, currency: currency, time: time, path: path)))
    return account
  }

  // MARK: Plans

  /// Forgets the plan in force; what is known of demand stays.
  private mutating func retirePlan() {
    campaigns = []
    capRules = []
    waiting = []
    for index in lines.indices {
      lines[index].campaign = nil
      lines[index].isActive = false
      lines[index].isWaiting = false
      capRanges[index] = 0..<0
    }
  }

  private mutating func adopt(_ plan: CampaignPlan, _ time: WallTime) {
    guard let account = number(plan.path, nil, plan.currency, time) else { return }
    let isCurrencyKept = keep(plan.currency, of: account, time)
    let isLowered = set(plan.budget, of: account, time)
    setCaps(plan.caps, of: account)
    let index = campaigns.count
    campaigns.append(campaignState(plan, account, time, isActive: plan.isActive && isCurrencyKept))
    for lineItem in plan.lineItems {
      guard let number = number(lineItem.path, account, plan.currency, time),
        book.names[Int(number.rawValue)].parent == account
      else { continue }
      adopt(lineItem, number, index, time, campaignIsLowered: isLowered)
    }
  }

  private mutating func adopt(
    _ plan: LineItemPlan, _ account: AccountID, _ campaign: Int, _ time: WallTime,
    campaignIsLowered: Bool
  ) {
    let index = Int(account.rawValue)
    let isCurrencyKept = keep(
      book.names[Int(campaigns[campaign].account.rawValue)].currency, of: account, time)
    if set(plan.budget, of: account, time) || campaignIsLowered { withdrawAll(account) }
    setCaps(plan.caps, of: account)
    lines[index].campaign = campaign
    lines[index].isActive = plan.isActive && campaigns[campaign].isActive && isCurrencyKept
    lines[index].pacing = plan.pacing
    lines[index].largestBid = max(0, plan.largestBid.nanos)
    campaigns[campaign].lineItems.append(account)
  }

  /// Whether an account has a currency, or can be given it since it never spent.
  private mutating func keep(
    _ currency: CurrencyCode, of account: AccountID, _ time: WallTime
  ) -> Bool {
    let name = book.names[Int(account.rawValue)]
    if name.currency == currency { return true }
    if name.parent != nil { withdrawAll(account) } else { withdrawLineItems(of: account) }
    guard book.isUnspent(account) else {
      refusals.append(
        "\(name.path): its currency is \(name.currency), which is fixed after the first spend")
      return false
    }
    post(
      .account(
        AccountRecord(
          account: account, parent: name.parent, currency: currency, time: time,
          path: name.path)))
    return true
  }

  private mutating func withdrawLineItems(of campaign: AccountID) {
    for index in book.names.indices where book.names[index].parent == campaign {
      withdrawAll(AccountID(rawValue: UInt32(index)))
    }
  }

  /// Records an account's limits where they changed; true when one is lower than before.
  private mutating func set(
    _ budget: BudgetPlan, of account: AccountID, _ time: WallTime
  ) -> Bool {
    let old = book.names[Int(account.rawValue)].budget
    guard old != budget else { return false }
    post(.plan(PlanRecord(account: account, budget: budget, time: time)))
    return Self.isLower(budget.total, than: old.total)
      || Self.isLower(budget.daily, than: old.daily)
  }

  private static func isLower(_ limit: Money?, than old: Money?) -> Bool {
    guard let limit else { return false }
    guard let old else { return true }
    return limit < old
  }

  private mutating func setCaps(_ rules: [CapRule], of account: AccountID) {
    capRanges[Int(account.rawValue)] = capRules.count..<capRules.count + rules.count
    capRules.append(contentsOf: rules)
  }

  private func campaignState(
    _ plan: CampaignPlan, _ account: AccountID, _ time: WallTime, isActive: Bool
  ) -> CampaignState {
    let lineItems = plan.lineItems.compactMap { book.numbers[$0.path] }
    let days = ([account] + lineItems).compactMap { book.newestDay(of: $0) }
    let stamps = lineItems.map { cells.day(of: $0) }
    let day = (days + stamps).reduce(plan.zone.day(at: time), max)
    return CampaignState(
      account: account, isActive: isActive, flightStart: plan.flightStart,
      flightEnd: plan.flightEnd, zone: plan.zone, day: day, dayStart: plan.zone.start(of: day),
      dayEnd: plan.zone.start(of: day.next),
      isInFlight: Self.isInFlight(plan.flightStart, plan.flightEnd, time))
  }
}

extension LocalDay {
  /// The day after; the last day is its own.
  var next: LocalDay { LocalDay(rawValue: rawValue == .max ? .max : rawValue + 1) }
}
