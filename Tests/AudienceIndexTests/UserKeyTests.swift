import FixedMemory
import Testing

@testable import AudienceIndex

struct UserKeyTests {
  /// The first results of the reference code's table for SipHash-2-4-128 (key 00…0f, message of
  /// the bytes 00, 01, …).
  @Test(arguments: [
    (0, "a3817f04ba25a8e66df67214c7550293"),
    (1, "da87c1d86b99af44347659119b22fc45"),
    (2, "8177228da4a45dc7fca38bdef60affe4"),
    (3, "9c70b60c5267a94e5f33b6b02985ed51"),
    (4, "f88164c12d9c8faf7d0f6e7c7bcd5579"),
  ])
  func hashAgreesWithTheReferenceCode(length: Int, expected: String) {
    let message = (0..<length).map { UInt8($0) }
    var hash = SipHash128(key: Samples.hashKey)
    hash.update(message.rawSpan)
    let (first, second) = hash.finished()
    let bytes = [first, second].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == expected)
  }

  @Test func partsHashLikeTheWhole() {
    let message = (0..<70).map { UInt8(truncatingIfNeeded: $0 &* 29) }
    for length in 0...70 {
      var whole = SipHash128(key: Samples.hashKey)
      whole.update(message.rawSpan.slice(0, length))
      let expected = whole.finished()
      for split in 0...length {
        var parts = SipHash128(key: Samples.hashKey)
        parts.update(message.rawSpan.slice(0, split))
        parts.update(message.rawSpan.slice(split, length - split))
        #expect(parts.finished() == expected, "\(length) split at \(split)")
      }
    }
  }

  @Test func foldingChangesCapitalsAndNothingElse() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<11 {
        var upper = [UInt8](repeating: 0x61, count: 11)
        upper[place] = byte
        var lower = upper
        lower[place] = byte.asciiLowercased
        var folded = SipHash128(key: Samples.hashKey)
        folded.update(upper.rawSpan, folding: true)
        var plain = SipHash128(key: Samples.hashKey)
        plain.update(lower.rawSpan)
        #expect(folded.finished() == plain.finished(), "byte \(byte) at \(place)")
      }
    }
  }

  @Test func spacesAndKeysTellTheSameIDApart() {
    let other = HashKey(first: 1, second: 2)
    let keys = [
      UserKeyHasher(space: IDSpace(name: "nod"), key: Samples.hashKey).key(of: "abc"),
      UserKeyHasher(space: IDSpace(name: "nodx"), key: Samples.hashKey).key(of: "abc"),
      UserKeyHasher(space: IDSpace(name: "no"), key: Samples.hashKey).key(of: "dabc"),
      UserKeyHasher(space: IDSpace(name: "nod"), key: other).key(of: "abc"),
    ]
    #expect(Set(keys.compactMap { $0 }).count == 4)
  }

  @Test func deviceIDsCompareWithoutCase() {
    let hasher = UserKeyHasher(space: .ifa, key: Samples.hashKey)
    let upper = hasher.key(of: "EA7583CD-A667-48BC-B806-42ECB2B48606")
    #expect(upper != nil)
    #expect(upper == hasher.key(of: "ea7583cd-a667-48bc-b806-42ecb2b48606"))
    let plain = UserKeyHasher(space: IDSpace(name: "nod"), key: Samples.hashKey)
    #expect(plain.key(of: "AB") != plain.key(of: "ab"))
  }

  @Test(arguments: [
    (IDSpace.Format.digits, "0123456789", true), (.digits, "12a", false),
    (.hex, "00Ff", true), (.hex, "00F", false), (.hex, "0g", false),
    (.uuid, "ea7583cd-a667-48bc-b806-42ecb2b48606", true),
    (.uuid, "ea7583cda66748bcb80642ecb2b48606", false),
    (.uuid, "ea7583cd-a667-48bc-b806-42ecb2b4860g", false),
    (.uuid, "ea7583cd_a667-48bc-b806-42ecb2b48606", false), (.any, "\u{1}é", true),
  ])
  func formatsAcceptTheirIDs(format: IDSpace.Format, id: String, isAccepted: Bool) {
    let bytes = Array(id.utf8)
    #expect(format.accepts(bytes.rawSpan) == isAccepted)
  }

  @Test(arguments: [
    ("", false), ("null", false), ("NULL", false), ("unknown", false), ("Unknown", false),
    ("-1", false), ("0", false), ("00000000-0000-0000-0000-000000000000", false),
    ("00000000000000000000000000000000", false), ("${USER_ID}", false), ("{{ifa}}", false),
    ("%%USER%%", false), ("[UID]", false), ("   ", false), ("${}", false),
    ("a", true), ("00", true), ("1", true), ("nullable", true), ("unknown1", true),
    ("$user", true), ("{a}", true), ("50%%", true), ("[a", true), ("-2", true),
    ("59767559181262060060278870901087098252", true),
    ("00000000-0000-0000-0000-000000000001", true),
    ("ea7583cd-a667-48bc-b806-42ecb2b48606", true), (" a", true), ("$", true), ("[", true),
  ])
  func senderWithoutAnIDCountsAsAbsent(id: String, isUsable: Bool) {
    let bytes = Array(id.utf8)
    #expect(isUsableID(bytes.rawSpan) == isUsable)
  }

  @Test func idsAreLimitedInLength() {
    let longest = [UInt8](repeating: 0x61, count: Limits.maxIDBytes)
    let tooLong = longest + [0x61]
    #expect(isUsableID(longest.rawSpan) == true)
    #expect(isUsableID(tooLong.rawSpan) == false)
    let hasher = UserKeyHasher(space: IDSpace(name: "nod"), key: Samples.hashKey)
    #expect(hasher.key(of: tooLong.rawSpan) == nil)
  }

  @Test func checksumAgreesWithItsSpecification() {
    let vectors: [(String, UInt64)] = [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B),
      ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ]
    for (text, sum) in vectors {
      let bytes = Array(text.utf8)
      #expect(Checksum64.of(bytes.rawSpan) == sum, "\(text)")
    }
  }
}
