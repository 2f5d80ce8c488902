import Testing

@testable import nod

@Suite struct EnvironmentTests {
  @Test func overridesEveryScalarOutsideLists() throws {
    let environment = [
      "NOD_DATA_DIR": "/data", "NOD_BIDDER_LISTEN": "0.0.0.0:80", "NOD_BIDDER_WORKERS": "3",
      "NOD_BIDDER_PUBLIC_URL": "http://a.example", "NOD_BIDDER_PUBLIC_URL_TLS": "https://a.example",
      "NOD_BIDDER_TLS_LISTEN": "[::]:443", "NOD_BIDDER_TLS_CERTIFICATE": "c",
      "NOD_BIDDER_TLS_KEY": "k",
      "NOD_BIDDER_MAX_BODY_BYTES": "1000", "NOD_BIDDER_NOTICE_KEY_FILE": "n",
      "NOD_BIDDER_BUSY_POLL_US": "40",
      "NOD_CONTROL_LISTEN": "0.0.0.0:81", "NOD_CONTROL_TOKEN_FILE": "t",
      "NOD_AUDIENCE_INBOX": "/in", "NOD_AUDIENCE_POLL_INTERVAL": "2s",
      "NOD_AUDIENCE_MAX_INVALID": "1%", "NOD_NOTICE_RETENTION": "1d",
      "NOD_PRIVACY_TCF_VENDOR_ID": "7", "NOD_PRIVACY_WITHOUT_CONSENT": "no-bid",
      "NOD_PRIVACY_GDPR_DEFAULT": "0", "NOD_LOG_LEVEL": "debug", "NOD_LOG_FORMAT": "text",
      "NOD_CURRENCIES_EUR": "1.5",
    ]
    #expect(environment.count == EnvironmentOverrides.paths.count + 1)
    for text in [Samples.full, "{}"] {
      let loaded = Samples.load(text, environment: environment)
      #expect(loaded.errorLines == [])
      let configuration = try #require(loaded.configuration)
      #expect(configuration.dataDirectory == "/data")
      #expect(configuration.bidder.listen == ListenAddress(host: "0.0.0.0", port: 80))
      #expect(configuration.bidder.workers == .count(3))
      #expect(configuration.bidder.publicURL == "http://a.example")
      #expect(configuration.bidder.publicURLTLS == "https://a.example")
      #expect(
        configuration.bidder.tls
          == BidderConfiguration.TLS(
            listen: ListenAddress(host: "::", port: 443), certificate: "c", key: "k"))
      #expect(configuration.bidder.maxBodyBytes == 1_000)
      #expect(configuration.bidder.busyPollMicroseconds == 40)
      #expect(configuration.bidder.noticeKeyFile == "n")
      #expect(configuration.control.listen == ListenAddress(host: "0.0.0.0", port: 81))
      #expect(configuration.control.tokenFile == "t")
      #expect(configuration.audience.inbox == "/in")
      #expect(configuration.audience.pollIntervalMilliseconds == 2_000)
      #expect(configuration.audience.maxInvalidPartsPerMillion == 10_000)
      #expect(configuration.noticeRetentionMilliseconds == 86_400_000)
      #expect(configuration.log == LogConfiguration(level: .debug, format: .text))
      #expect(configuration.privacy.tcf?.vendorID == 7)
      #expect(configuration.privacy.withoutConsent == .noBid)
      #expect(!configuration.privacy.gdprApplies)
      #expect(configuration.currencies == ["EUR": 1_500_000_000])
    }
  }

  @Test(arguments: [
    ("NOD_BIDDER_WORKERS", "x", "expected auto or a number of threads, found `x`"),
    ("NOD_BIDDER_MAX_BODY_BYTES", "-1", "-1 is out of range; allowed is 1 to 16777216"),
    (
      "NOD_CONTROL_LISTEN", "host",
      "`host` is not an address such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080"
    ),
    ("NOD_AUDIENCE_MAX_INVALID", "5", "expected a share such as 5%, found `5`"),
    ("NOD_CURRENCIES_EUR", "0", "0 is out of range; allowed is 0.000000001 to 1000000"),
    ("NOD_CURRENCIES_QQQ", "1", "`QQQ` is not a currency code of ISO 4217"),
    ("NOD_DATA_DIR", "", "the variable is empty"),
  ])
  func namesTheVariable(_ variable: String, _ text: String, _ message: String) {
    let loaded = Samples.load(Samples.full, environment: [variable: text])
    #expect(loaded.errorLines.count == 1)
    #expect(loaded.errorLines.first?.hasPrefix("\(variable): \(message)") == true)
    #expect(loaded.configuration == nil)
  }

  @Test func warnsOfVariablesThatOverrideNothing() {
    let loaded = Samples.load(
      "{}",
      environment: [
        "NOD_BIDER_LISTEN": "x", "NOD_SERVICE_HOST": "10.0.0.1", "NOD_DATA_PLANE": "1",
        "NOD_BENCHMARKS": "1", "PATH": "/bin", "NODE_ENV": "x",
      ])
    #expect(loaded.configuration == Configuration())
    #expect(
      loaded.warningLines == [
        "NOD_BIDER_LISTEN: warning: overrides no key of the configuration; "
          + "did you mean `NOD_BIDDER_LISTEN`?",
        "NOD_SERVICE_HOST: warning: overrides no key of the configuration",
      ])
  }

  @Test func leavesMistakesOfTheFileStanding() {
    let loaded = Samples.load("bidder: 5", environment: ["NOD_BIDDER_LISTEN": "127.0.0.1:1"])
    #expect(loaded.errorLines == ["n.yaml:1: /bidder: expected a map, found `5`"])
  }
}
