import Testing

@testable import AudienceIngest

@Suite struct ManifestTests {
  static let adobe = """
    {Files:[{FileByteSize:12,FileLineCount:3,FileName:"a_iter_1486140844000-1.sync.gz",
      FileSequenceNumber:1,md5:"0123456789ABCDEF0123456789abcdef"},
     {FileByteSize:8,FileLineCount:2,FileName:"a_iter_1486140844000-2.sync.gz",
      FileSequenceNumber:2,md5:""},],
     Totals:{FileName:"a_iter_1486140844000",TotalByteSize:20,TotalNumberFiles:2,
      TotalNumberLines:5}}
    """

  @Test func readsAdobesUnquotedKeys() throws {
    let manifest = try Manifest(Array(Self.adobe.utf8))
    #expect(
      manifest.files == [
        Manifest.Entry(
          name: "a_iter_1486140844000-1.sync.gz", byteSize: 12, lineCount: 3,
          md5: "0123456789abcdef0123456789abcdef"),
        Manifest.Entry(name: "a_iter_1486140844000-2.sync.gz", byteSize: 8, lineCount: 2),
      ])
  }

  @Test(arguments: [
    #"{"Files":[{"FileName":"a.sync","FileByteSize":"7"}]}"#,
    "{'Files':[{'FileName':'a.sync','FileByteSize':7,},],}",
    "{ Files = [ { FileName = a.sync, FileByteSize = 7 } ] };",
    "\u{FEFF}{files:[{filename:\"x/y/a.sync\",filebytesize:7,md5:null}]}\r\n",
    #"{"Totals":{},"Files":[{"More":{"a":[1,[]]},"FileName":"a.s\ync","FileByteSize":7}]}"#,
  ])
  func readsWhatIsNearlyJSON(_ text: String) throws {
    let manifest = try Manifest(Array(text.utf8))
    #expect(manifest.files == [Manifest.Entry(name: "a.sync", byteSize: 7)])
  }

  @Test(arguments: [
    "", "{", "[]", "{Files:[]}", "{Files:{}}", "{Files:[{}]}", "{Files:[{FileName:\"a\"}",
    "{Files:[{FileName:\"a}]}", "{Files:[{FileName:a,FileByteSize:-1}]}",
    "{Files:[{FileName:a,FileLineCount:x}]}", "{Files:[{FileName:a,md5:123}]}",
    "{Files:[{FileName:a,md5:\"0123456789ABCDEF0123456789abcdeg\"}]}",
    "{Files:[{FileName:a},{FileName:a}]}", "{Files:[{FileName:a}]} x",
    "{Files:[{FileName:a}],Totals:{TotalNumberFiles:2}}",
    "{Files:[{FileName:a,FileByteSize:3}],Totals:{TotalByteSize:4}}",
    "{Files:[{FileName:a,FileLineCount:3}],Totals:{TotalNumberLines:4}}",
    "{Files:[{FileName:a b}]}", "{Files,}", "{:1}",
    String(repeating: "[", count: 100_000),
  ])
  func refusesWhatIsNoManifest(_ text: String) {
    #expect(throws: FileRejection.self) { try Manifest(Array(text.utf8)) }
  }

  @Test func boundsDepthAndSize() throws {
    let depth = IngestLimits.manifestDepth - 2
    let nested = { (levels: Int) in
      "{Files:[{FileName:a}],More:" + String(repeating: "[", count: levels)
        + String(repeating: "]", count: levels) + "}"
    }
    _ = try Manifest(Array(nested(depth + 1).utf8))
    #expect(throws: FileRejection.self) { try Manifest(Array(nested(depth + 2).utf8)) }
    let long = [UInt8](repeating: 0x20, count: IngestLimits.manifestBytes + 1)
    #expect(throws: FileRejection.self) { try Manifest(long) }
  }

  @Test(arguments: [
    ("a_iter_1486140844000-1.sync.gz", "a_iter_1486140844000-1.sync.gz"),
    ("a_full_1486140844000-1.sync.gz", "a_iter_1486140844000-1.sync.gz"),
    ("a_full_1486140844000001.sync", "a_iter_1486140844000-1.sync.gz"),
    ("a_full_1486140844000002.sync", "a_iter_1486140844000-2.sync.gz"),
    ("a_full_1486140844000003.sync", nil), ("b_iter_1486140844000-1.sync.gz", nil),
    ("a_iter_1486140844001-1.sync.gz", nil), ("a.txt", nil),
  ])
  func findsEntriesAsAdobeNamesThem(_ name: String, _ entry: String?) throws {
    let manifest = try Manifest(Array(Self.adobe.utf8))
    #expect(manifest.entry(for: name)?.name == entry)
  }

  @Test(arguments: [
    ("a_full_1486140844000.info", "a_full_1486140844000001.sync.gz", true),
    ("a_full_1486140844000.info", "a_full_1486140844000.sync", true),
    ("a_full_1486140844000.info", "a_full_1486140844000-2.sync", true),
    ("a_full_1486140844000.info", "a_full_1486140844001.sync", false),
    ("a_full.info", "a_full_1486140844000.sync", false),
    ("b.info", "a_full_1486140844000.sync", false), (".info", "1.sync", false),
  ])
  func claimsFilesOfItsBatch(_ manifest: String, _ file: String, _ expected: Bool) {
    #expect(Manifest.claims(manifest: manifest, file: file) == expected)
  }
}
