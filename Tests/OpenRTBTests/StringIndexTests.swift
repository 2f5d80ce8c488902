import FixedMemory
import Foundation
import Support
import Testing

@testable import OpenRTB

/// Strings that end, escape or break where windows and what is looked at ahead do.
@Suite struct StringIndexTests {
  let harness = RequestHarness()

  private func document(_ strings: [String]) -> [UInt8] {
    let list = strings.map { "\"\($0)\"" }.joined(separator: ",")
    return Array("{\"id\":\"r\",\"imp\":[{\"id\":\"1\"}],\"bcat\":[\(list)]}".utf8)
  }

  private func isValid(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil
  }

  @Test func everyKindOfContentMayStandAtEveryPlace() {
    let contents = [
      "", "a", "\\\"", "\\\\", "\\\\\\\"", "\\/\\n", "\\u0041", "\\ud83d\\ude00", "é", "€uro", "😀",
      "\\\"é\\\"", "\u{7F}",
    ]
    for padding in 0...130 {
      let filler = String(repeating: "x", count: padding)
      let strings = [filler] + contents.filter { !$0.isEmpty }
      let body = document(strings)
      let isRead = GuardedBytes(body).withBytes { harness.request.decode($0) } == .ok
      #expect(isRead, "padding \(padding)")
      #expect(harness.decode(body) == .ok)
      let values = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
      let expected = (values?["bcat"] as? [String] ?? []).filter { !$0.isEmpty }
      #expect(harness.strings(harness.request.blockedCategories) == expected, "padding \(padding)")
    }
  }

  @Test func everyKindOfDamageIsFoundAtEveryPlace() {
    let damages: [[UInt8]] = [
      [0x00], [0x1F], [0x0A], [0x5C, 0x78], Array("\\u12G4".utf8), Array("\\ud800".utf8),
      Array("\\udc00".utf8), [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF], [0x22],
      [0x5C],
    ]
    for padding in 0...130 {
      for (name, suffix) in [("ext", "\"}"), ("badv", "\",\"at\":1}")] {
        for damage in damages {
          let filler = String(repeating: "y", count: padding)
          let start = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\"}],\"\(name)\":\"\(filler)"
          let body = Array(start.utf8) + damage + Array(suffix.utf8)
          #expect(!isValid(body))
          let outcome = GuardedBytes(body).withBytes { harness.request.decode($0) }
          #expect(outcome == .malformed(.json), "\(damage) after \(padding)")
        }
      }
    }
  }

  /// What is looked at ahead ends between and inside of strings, at every place of one.
  @Test func stringsGoOnPastWhatIsLookedAtAhead() {
    let most = RequestLimits.quotesAhead / 2
    for count in [most - 70, most - 33, most - 1, most, most + 1, 2 * most, 3 * most + 7] {
      let long = String(repeating: "z", count: 700)
      for last in ["z", long, "\\\"z", "\\\"\(long)", "é"] {
        for padding in 0..<4 {
          let filler = String(repeating: "x", count: padding * 17)
          let strings = [filler + "a"] + (0..<count).map { "s\($0 % 7)" } + [last]
          #expect(harness.decode(document(strings)) == .ok)
          let read = harness.strings(harness.request.blockedCategories)
          #expect(read.count == strings.count)
          #expect(read.first == strings.first)
          #expect(read.last == last.replacingOccurrences(of: "\\\"", with: "\""))
          let broken = document(strings + ["\u{1}"])
          #expect(harness.decode(broken) == .malformed(.json))
        }
      }
    }
  }

  @Test func longTextsWithoutQuotesAreLookedThrough() {
    let long = String(repeating: "long ", count: 100_000)
    #expect(harness.decode(document([long])) == .ok)
    #expect(harness.strings(harness.request.blockedCategories) == [long])
    #expect(harness.decode(document([long + "\u{1}"])) == .malformed(.json))
    #expect(harness.decode(document([long]).dropLast(4)) == .malformed(.json))
  }

  /// Spaces and line breaks wherever they may stand change nothing.
  @Test(arguments: ["  ", "\n    ", "\r\n\t", " \t \r\n "]) func spacesChangeNothing(
    _ space: String
  ) throws {
    let body = Array(SampleBodies.rich.replacingOccurrences(of: "\n    ", with: "").utf8)
    #expect(harness.decode(body) == .ok)
    let expected = harness.summary()
    var spaced: [UInt8] = Array(space.utf8)
    var isInside = false
    for (place, byte) in body.enumerated() {
      let isQuote = byte == UInt8(ascii: "\"") && body[max(0, place - 1)] != UInt8(ascii: "\\")
      if isQuote { isInside.toggle() }
      let isOperator = !isInside && "{}[]:,".utf8.contains(byte)
      if isOperator { spaced += Array(space.utf8) }
      spaced.append(byte)
      if isOperator { spaced += Array(space.utf8) }
    }
    #expect(harness.decode(spaced) == .ok)
    var summary = harness.summary()
    summary["id"] = expected["id"]
    #expect(summary == expected)
  }

  @Test func deepNestingKeepsItsKinds() {
    for depth in [1, 63, 64, 65, 127, 128, 129, 300, RequestLimits.depth - 1] {
      let kinds = (0..<depth).map { $0 % 3 == 0 || $0 % 7 == 0 }
      let opening = kinds.map { $0 ? "{\"a\":" : "[" }.joined()
      let closing = kinds.reversed().map { $0 ? "}" : "]" }.joined()
      let start = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\"}],\"ext\":"
      #expect(harness.decode(start + opening + "1" + closing + "}") == .ok, "depth \(depth)")
      var swapped = Array(closing)
      let place = depth / 2
      swapped[place] = swapped[place] == "}" ? "]" : "}"
      let broken = start + opening + "1" + String(swapped) + "}"
      #expect(harness.decode(broken) == .malformed(.json), "depth \(depth)")
    }
  }
}

@Suite struct IntegerTests {
  @Test func shortIntegersAreReadAsTheyAreWritten() throws {
    let harness = RequestHarness()
    let texts =
      (0...9_999).map { "\($0)" } + [
        "12345", "123456", "999999", "1234567", "9999999", "12345678", "99999999", "123456789",
        "2147483647", "2147483648", "-1", "00", "01", "007", "1.5", "1e3", "0.9", "12a", "1 ",
      ]
    for text in texts {
      for tail in ["}", "                }"] {
        let body = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\"}],\"at\":\(text)\(tail)"
        let isValid = (try? JSONSerialization.jsonObject(with: Data(body.utf8))) != nil
        #expect((harness.decode(body) == .ok) == isValid, "\(text)")
        guard isValid, let value = Double(text.trimmingCharacters(in: .whitespaces)) else {
          continue
        }
        let expected = Int32(exactly: value.rounded(.towardZero)) ?? .max
        #expect(harness.request.auctionType == expected, "\(text)")
      }
    }
  }
}
