import Foundation
import Support
import Testing

@testable import OpenRTB

/// Requests that use every member that is read, for tests that break them.
enum SampleBodies {
  static let rich = """
    {"id":"7c1f\\u00e9","imp":[{"id":"1","banner":{"format":[{"w":300,"h":250},{"w":"336",
    "h":2.8e2}],"w":300,"h":250,"pos":1,"battr":[1,14,500],
    "btype":[4],"api":[3,5],"mimes":["text/html"],
    "topframe":0},"video":null,"bidfloor":0.35,"bidfloorcur":"USD","secure":"1","instl":0,"exp":300,
    "pmp":{"private_auction":1,"deals":[{"id":"d-1","bidfloor":"1.25","bidfloorcur":"EUR","at":3,
    "wseat":["s"],"wadomain":["a.example"]}]},
    "ext":{"x":[[],{},[{"y":"\\ud83d\\ude00"}]]}},{"id":2}],
    "site":{"id":4,"domain":"é.example","page":"https:\\/\\/é.example\\/","cat":["IAB1"],
    "sectioncat":["IAB2"],"pagecat":["IAB3"],"publisher":{"id":"p","domain":"p.example"},
    "content":{"language":"en","cat":["IAB4"]}},"app":{"bundle":"b"},"device":{"ua":"UA","os":"iOS",
    "devicetype":4,"language":"en","ifa":"0-1","lmt":0,"dnt":true,
    "geo":{"country":"US","region":"CA",
    "city":"San José","metro":"807","zip":94103}},"user":{"id":"u","buyeruid":"b","eids":[{"source":
    "s.example","uids":[{"id":"x","atype":1}]}],"consent":"C","ext":{"consent":"D","eids":[]},"geo":
    {"country":"FRA"}},"regs":{"coppa":0,"gdpr":0,"us_privacy":"1YNN","gpp":"G",
    "ext":{"gdpr":null}},
    "at":1,"tmax":120.0,"test":0,"cur":["USD","EUR"],"bcat":["IAB25"],"acat":[],"cattax":1,"badv":
    ["x.example"],"bapp":["com.x"],"wseat":["s"],"bseat":[],"wlang":["en"],"source":{"tid":"t"}}
    """

  /// The same without an escape, as most requests are: no string of it is read the slow way.
  static let plain = rich.split(separator: "\\").enumerated().map { index, part in
    guard index > 0 else { return String(part) }
    return String(part.hasPrefix("u") ? part.dropFirst(5) : part)
  }.joined()

  /// The request that all figures use.
  static func banner() throws -> [UInt8] {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = package.appendingPathComponent("Benchmarks/bodies/banner.json")
    return Array(try Data(contentsOf: file))
  }
}

@Suite struct MutationTests {
  let harness = RequestHarness()

  @Test func theRichBodyIsReadAsTheReferenceReadsIt() throws {
    let body = Array(SampleBodies.rich.utf8)
    let tree = try JSONSerialization.jsonObject(with: Data(body))
    var root = try #require(tree as? [String: Any])
    root["app"] = nil
    #expect(harness.decode(body) == .ok)
    let expected = ReferenceRequest(root: root).summary()
    let summary = harness.summary()
    for key in Set(expected.keys).union(summary.keys) {
      #expect(summary[key] == expected[key], "\(key)")
    }
  }

  @Test func everyTruncationIsMalformed() throws {
    for body in [Array(SampleBodies.rich.utf8), try SampleBodies.banner()] {
      for length in body.indices {
        // A read past the end would touch the page behind it.
        let outcome = GuardedBytes(body[..<length]).withBytes { harness.request.decode($0) }
        #expect(outcome == .malformed(.json), "first \(length) bytes")
      }
      #expect(harness.decode(body) == .ok)
    }
  }

  /// Every byte becomes each of the bytes that mean something.
  @Test(arguments: [SampleBodies.rich, SampleBodies.plain])
  func everyChangedByteIsJudgedAsFoundationJudgesIt(_ text: String) throws {
    var body = Array(text.utf8)
    let meaningful = Array("{}[]\",:\\0e-. ut".utf8) + [0x00, 0x80, 0xC3]
    for place in body.indices {
      let original = body[place]
      for byte in meaningful where byte != original {
        body[place] = byte
        compareWithFoundation(body, "byte \(place) as \(byte)")
      }
      body[place] = original
    }
  }

  /// A text with the first character of some strings written as an escape: those are read the slow
  /// way, and mean the same. What is no JSON stays none.
  private func escaping(
    _ text: [UInt8], oneIn share: Int, _ random: inout SeededGenerator
  ) -> [UInt8] {
    var result: [UInt8] = []
    var isInside = false
    var isEscaped = false
    for (place, byte) in text.enumerated() {
      let isFirst = isInside && text[place - 1] == UInt8(ascii: "\"") && !isEscaped
      let isQuote = byte == UInt8(ascii: "\"") && !isEscaped
      let isBackslash = byte == UInt8(ascii: "\\")
      if isFirst, !isQuote, !isBackslash, 0x20..<0x7F ~= byte,
        Int.random(in: 0..<share, using: &random) == 0
      {
        result += Array("\\u00\(String(byte, radix: 16))".utf8)
      } else {
        result.append(byte)
      }
      isEscaped = isInside && isBackslash && !isEscaped
      if isQuote { isInside.toggle() }
    }
    return result
  }

  /// Some or all strings with an escape, and so read the slow way, change nothing.
  @Test func whatIsReadFastIsWhatIsReadSlowly() throws {
    var random = SeededGenerator(seed: 0x5357_4946)
    let meaningful = Array("{}[]\",:0e-. ut".utf8) + [0x00, 0x80]
    let slow = RequestHarness()
    var read = 0
    for original in [Array(SampleBodies.plain.utf8), try SampleBodies.banner()] {
      var body = original
      for place in 1..<body.count {
        for kind in 0..<3 {
          body = original
          switch kind {
          case 0: body[place] = meaningful.randomElement(using: &random)!
          case 1: body.remove(at: place)
          default: body.insert(meaningful.randomElement(using: &random)!, at: place)
          }
          let outcome = harness.decode(body)
          let escaped = escaping(body, oneIn: [1, 2, 9][place % 3], &random)
          #expect(slow.decode(escaped) == outcome, "\(kind) at \(place)")
          guard outcome == .ok else { continue }
          read += 1
          let isSame = slow.summary() == harness.summary()
          #expect(isSame, "\(kind) at \(place): \(String(decoding: body, as: UTF8.self))")
        }
      }
    }
    #expect(read > 3_000)
  }

  @Test(arguments: [11, 12, 13, 14] as [UInt64]) func randomEditsAreJudgedAsFoundationJudgesThem(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    let original = Array(SampleBodies.rich.utf8)
    for round in 0..<1_500 {
      var body = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<body.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: body.remove(at: place)
        case 1: body.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: body[place] = UInt8.random(in: 0...255, using: &generator)
        default:
          let end = min(body.count, place + Int.random(in: 1...20, using: &generator))
          body.insert(contentsOf: Array(body[place..<end]), at: place)
        }
      }
      compareWithFoundation(body, "seed \(seed), round \(round)")
    }
  }

  private func compareWithFoundation(_ body: [UInt8], _ name: String) {
    let isMalformed = harness.decode(body) == .malformed(.json)
    let isValid = (try? JSONSerialization.jsonObject(with: Data(body))) != nil
    if isMalformed != isValid { return }
    // The differences that are documented: trailing commas and numbers beyond a `Double`.
    let text = String(decoding: body, as: UTF8.self)
    let hasTrailingComma = text.firstMatch(of: /,\s*[\]}]/) != nil
    let hasLargeExponent = text.firstMatch(of: /[eE][+-]?\d{3}/) != nil
    #expect(isMalformed ? hasTrailingComma : hasLargeExponent, "\(name): \(text)")
  }
}
