import ArgumentParser
import AudienceIndex
import Foundation
import LinuxIO

/// `nod audience build`: a snapshot file from audience files, without a server.
struct AudienceBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a snapshot file from audience files.",
    discussion: """
      The files are taken in by the rules of the source: names, manifests (give the .info files \
      too), and max_invalid. One that is rejected rejects the snapshot.
      """)

  @Option(name: .long, help: "The configuration file.")
  var config: String

  @Option(name: .long, help: "The source that the files are of.")
  var source: String

  @Option(name: .long, help: "Where the snapshot is written; replaced as a whole.")
  var out: String

  @Flag(name: .long, help: "Print the snapshot's figures as JSON.")
  var json = false

  @Argument(help: "Audience files, and their manifests.")
  var files: [String]

  func run() throws {
    let feed = try SegmentFeed(config: config, source: source)
    do {
      let build = try SnapshotBuild(feed.configuration, feed.source, out: out)
      defer { build.removeWork() }
      try build.take(files)
      let figures = AudienceFigures(try build.finish())
      if json { try Output.json(figures) } else { Output.line(figures.text) }
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }
}
