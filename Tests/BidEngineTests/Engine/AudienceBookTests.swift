import AuctionTypes
import AudienceIndex
import Support
import Testing

struct AudienceBookTests {
  @Test func aViewHoldsTheRowsThatItIsGiven() throws {
    var documents = RandomDocuments(generator: SeededGenerator(seed: 1))
    let (users, suppressed) = documents.users()
    let registry = SegmentRegistry()
    let book = AudienceBook(
      registry: registry, idSpaces: [IDSpace(name: "nod")], key: Engine.key)
    let view = book.view(users: users, suppressed: suppressed)
    var scratch = AudienceScratch()
    for (name, segments) in users {
      let keys = [try #require(book.userKey(name))]
      let result = view.lookup(keys.span, into: &scratch)
      let found = (0..<scratch.count).compactMap { registry.name(of: scratch.list[$0]) }
      let isSuppressed = suppressed.contains(name)
      #expect(result.isSuppressed == isSuppressed, "\(name)")
      #expect(Set(found) == (isSuppressed ? [] : Set(segments)), "\(name)")
    }
  }
}
