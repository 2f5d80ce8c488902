import ArgumentParser
import AudienceIndex

/// `nod audience info`: the figures of a snapshot or a data folder.
struct AudienceInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Check a snapshot file or a data folder and print its figures.")

  @Flag(name: .long, help: "Print the figures as JSON.")
  var json = false

  @Argument(help: "A snapshot file, or the data_dir of a server, which may run.")
  var path: String

  func run() throws {
    let figures = AudienceFigures(try AudienceReading.open(path).info)
    if json { try Output.json(figures) } else { Output.line(figures.text) }
  }
}

/// The figures of an index, with the keys that `--json` prints.
struct AudienceFigures: Encodable {
  let users: Int
  let memberships: Int
  let segments: Int
  let suppressed: Int
  /// What lookups read; the rest of the files holds exact records for changes.
  let bytes: Int
  let fileBytes: Int
  let bytesPerUser: Double
  let bytesPerMembership: Double
  let generation: UInt64
  /// By file, then by section, in hexadecimal.
  let checksums: [String: [String: String]]

  private enum CodingKeys: String, CodingKey {
    case users, memberships, segments, suppressed, bytes, generation, checksums
    case fileBytes = "file_bytes"
    case bytesPerUser = "bytes_per_user"
    case bytesPerMembership = "bytes_per_membership"
  }

  /// The figures of an index that was opened, and so checked.
  init(_ info: SnapshotInfo) {
    users = info.userCount
    memberships = info.membershipCount
    segments = info.segmentCount
    suppressed = info.suppressedCount
    bytes = info.bidTimeByteCount
    fileBytes = info.byteCount
    bytesPerUser = info.bytesPerUser
    bytesPerMembership = info.bytesPerMembership
    generation = info.generation
    checksums = info.layers.reduce(into: [:]) { files, layer in
      files[layer.name] = layer.checksums.reduce(into: [:]) { sections, checksum in
        let digits = String(checksum.sum, radix: 16)
        sections[checksum.section] = String(repeating: "0", count: 16 - digits.count) + digits
      }
    }
  }

  /// A line for each figure.
  var text: String {
    var lines = [
      "users                 \(users)", "memberships           \(memberships)",
      "segments              \(segments)", "suppressed            \(suppressed)",
      "bytes                 \(bytes)", "file bytes            \(fileBytes)",
      "bytes per user        \(Self.rounded(bytesPerUser))",
      "bytes per membership  \(Self.rounded(bytesPerMembership))",
      "generation            \(generation)",
    ]
    for (file, sections) in checksums.sorted(by: { $0.key < $1.key }) {
      lines += sections.sorted { $0.key < $1.key }.map {
        "checksum              \($1)  \(file) \($0)"
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
