import Testing

@testable import ConsoleFiles

@Suite struct ConsoleFileTests {
  @Test func servesThePageAtTheRoot() throws {
    let page = try #require(ConsoleFile.all.first { $0.path == "/" })
    #expect(String(decoding: page.bytes, as: UTF8.self).hasPrefix("<!doctype html>"))
    #expect(page.contentType == "text/html; charset=utf-8")
  }

  @Test func servesTheDescriptionOfTheAPI() throws {
    let file = try #require(ConsoleFile.all.first { $0.path == "/openapi.yaml" })
    #expect(String(decoding: file.bytes, as: UTF8.self).hasPrefix("openapi: 3.1"))
    #expect(file.contentType == "application/yaml")
  }
}
