import CampaignDocuments
import Foundation

/// A configuration as it was read, with all that is wrong with it.
struct LoadedConfiguration: Sendable {
  /// The configuration; nil after an error.
  let configuration: Configuration?
  /// Every problem, by line.
  let problems: [Problem]
}

extension Configuration {
  /// Reads a file; without a path the defaults, both under the environment's overrides.
  static func load(path: String?, environment: [String: String]) -> LoadedConfiguration {
    guard let path else { return load(text: "{}", name: "defaults", environment: environment) }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard size <= ConfigurationLimits.fileBytes else {
      return unreadable(path, "the file is larger than \(ConfigurationLimits.fileBytes) bytes")
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return load(bytes: Array(data), name: path, environment: environment)
    } catch {
      let isMissing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      return unreadable(path, isMissing ? "no such file" : "the file cannot be read")
    }
  }

  /// Reads a text.
  static func load(
    text: String, name: String, environment: [String: String] = [:]
  ) -> LoadedConfiguration {
    load(bytes: Array(text.utf8), name: name, environment: environment)
  }

  private static func load(
    bytes: [UInt8], name: String, environment: [String: String]
  ) -> LoadedConfiguration {
    let log = ProblemLog(file: name)
    let overrides = EnvironmentOverrides(environment: environment)
    var configuration: Configuration?
    if let node = DocumentNode.parse(bytes, log: log) {
      let context = ConfigurationContext(log: log)
      let root = DocumentReader(node: overrides.applied(to: node), pointer: .root, log: log)
      configuration = ConfigurationReader(context: context).read(root)
      context.warnOfEffectlessKeys()
    }
    let sorted = log.problems.enumerated()
      .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map { $0.element }
    let problems = overrides.naming(sorted)
    return LoadedConfiguration(
      configuration: problems.containsError ? nil : configuration, problems: problems)
  }

  private static func unreadable(_ path: String, _ message: String) -> LoadedConfiguration {
    let problem = Problem(file: path, line: 0, pointer: "", message: message)
    return LoadedConfiguration(configuration: nil, problems: [problem])
  }
}
