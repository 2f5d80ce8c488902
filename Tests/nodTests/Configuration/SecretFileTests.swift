import Foundation
import Testing

@testable import nod

@Suite struct SecretFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mode(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue
  }

  private func write(_ text: String, mode: Int = 0o600) throws -> String {
    let path = try folder.write(text, to: "notice.key")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test func makesAKeyForItsOwnerAlone() throws {
    let path = folder.path("secrets/notice.key")
    let key = try SecretFile.readOrMake(path, name: "bidder.notice_key_file")
    #expect(key.bytes.count == 2 * SecretFile.madeBytes)
    #expect(try mode(of: "secrets/notice.key") == 0o600)
    #expect(try SecretFile.readOrMake(path, name: "bidder.notice_key_file") == key)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("secrets")).count == 1)
    #expect(
      try SecretFile.readOrMake(folder.path("other.key"), name: "bidder.notice_key_file") != key)
  }

  @Test func takesAnySecretOfEnoughBytes() throws {
    let shortest = String(repeating: "k", count: SecretFile.minimumBytes)
    let path = try write(shortest + " \n")
    #expect(
      try SecretFile.readOrMake(path, name: "bidder.notice_key_file").bytes == Array(shortest.utf8))
    _ = try write(String(repeating: "k", count: SecretFile.fileBytes))
    #expect(
      try SecretFile.readOrMake(path, name: "bidder.notice_key_file").bytes.count
        == SecretFile.fileBytes)
  }

  @Test func theCheckRefusesABadKeyAndMakesNone() throws {
    try folder.write("bidder: {notice_key_file: notice.key}\n", to: "nod.yaml")
    let check = ["serve", "--check", "--config", "nod.yaml"]
    #expect(try NodProcess.run(check, in: folder).status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path("notice.key")))
    _ = try write("short")
    let outcome = try NodProcess.run(check, in: folder)
    #expect(outcome.status == 78)
    #expect(
      outcome.errorLines == [
        "bidder.notice_key_file: notice.key: 5 bytes are no key; it needs at least 32"
      ])
  }

  @Test func refusesWhatIsNoSecret() throws {
    let long = String(repeating: "k", count: 64)
    for (text, mode, word) in [
      (String(repeating: "k", count: SecretFile.minimumBytes - 1) + "\n\n", 0o600, "31 bytes"),
      ("", 0o600, "0 bytes"), (long, 0o640, "mode 640"), (long, 0o604, "mode 604"),
      (String(repeating: "k", count: SecretFile.fileBytes + 1), 0o600, "large"),
    ] {
      let path = try write(text, mode: mode)
      let failure = #expect(throws: CommandFailure.self) {
        try SecretFile.readOrMake(path, name: "bidder.notice_key_file")
      }
      #expect(failure?.status == .configuration)
      #expect(failure?.message.contains(path) == true)
      #expect(failure?.message.contains(word) == true, "\(failure?.message ?? "")")
    }
    let failure = #expect(throws: CommandFailure.self) {
      try SecretFile.readOrMake(folder.path(""), name: "bidder.notice_key_file")
    }
    #expect(failure?.message.contains("no ordinary file") == true)
  }

  @Test func takesATokenThatOthersMayRead() throws {
    let text = String(repeating: "t", count: SecretFile.minimumTokenBytes)
    for (mode, word) in [(0o600, nil), (0o644, "mode 644"), (0o440, "mode 440")] {
      let file = try #require(
        try SecretFile.read(try write(text, mode: mode), name: "control.token_file", as: .token))
      #expect(file.bytes == Array(text.utf8))
      #expect(file.warning.map { $0.contains("warning") && $0.contains(word ?? "-") } != false)
      #expect((file.warning == nil) == (word == nil))
    }
    for (text, mode, word) in [
      (text, 0o666, "mode 666"), (text, 0o620, "mode 620"), (String(text.dropLast()), 0o600, "15"),
    ] {
      let path = try write(text, mode: mode)
      let failure = #expect(throws: CommandFailure.self) {
        try SecretFile.read(path, name: "control.token_file", as: .token)
      }
      #expect(failure?.message.contains(word) == true)
    }
  }
}
