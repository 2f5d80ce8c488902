import FixedMemory
import Testing

@testable import LinuxIO

struct FileTests {
  /// A folder of its own, removed by the test that made it.
  private func folder(_ name: String) throws -> Directory {
    let nonce = UInt64.random(in: 0...UInt64.max)
    let directory = Directory("/tmp/nod-files-\(name)-\(String(nonce, radix: 36))/")
    try directory.create()
    return directory
  }

  private func put(_ bytes: [UInt8], _ path: String, _ access: File.Access) throws {
    let file = try File(path, access)
    try file.write(bytes.rawSpan)
  }

  private func contents(_ path: String) throws -> [UInt8] {
    try File.contents(of: path, limit: 1 << 20)
  }

  @Test func bytesAreWrittenReadAndCut() throws {
    let folder = try folder("write")
    defer { try? folder.removeAll() }
    let path = folder.path(of: "a")
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let file = try File(path, .createNew)
    try file.write(bytes.rawSpan)
    try file.syncData()
    let middle: [UInt8] = [1, 2, 3]
    try file.write(middle.rawSpan, at: 10)
    try file.sync()
    #expect(try contents(path) == bytes[..<10] + [1, 2, 3] + bytes[13...])
    try file.truncate(to: 12)
    #expect(try file.size() == 12)
    var buffer = FixedBuffer(capacity: 5)
    #expect(try file.read(at: 9, into: &buffer) == 3)
    #expect(buffer.bytes.byte(at: 1) == 1)
    buffer.removeAll()
    #expect(try file.read(at: 12, into: &buffer) == 0)
  }

  @Test func readingGoesOnFromTheCurrentPlace() throws {
    let folder = try folder("read")
    defer { try? folder.removeAll() }
    try put([1, 2, 3, 4, 5], folder.path(of: "a"), .append)
    try put([6], folder.path(of: "a"), .append)
    let file = try File(folder.path(of: "a"), .read)
    var buffer = FixedBuffer(capacity: 4)
    #expect(try file.read(into: &buffer) == 4)
    buffer.removeAll()
    #expect(try file.read(into: &buffer) == 2)
    #expect(buffer.bytes.byte(at: 1) == 6)
    #expect(try file.read(into: &buffer) == 0)
  }

  @Test func errorsNameTheCallThePathAndTheReason() throws {
    let folder = try folder("error")
    defer { try? folder.removeAll() }
    let path = folder.path(of: "a")
    do throws(FileError) {
      _ = try File(path, .read)
      Issue.record("a missing file was opened")
    } catch {
      #expect(error.isMissing)
      #expect(error.description == "\(path): open: No such file or directory")
    }
    try put([], path, .createNew)
    do throws(FileError) {
      _ = try File(path, .createNew)
      Issue.record("a file was created twice")
    } catch {
      #expect(error.isExisting)
    }
    try put([1, 2], path, .openOrCreate)
    #expect(throws: FileError.self) { try File.contents(of: path, limit: 1) }
  }

  @Test func oneHolderAtATimeLocksAFile() throws {
    let folder = try folder("lock")
    defer { try? folder.removeAll() }
    let path = folder.path(of: "a")
    do {
      let first = try File(path, .openOrCreate)
      let second = try File(path, .openOrCreate)
      #expect(try first.tryLock() == true)
      #expect(try second.tryLock() == false)
    }
    let third = try File(path, .openOrCreate)
    #expect(try third.tryLock() == true)
  }

  @Test func mappedBytesAreTheFilesAndOutliveItsName() throws {
    let folder = try folder("map")
    defer { try? folder.removeAll() }
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 3) }
    try put(bytes, folder.path(of: "a"), .createNew)
    let first = try MappedFile(path: folder.path(of: "a"))
    let second = first.shared()
    _ = consume first
    try folder.remove("a")
    for advice in [MappedFile.Advice.random, .sequential, .willNeed, .populate] {
      second.advise(advice, offset: 5000)
    }
    #expect(second.byteCount == 10_000)
    #expect(second.bytes.equals(bytes.rawSpan) == true)
  }

  @Test func emptyFileMapsToNoBytes() throws {
    let folder = try folder("empty")
    defer { try? folder.removeAll() }
    try put([], folder.path(of: "a"), .createNew)
    let mapped = try MappedFile(path: folder.path(of: "a"))
    mapped.advise(.willNeed)
    #expect(mapped.bytes.byteCount == 0)
    let none = MappedFile.empty
    #expect(none.bytes.byteCount == 0)
  }

  @Test func directoriesListRenameAndRemove() throws {
    let folder = try folder("list")
    defer { try? folder.removeAll() }
    try folder.directory("x/y/z").create()
    try folder.directory("x/y/z").create()
    for name in ["b", "a", "é"] { try put([1], folder.path(of: name), .createNew) }
    #expect(try folder.list() == ["a", "b", "x", "é"])
    try folder.rename("a", to: "b")
    try folder.sync()
    #expect(try folder.list() == ["b", "x", "é"])
    #expect(try folder.remove("b") == true)
    #expect(try folder.remove("b") == false)
    try folder.directory("x").removeAll()
    #expect(try folder.list() == ["é"])
    #expect(throws: FileError.self) { try folder.directory("é").create() }
    #expect(throws: FileError.self) { try folder.directory("none").list() }
    #expect(Directory.parent(of: "/a").directory.path == "/")
    #expect(Directory.parent(of: "a").directory.path == ".")
    #expect(Directory.parent(of: "/x/y").name == "y")
  }

  @Test func statusTellsFilesFromDirectories() throws {
    let folder = try folder("status")
    defer { try? folder.removeAll() }
    try put([1, 2, 3], folder.path(of: "a"), .createNew)
    let file = try #require(try FileStatus.of(folder.path(of: "a")))
    #expect(file.size == 3)
    #expect(file.isRegular && !file.isDirectory)
    #expect(file.modifiedNanoseconds > 1_600_000_000_000_000_000)
    #expect(try FileStatus.of(folder.path)?.isDirectory == true)
    #expect(try FileStatus.of(folder.path(of: "none")) == nil)
    #expect(try FileStatus.of(folder.path(of: "a/b")) == nil)
  }
}
