import ArgumentParser
import AudienceIndex
import AudienceIngest
import Foundation
import LinuxIO

/// `nod audience synth`: users and segments that look like real ones, drawn from a seed.
struct AudienceSynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Make synthetic users for load tests.",
    discussion: """
      Writes them into the index of data_dir, which no server may hold and which has no users \
      yet, or with --out as a file of the format `adobe-outbound`. Segments are drawn by Zipf's \
      law and are named after the source's segment_prefix and their rank from 1. The same seed \
      makes the same users: `nod-load --synthetic-users` draws its ids from them.
      """)

  @Option(name: .long, help: "The configuration file.")
  var config: String

  @Option(name: .long, help: "The source that the segments are of.")
  var source: String

  @Option(name: .long, help: "How many users.")
  var users: Int

  @Option(name: .long, help: "How many segments.")
  var segments = 2_000

  @Option(name: .long, help: "The mean number of segments of a user.")
  var mean = 20

  @Option(name: .long, help: "Zipf's exponent of how often each segment comes; 0: all alike.")
  var skew = 1.0

  @Option(name: .long, help: "What all chance follows.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "Write an audience file instead of the index.")
  var out: String?

  @Flag(name: .long, help: "Write into an index that has users, beside them.")
  var add = false

  @Flag(name: .long, help: "Print the figures as JSON.")
  var json = false

  func validate() throws {
    guard (1...CommandLimits.syntheticUsers).contains(users) else {
      throw ValidationError("--users: wants 1 to \(CommandLimits.syntheticUsers)")
    }
    guard mean > 0, mean <= segments / 2, segments <= CommandLimits.syntheticSegments else {
      throw ValidationError(
        "--segments: wants twice the mean to \(CommandLimits.syntheticSegments), --mean at least 1")
    }
    guard skew.isFinite, (0...10).contains(skew) else {
      throw ValidationError("--skew: wants 0 to 10")
    }
  }

  func run() throws {
    let feed = try SegmentFeed(config: config, source: source)
    let audience = SyntheticAudience(
      users: users, segments: segments, meanSegments: mean, exponent: skew, seed: seed)
    do {
      let writing = SyntheticWriting(audience, addsToOthers: add, isQuiet: json)
      let figures = try writing.write(
        feed.source, feed.configuration, out)
      if json { try Output.json(figures) } else { Output.line(figures.text) }
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }
}
