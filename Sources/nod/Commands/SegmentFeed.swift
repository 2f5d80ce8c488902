import ArgumentParser
import AudienceIngest
import Foundation

/// A source that segments come from, with the configuration that names it.
struct SegmentFeed {
  let configuration: Configuration
  let source: AudienceSource

  /// Reads a configuration file and looks for a source in it, as commands ask for both.
  ///
  /// - Throws: `ExitCode` where the configuration is invalid, after its problems are printed;
  ///   `ValidationError` where it has no such source.
  init(config: String, source name: String) throws {
    let loaded = Configuration.load(
      path: config, environment: ProcessInfo.processInfo.environment)
    guard let configuration = loaded.configuration else {
      Output.problems(loaded.problems)
      throw ExitStatus.configuration.exit
    }
    guard let source = configuration.ingestSources.first(where: { $0.name == name }),
      source.format != .suppression
    else {
      throw ValidationError("\(config) has no source `\(name)` that segments come from")
    }
    self.configuration = configuration
    self.source = source
  }
}
