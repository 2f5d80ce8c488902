import BenchmarkWorld
import BidEngine
import Foundation
import Testing

/// The benchmarks' world in small: what it promises of itself.
struct DecisionWorldTests {
  @Test(arguments: [(10, 1...1), (1_000, 95...105), (10_000, 95...105)])
  func aboutAHundredLineItemsMatch(lineItems: Int, expected: ClosedRange<Int>) throws {
    let small = try SmallWorld(lineItems: lineItems)
    let world = try DecisionWorld(small.folder.path)
    #expect(world.lineItemCount == lineItems)
    #expect(world.userCount == 500)
    var rig = DecisionRig(world)
    var body = try Self.body()
    for asked in RequestCase.allCases {
      world.ids(of: asked).put(7, into: &body)
      let count = rig.explain(body, asked).lines.count { line in
        switch line.verdicts.first {
        case .bids, .refused(.outbid): true
        case .refused(.audience): !asked.expectsBid
        default: false
        }
      }
      // One in five of those that bid asks for segments, which the user need not be in.
      let least = asked.expectsBid ? expected.lowerBound * 4 / 5 : expected.lowerBound
      #expect(max(1, least)...expected.upperBound ~= count, "\(asked): \(count)")
    }
  }

  @Test(arguments: RequestCase.allCases)
  func everyCaseIsAnsweredAsItsNameSays(_ asked: RequestCase) throws {
    let small = try SmallWorld(lineItems: 1_000)
    let world = try DecisionWorld(small.folder.path)
    var sums: Set<UInt64> = []
    for _ in 0..<2 {
      var rig = DecisionRig(world)
      var body = try Self.body()
      for user in 0..<200 {
        world.ids(of: asked).put(user, into: &body)
        let outcome = rig.decide(body, asked)
        #expect((outcome == .bid) == asked.expectsBid, "\(outcome)")
        #expect((rig.answerBytes > 0) == asked.expectsBid)
        rig.settle(outcome)
      }
      sums.insert(rig.checksum)
    }
    #expect(sums.count == 1, "the same requests have the same checksum")
  }

  @Test func usersThatAreThereAreKeptAndOthersRefused() throws {
    let small = try SmallWorld(lineItems: 10)
    let key = small.folder.appending(path: "var/audience/hash.key")
    let before = try Data(contentsOf: key)
    #expect(try small.make(lineItems: 20, users: 500).status == 0)
    #expect(try Data(contentsOf: key) == before)
    #expect(try DecisionWorld(small.folder.path).lineItemCount == 20)
    let other = try small.make(lineItems: 20, users: 501)
    #expect(other.status == 65)
    #expect(other.output.contains("holds 500 users, not 501"))
  }

  private static func body() throws -> RequestBody {
    let file = SmallWorld.root.appending(path: "Benchmarks/bodies/banner.json")
    return try #require(RequestBody(json: Array(try Data(contentsOf: file))))
  }
}
