import AuctionTypes
import BudgetLedger
import FixedMemory
import Support
import Testing

@testable import Journal

@Suite struct EventCodingTests {
  private func bytes(_ event: LoggedEvent) -> [UInt8] {
    var buffer = FixedBuffer(capacity: 256)
    event.write(into: &buffer)
    return (0..<buffer.count).map { buffer.bytes.byte(at: $0) }
  }

  private func read(_ bytes: [UInt8]) -> LoggedEvent? { LoggedEvent(bytes.rawSpan, at: 0) }

  @Test func keepsEveryFieldOfEveryKind() throws {
    for kind in AdEvent.Kind.allCases where kind != .booking {
      let event = EventSamples.event(kind, 1 << 40 - 1)
      let bytes = bytes(LoggedEvent(event))
      #expect(bytes.count == LoggedEvent.byteCount)
      let found = try #require(read(bytes))
      #expect(found.booking == nil)
      #expect(found.event.kind == kind)
      #expect(found.event.token == event.token)
      #expect(found.event.time == event.time)
      #expect(found.event.price == event.price)
      #expect(found.event.lossReason == event.lossReason)
    }
  }

  @Test(arguments: [true, false])
  func keepsWhatABookingAdds(isLate: Bool) throws {
    var record = EventSamples.booked(4)
    record.isLate = isLate
    record.kind = .pixel
    let bytes = bytes(LoggedEvent(record))
    let found = try #require(read(bytes))
    #expect(
      found.booking
        == LoggedEvent.Booking(
          paid: record.paid, isLate: isLate, kind: .pixel, problem: .changed))
    #expect(found.event.token == record.token)
    #expect(found.event.time == record.time)
    #expect(found.event.price == CPM(micros: -1))
  }

  @Test func tellsThePriceOfABookingInItsOwnCurrency() {
    var record = EventSamples.booked(4)
    record.token.rates = .same
    #expect(LoggedEvent(record).event.price == CPM(micros: 1_900_001))
  }

  @Test func readsNoEventWhoseFieldsAreOutOfRange() {
    let whole = bytes(LoggedEvent(EventSamples.booked(4)))
    for (offset, value) in [(0, 6), (2, 5), (3, 4), (94, 5), (100, 1), (103, 1)] {
      var changed = whole
      changed[offset] = UInt8(value)
      let isRead = read(changed) != nil
      #expect(!isRead, "byte \(offset)")
    }
  }

  @Test func aFrameOfBookingsFitsABlock() {
    let empty = EventSamples.frame([]).count
    let each = EventSamples.frame([1]).count - empty
    #expect(JournalLimits.frameBytes / each <= EventBlock.eventCapacity)
  }

  @Test(arguments: [
    (0, "19700101"), (59, "19700301"), (11_016, "20000229"), (20_780, "20261123"),
    (47_540, "21000228"), (47_541, "21000301"), (2_932_896, "99991231"),
  ])
  func writesDaysAsDates(number: Int64, text: String) {
    #expect(UTCDay(number: number).text == text)
    #expect(UTCDay(text: text) == UTCDay(number: number))
  }

  @Test func agreesOnEveryDayOfFourCenturies() {
    var last = ""
    for number in 0..<146_097 as Range<Int64> {
      let text = UTCDay(number: number).text
      if UTCDay(text: text)?.number != number || text <= last {
        Issue.record("day \(number) is \(text)")
      }
      last = text
    }
  }

  @Test func namesFilesByDayAndNumber() {
    let name = EventFileName(day: UTCDay(number: 20_780), number: 7)
    #expect(name.text == "events-20261123-000007.log")
    #expect(EventFileName(name.text) == name)
    let large = EventFileName(day: UTCDay(number: 20_780), number: .max)
    #expect(EventFileName(large.text) == large)
    #expect(name < large)
  }

  @Test(arguments: [
    "events-20261123-000000.log", "events-20261123-7.log", "events-20261323-000007.log",
    "events-20260229-000007.log", "events-20261123-000007.log.tmp", "events-20261123.log",
    "journal-00000001.log", "events--000007.log", "events-20261123-+00007.log", "",
  ])
  func takesNoOtherFileForItsOwn(text: String) {
    #expect(EventFileName(text) == nil)
  }
}
