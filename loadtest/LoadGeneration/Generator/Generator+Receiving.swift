import FixedMemory
import LinuxIO

extension Generator {
  /// Reads what is there on a connection.
  mutating func receive(_ place: Int) {
    input.removeAll()
    let partial = links[place].partial
    if !partial.isEmpty { input.append(partial.rawSpan) }
    let before = input.count
    let transfer = links[place].descriptor.receive(into: &input)
    now = Clock.monotonicNanoseconds()
    if isMeasured(now) { recorder.bytesIn += UInt64(input.count - before) }
    switch transfer {
    case .bytes: judge(place, isEnded: false)
    case .wouldBlock: break
    case .ended: judge(place, isEnded: true)
    case .failed: end(place, as: .broken)
    }
  }

  private mutating func judge(_ place: Int, isEnded: Bool) {
    // Nothing was asked: the server closes an idle connection, or says what nobody wants to know.
    guard links[place].phase == .waiting else { return close(place) }
    switch Answer.read(input.bytes) {
    case .whole(let answer): finish(place, answer)
    case .untilEnd(let answer) where isEnded: finish(place, answer)
    case .malformed: end(place, as: isEnded && input.isEmpty ? .broken : .malformed)
    case .partial, .untilEnd:
      if isEnded { return end(place, as: .broken) }
      // Longer than any answer, and another read would find no room.
      guard input.count < LoadLimits.answerBytes else { return end(place, as: .malformed) }
      links[place].partial = (0..<input.count).map { input.bytes.byte(at: $0) }
    }
  }

  private mutating func finish(_ place: Int, _ answer: Answer) {
    links[place].partial.removeAll(keepingCapacity: true)
    if links[place].isForNotices {
      recordNotice(place, status: answer.status)
    } else if answer.isPlain || body.unpack(answer, of: input) {
      let hasBid = answer.status == 200 && takeBids(answer)
      record(place, .of(status: answer.status, hasBid: hasBid), status: answer.status)
    } else {
      return end(place, as: .malformed)
    }
    inFlight -= 1
    // More than was asked for cannot be told apart from the next answer.
    let isOver =
      answer.closes || input.count > answer.byteCount || links[place].requestsLeft <= 0
      || now >= links[place].closesAt
    if isOver { reopen(place) } else { release(place) }
  }

  /// Whether the answer has bids; their notices are planned.
  private mutating func takeBids(_ answer: Answer) -> Bool {
    let hasBid =
      answer.isPlain
      ? BidNotice.hasBid(input.bytes.slice(answer.body)) : BidNotice.hasBid(body.plain.bytes)
    guard hasBid, let rules = plan.notices else { return hasBid }
    var draw = random
    let isWon = { draw.unit() < rules.winRate }
    let requests =
      answer.isPlain
      ? BidNotice.requests(in: input.bytes.slice(answer.body), rules: rules, isWon: isWon)
      : BidNotice.requests(in: body.plain.bytes, rules: rules, isWon: isWon)
    random = draw
    planNotices(requests, rules)
    return true
  }

  /// Ends what a connection was doing and opens it anew.
  mutating func end(_ place: Int, as outcome: Outcome) {
    if links[place].phase == .waiting {
      inFlight -= 1
      if links[place].isForNotices {
        recordNotice(place, status: 0)
      } else {
        record(place, outcome, status: 0)
      }
    }
    reopen(place)
  }

  private mutating func reopen(_ place: Int) {
    close(place)
    if isNeeded(place) { open(place) }
  }

  private mutating func record(_ place: Int, _ outcome: Outcome, status: Int) {
    let planned = links[place].planned
    guard isMeasured(planned) else { return }
    recorder.record(
      outcome, status: status, planned: planned - measuredFrom,
      written: links[place].written - measuredFrom, ended: now - measuredFrom)
  }

  private mutating func recordNotice(_ place: Int, status: Int) {
    let planned = links[place].planned
    guard planned >= measuredFrom else { return }
    recorder.recordNotice(status: status, planned: planned, ended: now)
  }
}
