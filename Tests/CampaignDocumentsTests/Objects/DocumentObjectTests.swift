import CampaignDocuments
import Testing

@Suite struct DocumentObjectTests {
  @Test func showsTheExampleByItsKeys() throws {
    let objects = Samples.load(Samples.acme).advertisers.flatMap(DocumentObject.split)
    #expect(
      objects.map { $0.path } == [
        "acme", "acme/creatives/acme-300x250", "acme/acme-spring",
        "acme/acme-spring/acme-spring-retarget",
      ])
    #expect(
      objects.map { $0.json } == [
        #"{"categories":["IAB1"],"currency":"USD","domain":"acme.example","id":"acme","#
          + #""name":"Acme","seats":{"example":"seat-7"}}"#,
        #"{"format":"banner","h":250,"id":"acme-300x250","#
          + #""landing_url":"https://acme.example/","markup":"<a href=\"${CLICK_URL}\">"#
          + #"<img src=\"https://cdn.acme.example/b.png\"></a>","secure":true,"w":300}"#,
        #"{"budget":{"daily_micros":50000000,"total_micros":500000000},"#
          + #""flight":{"end":"2036-01-01T00:00:00Z","start":"2026-01-01T00:00:00Z"},"#
          + #""frequency_caps":[{"impressions":5,"per":"1d"}],"id":"acme-spring","#
          + #""status":"active","timezone":"Europe/Paris"}"#,
        #"{"bid":{"amount_micros":2500000,"model":"cpm","shading":"none"},"#
          + #""budget":{"daily_micros":10000000},"creatives":["acme-300x250"],"#
          + #""frequency_caps":[{"impressions":2,"per":"1h"}],"id":"acme-spring-retarget","#
          + #""pacing":"even","status":"active","targeting":{"#
          + #""audience":{"any":["aam:24","aam:26"],"none":["aam:99"]},"#
          + #""categories":{"exclude":["IAB25"]},"#
          + #""dayparts":[{"days":["mon","tue"],"hours":"08-20"}],"#
          + #""device_types":{"include":[2,4,5]},"domains":{"exclude":["bad.example"]},"#
          + #""exchanges":{"include":["example"]},"#
          + #""geo":{"include":[{"country":"FRA"},{"country":"USA","region":"CA"}]},"#
          + #""inventory":{"include":["site","app","dooh"]},"#
          + #""languages":{"include":["fr","en"]},"os":{"include":["iOS","Android"]},"#
          + #""positions":{"include":[1]}}}"#,
      ])
  }

  @Test func showsDefaults() throws {
    let objects = Samples.load(Samples.small).advertisers.flatMap(DocumentObject.split)
    #expect(
      objects.map { $0.json } == [
        #"{"currency":"USD","domain":"a.example","id":"a","name":"a"}"#,
        #"{"format":"banner","h":250,"id":"c","landing_url":"https://a.example/","#
          + #""markup":"<p>buy</p>","secure":true,"w":300}"#,
        #"{"budget":{"daily_micros":1},"flight":{},"id":"k","status":"active","timezone":"UTC"}"#,
        #"{"bid":{"amount_micros":1,"model":"cpm","shading":"none"},"budget":{},"#
          + #""creatives":["c"],"id":"l","pacing":"even","status":"active"}"#,
      ])
  }

  @Test func writesSharesWithoutRounding() throws {
    let set = Samples.loadSmall(
      replacing: "{model: cpm, amount_micros: 1}",
      with: "{model: cpa, amount_micros: 1, prior_ctr: 1.5e-3, prior_cvr: 1}")
    let json = try #require(set.advertisers.flatMap(DocumentObject.split).last?.json)
    #expect(json.contains(#""prior_ctr":0.0015,"prior_cvr":1,"#))
  }

  @Test(arguments: [
    (DocumentKind.creative, "a/creatives/x: its advertiser is missing"),
    (.campaign, "a/x: its advertiser is missing"), (.lineItem, "a/k/x: its campaign is missing"),
  ])
  func refusesAnObjectWithoutItsParent(_ kind: DocumentKind, _ expected: String) {
    let orphan = DocumentObject(
      kind: kind, advertiser: "a", campaign: kind == .lineItem ? "k" : nil, id: "x", json: "{}")
    #expect(throws: CompositionError.self) { try DocumentNode.composed(of: [orphan]) }
    do {
      _ = try DocumentNode.composed(of: [orphan])
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test(arguments: ["", "[]", "{", "5", #"{"a":1,"a":2}"#])
  func refusesAnObjectThatIsNoMap(_ json: String) {
    let object = DocumentObject(kind: .advertiser, advertiser: "a", id: "a", json: json)
    #expect(throws: CompositionError.self) { try DocumentNode.composed(of: [object]) }
  }

  @Test func refusesAnObjectThatIsThereTwice() {
    let object = DocumentObject(kind: .advertiser, advertiser: "a", id: "a", json: "{}")
    #expect(throws: CompositionError(path: "a", message: "is there twice")) {
      try DocumentNode.composed(of: [object, object])
    }
  }

  @Test func takesACampaignThatIsCalledCreatives() throws {
    let set = Samples.load(
      Samples.small.replacing("id: k", with: "id: creatives").replacing("id: l", with: "id: c"))
    let objects = set.advertisers.flatMap(DocumentObject.split)
    let root = try DocumentNode.composed(of: objects)
    #expect(DocumentSet.load(root: root, name: "d").advertisers == set.advertisers)
  }

  @Test(arguments: [
    (#"{"a": [1, -2.5e3, "1"], "b": {}}"#, #"{"a":[1,-2.5e3,"1"],"b":{}}"#),
    (#"{"b": null, "a": [true, "true", "null"]}"#, #"{"b":null,"a":[true,"true","null"]}"#),
    (#"["\u0000\u001f\u007f\ud83d\ude00\/\n"]"#, #"["\u0000\u001f\u007f😀/\n"]"#),
    (
      "a: 08-20\nb: ~\nc:\nd: 75001\ne: yes\nf: 'x'",
      #"{"a":"08-20","b":null,"c":null,"d":75001,"e":"yes","f":"x"}"#
    ),
  ])
  func writesNodesAsJSON(_ text: String, _ expected: String) throws {
    let node = DocumentNode.parse(Array(text.utf8), log: ProblemLog(file: "f"))
    #expect(node?.json == expected)
  }
}
