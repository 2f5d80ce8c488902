import FixedMemory

extension Generator {
  /// Plans when the notices of an answer are sent.
  mutating func planNotices(_ requests: [[UInt8]], _ rules: NoticeRules) {
    for request in requests {
      let spread = Double(rules.longestDelay - rules.shortestDelay)
      let due = now + rules.shortestDelay + UInt64(random.unit() * spread)
      if !notices.append(NoticeQueue.Entry(due: due, request: request)) {
        recorder.noticesDropped += 1
      }
    }
  }

  /// Writes the notices whose moment has come.
  mutating func sendDueNotices() {
    for _ in 0..<LoadLimits.sendsInARow {
      guard let due = notices.nextDue, due <= now, let place = takeFree(forNotices: true),
        let notice = notices.popFirst()
      else { return }
      output.removeAll()
      output.append(notice.request.rawSpan)
      write(place, planned: notice.due)
      if notice.due >= measuredFrom { recorder.noticesSent += 1 }
    }
  }
}
