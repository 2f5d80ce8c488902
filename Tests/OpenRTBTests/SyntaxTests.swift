import Foundation
import Testing

@testable import OpenRTB

/// A JSON text as the value of a member that is skipped, and of one that is read.
private func documents(of value: [UInt8]) -> [[UInt8]] {
  ["ext", "badv", "at", "device"].map { name in
    Array("{\"id\":\"1\",\"imp\":[{\"id\":\"1\"}],\"\(name)\":".utf8) + value + Array("}".utf8)
  }
}

private func isValid(_ bytes: [UInt8]) -> Bool {
  (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil
}

@Suite struct SyntaxTests {
  static let sound = [
    "0", "-0", "1", "-1", "10", "0.5", "-0.5", "1e5", "1E+5", "1e-5", "1.25e2", "123456789012345",
    "true", "false", "null", "{}", "[]", "[[]]", "[{}]", "{\"a\":{}}", "[1,2]", "[ 1 , 2 ]",
    "{ \"a\" : 1 , \"b\" : [ ] }", "\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u0041\\u00e9\\u20AC\"", "\"\\ud83d\\ude00\"", "\"é€😀\"", "\"\\u0000\"", "\"\u{7F}\"",
    "\t\n\r [\t1\n,\r2 ]", "\"12345678901234567\"", "[\"a\",[\"b\",{\"c\":\"d\"}],null,true]",
    "\"\\\\\"", "\"\\\\\\\"\"", "\"1234567\\n\"", "\"12345678é\"",
  ]

  static let unsound = [
    "", "01", "-01", "+1", "-", ".5", "1.", "1e", "1e+", "1.e5", "0x10", "NaN", "Infinity",
    "-Infinity", "1 2", "tru", "True", "nul", "nulL", "falsy", "fals", "truefalse", "[", "]", "[1",
    "[,1]", "[1,,2]", "[1 2]", "[1}", "{", "}", "{\"a\"}", "{\"a\":}",
    "{,\"a\":1}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{\"a\":1]", "{1:2}", "{\"a\":1 \"b\":2}",
    "\"", "\"a", "'a'", "\"\\x\"", "\"\\\"", "\"\\u\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\U0041\"",
    "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
    "\"\\ude00\\ud83d\"", "\"a\nb\"", "\"a\tb\"", "\"\u{0}\"", "\"\u{1F}\"", "\"12345678\u{1}\"",
    "// c\n1", "/* c */ 1", "[1];", "\u{FEFF}1", "\u{A0}1", "\u{B}1", "\u{C}1",
  ]

  @Test(arguments: sound) func takesSoundValues(_ value: String) {
    let harness = RequestHarness()
    for document in documents(of: Array(value.utf8)) {
      #expect(harness.decode(document) == .ok)
      #expect(isValid(document))
    }
  }

  @Test(arguments: unsound) func refusesUnsoundValues(_ value: String) {
    let harness = RequestHarness()
    for document in documents(of: Array(value.utf8)) {
      #expect(harness.decode(document) == .malformed(.json))
      #expect(!isValid(document))
    }
  }

  @Test(arguments: [
    ("", false), (" ", false), ("{", false), ("{}{}", false), ("{},", false), ("{} x", false),
    ("{}\n", true), (" \t\r\n{}", true), ("[]", true), ("[1]", true), ("\u{FEFF}", false),
    ("{}]", false), ("{\"id\":", false), ("{\"id\"", false), ("{\"id", false),
    ("{\"id\":\"", false),
    ("{\"imp\":[", false), ("{\"imp\":[{", false), ("{\"imp\":[{}", false), ("{\"at\":1", false),
  ])
  func judgesWholeDocuments(_ text: String, isSound: Bool) {
    let outcome = RequestHarness().decode(text)
    #expect((outcome == .malformed(.json)) == !isSound)
    #expect(isValid(Array(text.utf8)) == isSound)
  }

  /// Foundation takes a comma before a closing bracket, which is no JSON, and a byte order mark and
  /// other encodings, which RFC 8259 allows a reader to refuse.
  @Test func refusesWhatFoundationTakesBesides() {
    let harness = RequestHarness()
    #expect(harness.decode("\u{FEFF}{\"id\":\"1\"}") == .malformed(.json))
    let wide = "{\"id\":\"1\"}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(isValid(wide))
    #expect(harness.decode(wide) == .malformed(.json))
    for value in ["[1,]", "{\"a\":1,}", "[[],]"] {
      for document in documents(of: Array(value.utf8)) {
        #expect(isValid(document))
        #expect(harness.decode(document) == .malformed(.json))
      }
    }
    for scalar in ["1", "\"a\"", "null", "true"] {
      #expect(harness.decode(scalar) == .malformed(.notAnObject))
    }
  }

  /// Foundation refuses numbers that no `Double` holds; here a number is its text.
  @Test func takesNumbersBeyondBinaryRange() {
    let harness = RequestHarness()
    for document in documents(of: Array("1e999".utf8)) {
      #expect(harness.decode(document) == .ok)
    }
  }

  /// Sequences at the edges of Unicode's table of well-formed UTF-8, and just outside.
  static let sequences: [(bytes: [UInt8], isSound: Bool)] = [
    ([0x7F], true), ([0xC2, 0x80], true), ([0xDF, 0xBF], true), ([0xE0, 0xA0, 0x80], true),
    ([0xE1, 0x80, 0x80], true), ([0xEC, 0xBF, 0xBF], true), ([0xED, 0x9F, 0xBF], true),
    ([0xEE, 0x80, 0x80], true), ([0xEF, 0xBF, 0xBF], true), ([0xF0, 0x90, 0x80, 0x80], true),
    ([0xF1, 0x80, 0x80, 0x80], true), ([0xF3, 0xBF, 0xBF, 0xBF], true),
    ([0xF4, 0x8F, 0xBF, 0xBF], true),
    ([0x80], false), ([0xBF], false), ([0xC0, 0x80], false), ([0xC1, 0xBF], false),
    ([0xC2], false), ([0xC2, 0x7F], false), ([0xC2, 0xC0], false), ([0xE0, 0x9F, 0xBF], false),
    ([0xE0, 0xA0], false), ([0xE1, 0x80, 0x41], false), ([0xED, 0xA0, 0x80], false),
    ([0xED, 0xBF, 0xBF], false), ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xF0, 0x90, 0x80], false),
    ([0xF0, 0x90, 0x80, 0xC0], false), ([0xF4, 0x90, 0x80, 0x80], false),
    ([0xF5, 0x80, 0x80, 0x80], false), ([0xFE], false), ([0xFF], false),
    ([0xC3, 0xA9, 0xA9], false),
  ]

  @Test(arguments: sequences) func judgesUTF8(_ bytes: [UInt8], isSound: Bool) {
    let harness = RequestHarness()
    for padding in 0..<10 {
      let text = [0x22] + Array(repeating: UInt8(ascii: "x"), count: padding) + bytes + [0x22]
      for document in documents(of: text) {
        #expect(harness.decode(document) == (isSound ? .ok : .malformed(.json)))
        #expect(isValid(document) == isSound)
      }
    }
  }
}
