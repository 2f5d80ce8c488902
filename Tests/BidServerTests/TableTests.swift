import FixedMemory
import LinuxIO
import Testing

@testable import BidServer

@Suite struct TableTests {
  /// Takes values, so that the table itself, which cannot be copied, stays out of macros.
  private static func expect<Value: Equatable>(_ found: Value, _ expected: Value) {
    #expect(found == expected)
  }

  @Test func keepsEachPhaseInTheOrderOfArrival() {
    var table = ConnectionTable(capacity: 3)
    let slots = (0..<3).map { table.open(Descriptor(rawValue: $0), at: UInt64($0)) }
    #expect(slots == [0, 1, 2])
    Self.expect(table.isFull, true)
    let refused = table.open(Descriptor(rawValue: 9), at: 9)
    #expect(refused == nil)
    Self.expect(table.oldest(in: .idle), 0)
    table.move(0, to: .idle, at: 4)
    Self.expect(table.oldest(in: .idle), 1)
    table.move(1, to: .head, at: 5)
    Self.expect(table.oldest(in: .idle), 2)
    Self.expect(table.oldest(in: .head), 1)
    table.move(2, to: .idle, at: 6)
    Self.expect(table.oldest(in: .idle), 0)
    Self.expect(table.count(in: .idle), 2)
    Self.expect(table.count, 3)
    table.close(0)
    Self.expect(table.oldest(in: .idle), 2)
    table.close(2)
    Self.expect(table.oldest(in: .idle), nil)
    Self.expect(table.count, 1)
  }

  @Test func knowsConnectionsThatAreGone() {
    var table = ConnectionTable(capacity: 1)
    let first = table.open(Descriptor(rawValue: 1), at: 0)!
    let token = table[first].token
    Self.expect(table.slot(of: token), first)
    table.close(first)
    Self.expect(table.slot(of: token), nil)
    let second = table.open(Descriptor(rawValue: 2), at: 1)!
    #expect(second == first)
    Self.expect(table.slot(of: token), nil)
    Self.expect(table.slot(of: table[second].token), second)
    Self.expect(table.slot(of: .max), nil)
    Self.expect(table.slot(of: .max - 1), nil)
  }

  @Test func staysSmallForAnIdleConnection() {
    #expect(MemoryLayout<Connection>.stride <= 512)
  }

  @Test(arguments: [
    ("/openrtb2/a", RouteTable.Route.bid(exchange: 0)), ("/openrtb2/abcdefgh", .bid(exchange: 1)),
    ("/openrtb2/abcdefghi", .bid(exchange: 2)), ("/openrtb2/abcdefghj", .notFound),
    ("/openrtb2/abcdefg", .notFound), ("/openrtb2/A", .notFound), ("/openrtb2/", .notFound),
    ("/n/b/x", .notice), ("/n/x", .notice), ("/n/", .notFound), ("/n", .notFound),
    ("/m/b/x", .notFound), ("/openrtb2", .notFound), ("/openrtb3/a", .notFound),
    ("/healthz", .health),
    ("/readyz", .readiness), ("", .notFound), ("/", .notFound), ("/openrtb2/a/", .notFound),
  ])
  func findsRoutes(_ path: String, _ route: RouteTable.Route) {
    let table = RouteTable(
      exchanges: ["a", "abcdefgh", "abcdefghi"].map { ExchangeEndpoint(name: $0) })
    let bytes = Array(path.utf8)
    let found = table.route(bytes.rawSpan)
    #expect(found == route)
  }

  @Test func findsNamesOfTheGreatestLength() {
    let name = String(repeating: "n", count: BidServerLimits.exchangeNameBytes)
    let table = RouteTable(exchanges: [ExchangeEndpoint(name: name)])
    let paths = [name, name + "n", String(name.dropLast())].map { Array("/openrtb2/\($0)".utf8) }
    let found = paths.map { table.route($0.rawSpan) }
    #expect(found == [.bid(exchange: 0), .notFound, .notFound])
  }
}
