import Testing

@testable import nod

@Suite struct BadConfigurationTests {
  /// A part of the full sample, what stands in its place, and the only error.
  private static let table: [(old: String, new: String, error: String)] = [
    (
      "data_dir: var/nod", "data_dri: var/nod",
      "1: /data_dri: unknown key `data_dri`; did you mean `data_dir`?"
    ),
    ("data_dir: var/nod", "data_dir: [x]", "1: /data_dir: expected a string, found a list"),
    ("data_dir: var/nod", "data_dir: ''", "1: /data_dir: empty"),
    ("[examples/quickstart/acme.yaml]", "a.yaml", "2: /documents: expected a list, found `a.yaml`"),
    ("[examples/quickstart/acme.yaml]", "[a, a]", "2: /documents/1: repeated document `a`"),
    (
      "listen: 127.0.0.1:8080", "listen: 8080",
      "4: /bidder/listen: `8080` is not an address such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080"
    ),
    (
      "listen: 127.0.0.1:8080", "lisen: 127.0.0.1:8080",
      "4: /bidder/lisen: unknown key `lisen`; did you mean `listen`?"
    ),
    ("workers: auto", "workers: 0", "5: /bidder/workers: 0 is out of range; allowed is 1 to 256"),
    (
      "workers: auto", "workers: 257",
      "5: /bidder/workers: 257 is out of range; allowed is 1 to 256"
    ),
    (
      "workers: auto", "workers: many",
      "5: /bidder/workers: expected auto or a number of threads, found `many`"
    ),
    (
      "workers: auto", "workers: 1.5",
      "5: /bidder/workers: expected auto or a number of threads, found `1.5`"
    ),
    (
      "public_url: http://127.0.0.1:8080", "public_url: 127.0.0.1:8080",
      "6: /bidder/public_url: `127.0.0.1:8080` is not the prefix of a URL such as http://bid.example; it has no query and no fragment"
    ),
    (
      "public_url: http://127.0.0.1:8080", "public_url: http://a/?b",
      "6: /bidder/public_url: `http://a/?b` is not the prefix of a URL such as http://bid.example; it has no query and no fragment"
    ),
    (
      "https://127.0.0.1:8443", "http://127.0.0.1:8443",
      "7: /bidder/public_url_tls: `http://127.0.0.1:8443` is not the prefix of a URL such as https://bid.example; it has no query and no fragment"
    ),
    (
      "key: key.pem", "key: key.pem, kye: x",
      "8: /bidder/tls/kye: unknown key `kye`; did you mean `key`?"
    ),
    ("certificate: cert.pem, ", "", "8: /bidder/tls: missing key `certificate`"),
    (
      "max_body_bytes: 262144", "max_body_bytes: 0",
      "9: /bidder/max_body_bytes: 0 is out of range; allowed is 1 to 16777216"
    ),
    (
      "max_body_bytes: 262144", "busy_poll_us: 1001",
      "9: /bidder/busy_poll_us: 1001 is out of range; allowed is 0 to 1000"
    ),
    (
      "max_body_bytes: 262144", "max_body_bytes: 16777217",
      "9: /bidder/max_body_bytes: 16777217 is out of range; allowed is 1 to 16777216"
    ),
    (
      "max_body_bytes: 262144", "max_body_bytes: 256k",
      "9: /bidder/max_body_bytes: expected an integer, found `256k`"
    ),
    (
      "notice_key_file: notice.key", "notice_key_file: 'a '",
      "10: /bidder/notice_key_file: `a ` has blanks around it or control characters"
    ),
    (
      "listen: 127.0.0.1:8081", "listen: 127.0.0.1:8080",
      "12: /control: bidder and control both listen at 127.0.0.1:8080"
    ),
    ("token_file: control.token", "token: x", "13: /control/token: unknown key `token`"),
    ("inbox: inbox", "inbox: {}", "15: /audience/inbox: expected a string, found a map"),
    (
      "poll_interval: 1s", "poll_interval: 1",
      "16: /audience/poll_interval: expected a duration such as 30m, 1h or 7d, found `1`"
    ),
    (
      "poll_interval: 1s", "poll_interval: 9ms",
      "16: /audience/poll_interval: `9ms` is out of range; allowed is 10ms to 1h"
    ),
    (
      "max_invalid: 5%", "max_invalid: 5",
      "17: /audience/max_invalid: expected a share such as 5%, found `5`"
    ),
    (
      "max_invalid: 5%", "max_invalid: 101%",
      "17: /audience/max_invalid: `101%` is out of range; allowed is 0% to 100%"
    ),
    ("name: aam, ", "", "19: /audience/sources/0: missing key `name`"),
    (
      "name: aam, ", "name: a/b, ",
      "19: /audience/sources/0/name: `a/b` is not a name: 1 to 64 of A–Z, a–z, 0–9, dot, underscore and hyphen, with no dot in front"
    ),
    (
      "name: aam, ", "name: .., ",
      "19: /audience/sources/0/name: `..` is not a name: 1 to 64 of A–Z, a–z, 0–9, dot, underscore and hyphen, with no dot in front"
    ),
    (
      "name: optout", "name: aam",
      "23: /audience/sources/1/name: repeated source name `aam`, first on line 19"
    ),
    (
      "format: adobe-outbound", "format: adobe",
      "19: /audience/sources/0/format: `adobe` is not one of adobe-outbound, adobe-inbound, xandr-bss, ttd-jsonl, id-sync, suppression, crm-hashed"
    ),
    (
      "format: adobe-outbound", "format: id-sync",
      "19: /audience/sources/0/format: the format `id-sync` is not built yet; this release reads adobe-outbound and suppression"
    ),
    ("id_space: nod, ", "", "19: /audience/sources/0: missing key `id_space`"),
    ("segment_prefix: \"aam:\", ", "", "19: /audience/sources/0: missing key `segment_prefix`"),
    (
      "segment_prefix: \"aam:\"", "segment_prefix: \"a b\"",
      "19: /audience/sources/0/segment_prefix: `a b` has blanks, commas or control characters"
    ),
    (
      "ttl: 120d", "ttl: 120",
      "19: /audience/sources/0/ttl: expected a duration such as 30m, 1h or 7d, found `120`"
    ),
    (
      "ttl: 120d", "ttl: 3651d",
      "19: /audience/sources/0/ttl: `3651d` is out of range; allowed is 1ms to 3650d"
    ),
    (
      "full_replaces: users", "full_replaces: all",
      "20: /audience/sources/0/full_replaces: `full_replaces: all` needs `manifest: required`"
    ),
    (
      "full_replaces: users", "full_replaces: none",
      "20: /audience/sources/0/full_replaces: `none` is not one of users, all"
    ),
    (
      "manifest: optional", "manifest: always",
      "21: /audience/sources/0/manifest: `always` is not one of optional, required"
    ),
    (
      "batch_timeout: 1h", "batch_timeout: 0s",
      "22: /audience/sources/0/batch_timeout: `0s` is out of range; allowed is 1ms to 3650d"
    ),
    (
      "batch_timeout: 1h", "batch_timeout: 1h, rule: uid2",
      "22: /audience/sources/0/rule: `rule` belongs to sources of the format crm-hashed"
    ),
    (
      "id_format: any", "id_format: guid",
      "24: /audience/id_spaces/0/id_format: `guid` is not one of any, digits, uuid, hex; did you mean `uuid`?"
    ),
    (
      "- name: example", "- nmae: x\n    name: example",
      "26: /exchanges/0/nmae: unknown key `nmae`; did you mean `name`?"
    ),
    (
      "- name: example", "- name: a b",
      "26: /exchanges/0/name: `a b` is not a name: 1 to 64 of A–Z, a–z, 0–9, dot, underscore and hyphen, with no dot in front"
    ),
    (
      "exchanges:\n", "exchanges:\n  - name: example\n",
      "27: /exchanges/1/name: repeated exchange name `example`, first on line 26"
    ),
    (
      "deadline: 100ms", "deadline: 10ms",
      "29: /exchanges/0/deadline: the deadline of 10ms leaves no time beside a network_margin of 10ms"
    ),
    (
      "deadline: 100ms", "deadline: 61s",
      "29: /exchanges/0/deadline: `61s` is out of range; allowed is 0ms to 1m"
    ),
    (
      "send_exp: false", "send_exp: no",
      "32: /exchanges/0/send_exp: expected true or false, found `no`"
    ),
    (
      "bill_on: burl", "bill_on: win",
      "33: /exchanges/0/bill_on: `win` is not one of burl, nurl, pixel"
    ),
    (
      "no_bid: \"204\"", "no_bid: 200",
      "34: /exchanges/0/no_bid: `200` is not one of 204, empty-object, empty-seatbid, nbr; did you mean `204`?"
    ),
    ("ping: none", "ping: yes", "35: /exchanges/0/ping: `yes` is not one of none, id-only"),
    (
      "price_decoder: plain", "price_decoder: aes",
      "36: /exchanges/0/price_decoder: `aes` is not one of plain, google"
    ),
    (
      "price_decoder: plain", "price_decoder: google",
      "36: /exchanges/0/price_decoder: `price_decoder: google` needs `google_keys: {encryption, integrity}`"
    ),
    (
      "price_decoder: plain",
      "google_keys: {encryption: abc, integrity: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA}",
      "36: /exchanges/0/google_keys/encryption: not 32 bytes in web-safe base64"
    ),
    (
      "price_decimals: 4", "price_decimals: 7",
      "37: /exchanges/0/price_decimals: 7 is out of range; allowed is 0 to 6"
    ),
    (
      "bids_per_imp: 1", "bids_per_imp: 0",
      "38: /exchanges/0/bids_per_imp: 0 is out of range; allowed is 1 to 16"
    ),
    (
      "test_header: false", "test_header: 0",
      "39: /exchanges/0/test_header: expected true or false, found `0`"
    ),
    (
      "notice_retention: 30d", "notice_retention: forever",
      "40: /notice_retention: expected a duration such as 30m, 1h or 7d, found `forever`"
    ),
    (
      "{EUR: 1.08}", "{EUR: 0}",
      "41: /currencies/EUR: 0 is out of range; allowed is 0.000000001 to 1000000"
    ),
    (
      "{EUR: 1.08}", "{EUR: -1}",
      "41: /currencies/EUR: -1 is out of range; allowed is 0.000000001 to 1000000"
    ),
    ("{EUR: 1.08}", "{EUR: 'x'}", "41: /currencies/EUR: expected a number, found the string \"x\""),
    (
      "{EUR: 1.08}", "{EURO: 1.08}",
      "41: /currencies/EURO: `EURO` is not a currency code of ISO 4217; did you mean `EUR`?"
    ),
    (
      "{EUR: 1.08}", "{USD: 2}", "41: /currencies/USD: rates are in US dollars, so that of USD is 1"
    ),
    (
      "vendor_id: 9999", "vendor_id: 65536",
      "43: /privacy/tcf/vendor_id: 65536 is out of range; allowed is 1 to 65535"
    ),
    ("vendor_id: 9999, ", "", "43: /privacy/tcf: missing key `vendor_id`"),
    (
      "audience_purposes: [1, 4]", "audience_purposes: [25]",
      "43: /privacy/tcf/audience_purposes/0: 25 is out of range; allowed is 1 to 24"
    ),
    (
      "audience_purposes: [1, 4]", "audience_purposes: [1, 1]",
      "43: /privacy/tcf/audience_purposes/1: repeated purpose 1"
    ),
    (
      "without_consent: contextual", "without_consent: bid",
      "44: /privacy/without_consent: `bid` is not one of contextual, no-bid"
    ),
    (
      "gdpr_default: 1", "gdpr_default: true",
      "45: /privacy/gdpr_default: expected an integer, found `true`"
    ),
    ("privacy:\n", "privacy:\n\t", "43: not valid YAML: a tab; indent with spaces"),
  ]

  @Test(arguments: table)
  func namesThePlace(_ row: (old: String, new: String, error: String)) {
    let loaded = Samples.loadFull(replacing: row.old, with: row.new)
    #expect(loaded.errorLines == ["n.yaml:" + row.error])
    #expect(loaded.configuration == nil)
  }

  @Test(arguments: ["adobe-inbound", "xandr-bss", "ttd-jsonl", "id-sync", "crm-hashed"])
  func refusesFormatsThatAreNotBuilt(_ format: String) {
    let loaded = Samples.loadFull(replacing: "format: adobe-outbound", with: "format: \(format)")
    #expect(
      loaded.errorLines == [
        "n.yaml:19: /audience/sources/0/format: the format `\(format)` is not built yet; "
          + "this release reads adobe-outbound and suppression"
      ])
  }

  @Test func reportsAllProblemsInOrder() {
    let loaded = Samples.load(
      "bidder: {workers: x}\ncontrol: 5\nexchanges: [{seat: a}, 7]\nfoobar: 1\n")
    #expect(
      loaded.errorLines == [
        "n.yaml:1: /bidder/workers: expected auto or a number of threads, found `x`",
        "n.yaml:2: /control: expected a map, found `5`",
        "n.yaml:3: /exchanges/0: missing key `name`",
        "n.yaml:3: /exchanges/1: expected a map, found `7`",
        "n.yaml:4: /foobar: unknown key `foobar`",
      ])
  }

  @Test func keepsSegmentsOfTenantsApart() {
    for (first, second) in [("a:", "a:"), ("a:", "a:b:"), ("a:b:", "a:"), ("", "x:")] {
      let loaded = Samples.load(
        """
        audience:
          sources:
            - {name: s, format: adobe-outbound, id_space: nod, segment_prefix: "\(first)"}
            - {name: t, format: adobe-outbound, id_space: nod, segment_prefix: "\(second)", advertiser: acme}
        """)
      #expect(loaded.errorLines.count == 1, "\(first) \(second)")
      #expect(loaded.errorLines.first?.hasPrefix("n.yaml:4: /audience/sources/1: ") == true)
    }
  }

  @Test func limitsExchangesSourcesAndNames() {
    for (count, errors) in [
      (ConfigurationLimits.exchanges, 0), (ConfigurationLimits.exchanges + 1, 1),
    ] {
      let list = (0..<count).map { "{name: e\($0)}" }.joined(separator: ", ")
      #expect(Samples.load("exchanges: [\(list)]").errorLines.count == errors)
    }
    for (count, errors) in [(ConfigurationLimits.sources, 0), (ConfigurationLimits.sources + 1, 1)]
    {
      let list = (0..<count).map { "{name: s\($0), format: suppression}" }.joined(separator: ", ")
      #expect(Samples.load("audience: {sources: [\(list)]}").errorLines.count == errors)
    }
    for (count, errors) in [(64, 0), (65, 1)] {
      let name = String(repeating: "x", count: count)
      #expect(Samples.load("exchanges: [{name: \(name)}]").errorLines.count == errors)
    }
  }
}
