import ArgumentParser
import Foundation

/// `nod audience lookup`: the segments of ids.
struct AudienceLookupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "Print the segments of user ids; exits with 1 when none of them is known.")

  @Flag(name: .long, help: "Print a JSON object a line.")
  var json = false

  @Argument(help: "A snapshot file, or the data_dir of a server, which may run.")
  var path: String

  @Argument(
    help: "Ids with their space, such as nod:1 or ifa:6D92078A-8246-4BA4-AE5B-76104861E7DC.")
  var ids: [String]

  /// What is known of an id.
  struct Entry: Encodable {
    let id: String
    let segments: [String]
    /// Written only where the user is.
    let suppressed: Bool?

    var isKnown: Bool { suppressed == true || !segments.isEmpty }

    var text: String {
      let known = segments.isEmpty ? "not found" : segments.joined(separator: " ")
      return "\(id)  \(suppressed == true ? "suppressed" : known)"
    }
  }

  func validate() throws {
    for id in ids {
      guard let colon = id.firstIndex(of: ":"), colon != id.startIndex else {
        throw ValidationError("`\(id)` is no id with its space, such as nod:1")
      }
    }
  }

  func run() throws {
    let reading = try AudienceReading.open(path)
    let now = UInt32(clamping: Int64(Date.now.timeIntervalSince1970))
    var isAnyKnown = false
    for id in ids {
      let parts = id.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let user = reading.user(id: String(parts[1]), space: String(parts[0]), nowSeconds: now)
      let entry = Entry(id: id, segments: user.segments, suppressed: user.isSuppressed ? true : nil)
      isAnyKnown = isAnyKnown || entry.isKnown
      if json { try Output.json(entry) } else { Output.line(entry.text) }
    }
    if !isAnyKnown { throw ExitStatus.notFound.exit }
  }
}
