import Support
import Testing

@testable import OpenRTB

@Suite struct PlainSkipTests {
  private static let values = [
    #"{"a":1,"bc":[true,false,null],"d":{"e":"f"}}"#,
    #"[{"brand":"Chromium","version":["130","0"]}]"#,
    "[]", "{}", "[[],{},[{}]]", #"[-1,0,1.5,2e9,1234567,12345678,""]"#,
    #"["\/",{"\"":"\\","b":"\u0041\""}]"#,
    #"{"ver":"1.0","complete":1,"nodes":[{"asi":"exchange.example","sid":"p","hp":1}]}"#,
  ]

  /// Where the two ways to pass a value came: its end, and the number of the next string.
  private func skip(_ text: [UInt8], plainly: Bool) -> (end: Int, place: Int)? {
    var json = JSONCursor()
    let guarded = GuardedBytes(text)
    return guarded.withBytes { body in
      do throws(JSONFault) {
        // The member before has the quotes looked for that a reader has passed when it skips.
        guard try json.enterObject(body) else { return nil }
        _ = try json.readMember(body)
        if plainly {
          guard json.skipPlainContainer(body) else { return nil }
        } else {
          try json.skipValue(body)
        }
        return (json.offset, json.strings.nextQuote)
      } catch {
        return nil
      }
    }
  }

  /// Counts the strings before an offset of a sound text: two quotes each.
  private func quotes(_ text: [UInt8], before end: Int) -> Int {
    var count = 0
    var isEscaped = false
    for byte in text[..<end] {
      if byte == UInt8(ascii: "\""), !isEscaped { count += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return count
  }

  @Test(arguments: values)
  func passesWhatMachinesWrite(_ value: String) throws {
    let text = Array(#"{"x":\#(value),"id":"1"}"#.utf8)
    let passed = try #require(skip(text, plainly: true))
    #expect(passed.end == 5 + value.utf8.count)
    #expect(passed.place == quotes(text, before: passed.end))
  }

  @Test(arguments: [
    "[1, 2]", #"{"a" :1}"#, "[1", "[1}", "{1}", #"{"a"}"#, "[,]", "[1,]", "[01]",
    "[tru]", "[+1]",
  ])
  func leavesTheRestToTheOtherWay(_ value: String) {
    let text = Array(#"{"x":\#(value),"id":"1"}"#.utf8)
    #expect(skip(text, plainly: true) == nil)
  }

  @Test func leavesDeepValuesToTheOtherWay() {
    for depth in [1, 61, 62, 63, 64, 200] {
      let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      let text = Array(#"{"x":\#(value),"id":"1"}"#.utf8)
      #expect((skip(text, plainly: true) != nil) == (depth <= 62), "\(depth)")
      #expect(skip(text, plainly: false)?.end == 5 + 2 * depth)
    }
  }

  /// What is passed, the other way passes too: a space behind the first bracket leads there.
  @Test func passesOnlyWhatTheOtherWayPasses() {
    var random = SeededGenerator(seed: 0x534B_4950)
    let alphabet = Array(#"{}[]":,0123456789-+.eEtrufalsn \"#.utf8)
    var passed = 0
    for round in 0..<60_000 {
      var value = Array(Self.values[round % Self.values.count].utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<value.count, using: &random)
        let byte = alphabet.randomElement(using: &random)!
        switch Int.random(in: 0..<3, using: &random) {
        case 0: value[place] = byte
        case 1: value.insert(byte, at: place)
        default: if value.count > 1 { value.remove(at: place) }
        }
      }
      let text = Array(#"{"x":"#.utf8) + value + Array(#","id":"1"}"#.utf8)
      guard text[5] == UInt8(ascii: "{") || text[5] == UInt8(ascii: "["),
        let plain = skip(text, plainly: true)
      else { continue }
      passed += 1
      let spaced = skip(text[..<6] + [0x20] + text[6...], plainly: false)
      let isSame = spaced?.end == plain.end + 1 && spaced?.place == plain.place
      #expect(isSame, "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(passed > 10_000)
  }
}
