import Testing

@testable import nod

@Suite struct ServerURLTests {
  @Test(arguments: [
    ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
    ("http://nod.example/", "http://nod.example:80"),
    ("HTTP://nod.example:81/ads/", "http://nod.example:81/ads"),
    ("http://[::1]:8081", "http://[::1]:8081"),
  ])
  func reads(_ text: String, _ expected: String) throws {
    #expect(try ServerURL(text).description == expected)
  }

  @Test(arguments: [
    ("", "is not a URL"), ("127.0.0.1:8081", "is not a URL"), ("ftp://nod.example", "is not a URL"),
    ("http://", "is not a URL"), ("http://nod.example?x=1", "is not a URL"),
    ("http://nod.example:0", "no such port"), ("http://nod.example:70000", "no such port"),
    ("https://nod.example", "https is not spoken"),
    ("http://me:secret@nod.example", "would be seen by others"),
  ])
  func refuses(_ text: String, _ reason: String) {
    do {
      _ = try ServerURL(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.description.contains(reason))
      #expect(!error.description.contains("secret"))
    }
  }
}
