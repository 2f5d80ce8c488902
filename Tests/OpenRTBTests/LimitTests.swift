import Testing

@testable import OpenRTB

@Suite struct LimitTests {
  let harness = RequestHarness()

  private func list(_ count: Int, _ element: (Int) -> String) -> String {
    "[" + (0..<count).map(element).joined(separator: ",") + "]"
  }

  private func request(imp: String = "", _ members: String = "\"at\":1") -> String {
    let impression = imp.isEmpty ? "{\"id\":\"1\"}" : "{\"id\":\"1\",\(imp)}"
    return "{\"id\":\"r\",\"imp\":[\(impression)],\(members)}"
  }

  private func expectLimit(_ limit: Int, _ body: (Int) -> String) {
    #expect(harness.decode(body(limit)) == .ok)
    #expect(harness.decode(body(limit + 1)) == .capacity)
    #expect(harness.raw(harness.request.rawID) == "\"r\"")
    // A broken byte after what did not fit is found.
    #expect(harness.decode(body(limit + 1).dropLast() + ",]") == .malformed(.json))
    #expect(harness.decode(body(limit)) == .ok)
  }

  @Test func impressions() {
    expectLimit(RequestLimits.impressions) { count in
      "{\"id\":\"r\",\"imp\":\(list(count) { "{\"id\":\($0)}" })}"
    }
  }

  @Test func rulesOfImpressionsHoldPastTheLimit() {
    let impressions = list(RequestLimits.impressions + 1) { $0 < 64 ? "{\"id\":\($0)}" : "{}" }
    let outcome = harness.decode("{\"id\":\"r\",\"imp\":\(impressions)}")
    #expect(outcome == .malformed(.impressionWithoutID))
  }

  @Test func texts() {
    expectLimit(RequestLimits.texts) { count in request("\"bcat\":\(list(count) { "\"\($0)\"" })") }
    let half = RequestLimits.texts / 2
    expectLimit(half) { count in
      request("\"badv\":\(list(half) { "\"\($0)\"" }),\"wseat\":\(list(count) { "\"\($0)\"" })")
    }
  }

  @Test func currencies() {
    expectLimit(RequestLimits.currencies) { count in
      request("\"cur\":\(list(count) { _ in "\"EUR\"" })")
    }
  }

  @Test func numbers() {
    expectLimit(RequestLimits.numbers) { count in
      request(imp: "\"banner\":{\"battr\":\(list(count) { "\($0 + 500)" })}")
    }
  }

  @Test func deals() {
    expectLimit(RequestLimits.deals) { count in
      request(imp: "\"pmp\":{\"deals\":\(list(count) { "{\"id\":\($0)}" })}")
    }
  }

  @Test func userIDs() {
    expectLimit(RequestLimits.userIDs) { count in
      request("\"user\":{\"eids\":[{\"uids\":\(list(count) { "{\"id\":\($0)}" })}]}")
    }
  }

  @Test func unescapedBytes() {
    expectLimit(RequestLimits.unescapedBytes) { count in
      let page = "\\n" + String(repeating: "a", count: count - 1)
      return request("\"site\":{\"page\":\"\(page)\"}")
    }
    // A string that is not read needs no room.
    let skipped = "\\n" + String(repeating: "a", count: RequestLimits.unescapedBytes)
    #expect(harness.decode(request("\"site\":{\"name\":\"\(skipped)\"}")) == .ok)
  }

  @Test func anIDThatDoesNotFitIsStillAnID() {
    let id = "\"\\n" + String(repeating: "a", count: RequestLimits.unescapedBytes) + "\""
    #expect(harness.decode("{\"id\":\(id),\"imp\":[{\"id\":\(id)},{\"id\":1}]}") == .capacity)
    #expect(harness.decode("{\"id\":\(id)}") == .ping)
  }

  @Test func formatsPastTheLimitAreIgnored() {
    for count in [RequestLimits.formatsPerImpression, RequestLimits.formatsPerImpression + 1] {
      let formats = list(count) { "{\"w\":\($0 + 1),\"h\":1}" }
      #expect(harness.decode(request(imp: "\"banner\":{\"format\":\(formats)}")) == .ok)
      let kept = harness.request.impressions[0].banner?.formats.count
      #expect(kept == UInt32(RequestLimits.formatsPerImpression))
    }
  }

  @Test func everyImpressionHasRoomForItsFormats() {
    let formats = list(RequestLimits.formatsPerImpression) { "{\"w\":\($0 + 1),\"h\":1}" }
    let impressions = list(RequestLimits.impressions) {
      "{\"id\":\($0),\"banner\":{\"format\":\(formats)}}"
    }
    #expect(harness.decode("{\"id\":\"r\",\"imp\":\(impressions)}") == .ok)
    #expect(harness.request.formats.isFull == true)
  }

  @Test func depth() {
    // The request is one level, and where there are more around the value they count too.
    for (around, open, close) in [
      (1, "\"ext\":", ""), (2, "\"ext\":{\"a\":", "}"), (2, "\"device\":{\"x\":", "}"),
      (3, "\"user\":{\"ext\":{\"x\":", "}}"), (2, "\"bcat\":[", "]"),
    ] {
      for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
        func body(_ levels: Int) -> String {
          let inner = opening == "[" ? "" : "0"
          let nested =
            String(repeating: opening, count: levels - around) + inner
            + String(repeating: closing, count: levels - around)
          return request(open + nested + close)
        }
        #expect(harness.decode(body(RequestLimits.depth)) == .ok)
        #expect(harness.decode(body(RequestLimits.depth + 1)) == .malformed(.json))
      }
    }
  }

  @Test func depthOfAHundredThousandLevels() {
    let nested = String(repeating: "[", count: 100_000)
    #expect(harness.decode(request("\"ext\":\(nested)")) == .malformed(.json))
    #expect(harness.decode(nested) == .malformed(.json))
  }

  @Test func mixedLevelsCloseAsTheyOpened() {
    var nested = "1"
    for level in 0..<500 { nested = level % 3 == 0 ? "{\"a\":\(nested)}" : "[0,\(nested)]" }
    #expect(harness.decode(request("\"ext\":\(nested)")) == .ok)
    let swapped = nested.replacing("}]", with: "}}")
    #expect(swapped != nested)
    #expect(harness.decode(request("\"ext\":\(swapped)")) == .malformed(.json))
  }
}
