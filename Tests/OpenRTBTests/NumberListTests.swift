import Foundation
import Testing

@testable import OpenRTB

/// Short lists of small integers are read in one loop, everything else one element at a time.
@Suite struct NumberListTests {
  private static let lists = [
    "[]", "[0]", "[9]", "[10]", "[63]", "[64]", "[99]", "[100]", "[1,3,8,9,14]", "[1,1,1]",
    "[62,63,64,65]", "[0,0]", "[00]", "[01]", "[1,02]", "[1,]", "[,1]", "[1 ,2]", "[ 1]", "[1, 2]",
    "[1.5]", "[1e1]", "[-1]", "[1,-2]", "[\"7\",8]", "[8,\"7\"]", "[true]", "[1,null]", "[[1]]",
    "[1}", "[1", "[1;2]", "[:]", "[1,500,2]", "[12,345]",
  ]

  @Test(arguments: lists) func readsFastWhatItReadsSlowly(_ list: String) {
    let fast = RequestHarness()
    let slow = RequestHarness()
    for tail in [",\"pos\":1}}]}", "}}]}"] {
      let start = "{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":1,"
      let outcome = fast.decode("\(start)\"battr\":\(list)\(tail)")
      // Of a member whose name has an escape, nothing is seen ahead.
      #expect(slow.decode("\(start)\"b\\u0061ttr\":\(list)\(tail)") == outcome)
      let isValid =
        (try? JSONSerialization.jsonObject(with: Data("[\(list)]".utf8))) != nil
        && list != "[1,]"
      #expect((outcome == .ok) == isValid)
      guard outcome == .ok else { continue }
      #expect(slow.summary() == fast.summary())
    }
  }
}
