import CampaignDocuments
import Testing

@Suite struct CreativeTests {
  private static func creative(
    markup: String, landing: String = "https://a.example/", secure: Bool? = nil
  ) throws -> (creative: Creative, warnings: [String]) {
    let quoted = "'" + markup.replacing("'", with: "''") + "'"
    let declared = secure.map { "\n        secure: \($0)" } ?? ""
    let text = Samples.small.replacing("<p>buy</p>", with: quoted + declared)
      .replacing("https://a.example/", with: landing)
    let set = Samples.load(text)
    #expect(set.errorLines == [])
    return (try #require(set.advertisers.first?.creatives.first), set.warningLines)
  }

  @Test(arguments: [
    #"<img src="http://x.example/a.png">"#, #"<IMG SRC='HTTP://x.example/a.png'>"#,
    #"<img src=http://x.example/a.png>"#, #"<img src = "http://x.example/a.png">"#,
    #"<div style="background:url(http://x.example/a.png)">"#,
    #"<link rel="stylesheet" href="http://x.example/a.css">"#,
    #"<script>new Image().src="http:\/\/x.example\/p"</script>"#,
    #"<script>load(["https://x.example/", "http://x.example/"])</script>"#,
    #"<img srcset="https://x.example/1 1x, http://x.example/2 2x">"#,
    #"<a href="https://x.example/"><img src="http://x.example/a.png"></a>"#,
    #"<video poster="http://x.example/a.png"></video>"#,
    #"<audio src="http://x.example/a.mp3">"#,
  ])
  func findsInsecureAssets(_ markup: String) throws {
    let (creative, warnings) = try Self.creative(markup: markup, secure: true)
    #expect(!creative.isSecure)
    #expect(warnings.count == 1)
    #expect(warnings[0].hasPrefix("d.yaml:10: /advertisers/0/creatives/0/secure: warning: "))
    #expect(warnings[0].lowercased().contains("the markup loads `http:"))
  }

  @Test(arguments: [
    #"<img src="https://x.example/a.png">"#, #"<img src="//x.example/a.png">"#,
    #"<a href="http://x.example/">x</a>"#, #"<A target=_blank HREF=http://x.example/>x</A>"#,
    #"<area href="http://x.example/">"#, #"<svg xmlns="http://www.w3.org/2000/svg">"#,
    #"<svg xmlns:xlink='http://www.w3.org/1999/xlink'>"#,
    #"<!DOCTYPE html PUBLIC "-//W3C//DTD" "http://www.w3.org/TR/html4/loose.dtd"><p>x"#,
    #"<img src="https://x.example/p?u=http://y.example/">"#,
    #"<img src="https://x.example/p?a=1&u=http://y.example/">"#,
    #"<p>http://x.example</p>"#, "<p>buy</p>",
  ])
  func passesWhatLoadsNothingInsecure(_ markup: String) throws {
    let (creative, warnings) = try Self.creative(markup: markup, secure: true)
    #expect(creative.isSecure)
    #expect(warnings == [])
  }

  @Test func takesTheDeclarationInsecureAtItsWord() throws {
    #expect(try !Self.creative(markup: "<p>x</p>", secure: false).creative.isSecure)
  }

  @Test func judgesUndeclaredCreativesByTheirMarkupWithoutAWarning() throws {
    #expect(try Self.creative(markup: "<p>x</p>").creative.isSecure)
    let (creative, warnings) = try Self.creative(markup: #"<img src="http://x.example/">"#)
    #expect(!creative.isSecure)
    #expect(warnings == [])
  }

  @Test func takesClicksThatLeadToHTTPAsSecure() throws {
    let link = #"<a href="${CLICK_URL}">x</a>"#
    let (creative, warnings) = try Self.creative(
      markup: link, landing: "http://a.example/", secure: true)
    #expect(creative.isSecure)
    #expect(warnings == [])
    #expect(try Self.creative(markup: link, landing: "http://a.example/").creative.isSecure)
  }

  @Test func limitsMarkup() {
    for (count, errors) in [(65_536, 0), (65_537, 1)] {
      let markup = String(repeating: "x", count: count)
      #expect(
        Samples.loadSmall(replacing: "<p>buy</p>", with: markup).errorLines.count == errors)
    }
    let wide = String(repeating: "é", count: 32_769)
    #expect(
      Samples.loadSmall(replacing: "<p>buy</p>", with: wide).errorLines
        == ["d.yaml:9: \(Samples.creative)/markup: longer than 65536 bytes"])
  }

  @Test(arguments: ["https://", "https:///x", "example.com", "javascript:alert(1)", "https://a b/"])
  func refusesLandingURLs(_ url: String) {
    let set = Samples.loadSmall(replacing: "https://a.example/", with: "'\(url)'")
    #expect(
      set.problems.filter { $0.severity == .error }.map { $0.pointer }
        == ["\(Samples.creative)/landing_url"])
  }

  @Test func readsAttributesAndExchangeIDs() throws {
    let text = Samples.small.replacing(
      "w: 300",
      with: "attributes: [1, 16, 500]\n        exchange_ids: {example: 77}\n        w: 300")
    let creative = try #require(Samples.load(text).advertisers.first?.creatives.first)
    #expect(creative.attributes == [1, 16, 500])
    #expect(creative.exchangeIDs == ["example": "77"])
  }
}
