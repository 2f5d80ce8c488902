import Support
import Testing

@testable import OpenRTB

/// Numbers of a few bytes are passed in one step, all others byte by byte.
@Suite struct NumberSyntaxTests {
  /// A number behind which a list or an object ends, the text ends, or another value follows.
  private static let frames = [
    ("[", "]"), ("{\"a\":", "}"), ("[", ",\"behind it\"]"), ("[", " ]       "), ("[", ""),
  ]

  @Test(arguments: [0x4E55, 0x4D42] as [UInt64]) func judgesNumbersByTheGrammar(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0012345678999--+..eE")
    let harness = RequestHarness()
    var sound = 0
    for round in 0..<8_000 {
      let count = Int.random(in: 1...9, using: &random)
      let number = String((0..<count).map { _ in alphabet.randomElement(using: &random)! })
      let isSound =
        number.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil
      sound += isSound ? 1 : 0
      let (before, after) = Self.frames[round % Self.frames.count]
      let start = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\"}],\"ext\":\(before)\(number)\(after)"
      #expect((harness.decode(start + "}") == .ok) == (isSound && after != ""), "\(start)")
      let floor = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"bidfloor\":\(number)}]"
      #expect((harness.decode(floor + "}") == .ok) == isSound, "\(floor)")
      #expect(harness.decode(floor) == .malformed(.json))
    }
    #expect(sound > 1_000)
  }
}
