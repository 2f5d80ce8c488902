/// Reads hours of some days.
struct DaypartReader {
  private enum Day: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
  }

  /// The daypart, or nil if the node is no map; missing days are all, missing hours the whole
  /// day.
  func read(_ reader: DocumentReader) -> Daypart? {
    guard let map = reader.map(keys: ["days", "hours"]) else { return nil }
    var days = Daypart.Days()
    for day in map["days"]?.values(atMost: 7, { $0.choice(of: Day.self) }) ?? [] {
      days.insert(Daypart.Days(dayFromMonday: Day.allCases.firstIndex(of: day) ?? 0))
    }
    let hours = map["hours"].map(hours) ?? (start: 0, end: 24)
    return Daypart(days: days.isEmpty ? .all : days, startHour: hours.start, endHour: hours.end)
  }

  private func hours(_ reader: DocumentReader) -> (start: Int, end: Int) {
    guard let text = reader.text(atMost: CampaignLimits.wordCharacters) else { return (0, 24) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(hour)
    guard parts.count == 2, let start = parts[0], let end = parts[1], start < 24 else {
      reader.fail("`\(text.quotable)` are not hours such as 08-20, 22-02 or 00-24")
      return (0, 24)
    }
    if start == end { reader.fail("`\(text.quotable)` is no time; write 00-24 for the whole day") }
    return (start, end)
  }

  private func hour(_ text: Substring) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      let hour = Int(text), hour <= 24
    else { return nil }
    return hour
  }
}
