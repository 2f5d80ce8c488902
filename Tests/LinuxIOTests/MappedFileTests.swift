import FixedMemory
import Foundation
import Support
import Testing

@testable import LinuxIO

@Suite struct MappedFileTests {
  /// Writes a file, maps it, and deletes it.
  private func map(_ bytes: [UInt8]) throws -> MappedFile {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("nod-mapped-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try MappedFile(path: path)
  }

  @Test(arguments: [0, 1, 4_096, 5_000_000])
  func copiesAPartIntoLargePages(_ offset: Int) throws {
    var random = SeededGenerator(seed: 0x4D41_5050)
    let bytes = (0..<(5_000_000 + 3 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let file = try map(bytes)
    guard let copy = file.copyInLargePages(from: offset)?.shared() else {
      Issue.record("no copy")
      return
    }
    file.advise(.unneeded)
    let rest = Array(bytes[offset...])
    let isSame = copy.byteCount == rest.count && copy.bytes.equals(rest.rawSpan)
    #expect(isSame)
    let isFileThere = file.bytes.equals(bytes.rawSpan)
    #expect(isFileThere)
  }

  @Test func copiesNothingThatIsSmallerThanALargePage() throws {
    let file = try map(Array(repeating: 7, count: 2 << 20))
    let whole = file.copyInLargePages(from: 0) != nil
    let part = file.copyInLargePages(from: 1) != nil
    let rest = file.copyInLargePages(from: 2 << 20) != nil
    #expect(whole && !part && !rest)
  }
}
