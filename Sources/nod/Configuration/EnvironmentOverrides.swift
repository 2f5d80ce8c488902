import CampaignDocuments

/// The scalar keys that environment variables override: `NOD_` and the key's path in upper case.
struct EnvironmentOverrides {
  /// Every scalar key outside a list, but those of `currencies`, whose names are the author's.
  static let paths: [[String]] = [
    ["data_dir"], ["bidder", "listen"], ["bidder", "workers"], ["bidder", "public_url"],
    ["bidder", "public_url_tls"], ["bidder", "tls", "listen"], ["bidder", "tls", "certificate"],
    ["bidder", "tls", "key"], ["bidder", "max_body_bytes"], ["bidder", "notice_key_file"],
    ["bidder", "busy_poll_us"],
    ["control", "listen"], ["control", "token_file"], ["audience", "inbox"],
    ["audience", "poll_interval"], ["audience", "max_invalid"], ["notice_retention"],
    ["privacy", "tcf", "vendor_id"], ["privacy", "without_consent"], ["privacy", "gdpr_default"],
    ["log", "level"], ["log", "format"],
  ]

  /// Variables of the build, which say nothing about a running server.
  private static let ignored: Set = ["NOD_DATA_PLANE", "NOD_BENCHMARKS"]

  /// The variable of a path.
  static func variable(of path: [String]) -> String {
    "NOD_" + path.joined(separator: "_").uppercased()
  }

  private let values: [(variable: String, path: [String], text: String)]
  private let unknown: [String]

  /// The overrides among the variables of an environment.
  init(environment: [String: String]) {
    let known = Dictionary(uniqueKeysWithValues: Self.paths.map { (Self.variable(of: $0), $0) })
    var values: [(variable: String, path: [String], text: String)] = []
    var unknown: [String] = []
    for (variable, text) in environment.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix("NOD_") && !Self.ignored.contains(variable) {
      if let path = known[variable] ?? Self.currency(variable) {
        values.append((variable, path, text))
      } else {
        unknown.append(variable)
      }
    }
    self.values = values
    self.unknown = unknown
  }

  private static func currency(_ variable: String) -> [String]? {
    let prefix = "NOD_CURRENCIES_"
    guard variable.hasPrefix(prefix), variable.utf8.count == prefix.utf8.count + 3 else {
      return nil
    }
    return ["currencies", String(variable.dropFirst(prefix.count))]
  }

  /// The root of a file with the overrides in it.
  func applied(to root: DocumentNode) -> DocumentNode {
    // Null is a file of comments, to which a first key is added like to an empty map.
    var root = root.isNull ? DocumentNode(content: .map([]), line: 1) : root
    for value in values where Self.leadsToScalar(value.path[...], in: root) {
      root = root.setting(value.text, at: value.path)
    }
    return root
  }

  /// Whether only maps are on the way: a list or scalar there is the file's mistake to report.
  private static func leadsToScalar(_ path: ArraySlice<String>, in node: DocumentNode) -> Bool {
    guard let key = path.first else { return true }
    guard case .map(let entries) = node.content else { return node.isNull }
    guard let entry = entries.first(where: { $0.key == key }) else { return true }
    return leadsToScalar(path.dropFirst(), in: entry.value)
  }

  /// The problems with those at overridden places laid to the variable, and warnings about
  /// variables that override nothing.
  ///
  /// They are no errors: container platforms set variables such as `NOD_SERVICE_HOST` themselves.
  func naming(_ problems: [Problem]) -> [Problem] {
    let variables = values.reduce(into: [String: String]()) { result, value in
      result["/" + value.path.joined(separator: "/")] = value.variable
    }
    let empty = values.filter { $0.text.isEmpty }.map { $0.variable }
    return problems.map { problem in
      guard let variable = variables[problem.pointer] else { return problem }
      return Problem(
        file: variable, line: 0, pointer: "", message: problem.message, severity: problem.severity)
    } + empty.map { Problem(file: $0, line: 0, pointer: "", message: "the variable is empty") }
      + unknown.map(Self.warning)
  }

  private static func warning(of variable: String) -> Problem {
    let hint = NearestWord.hint(variable, among: paths.map(Self.variable(of:)))
    return Problem(
      file: variable, line: 0, pointer: "", message: "overrides no key of the configuration\(hint)",
      severity: .warning)
  }
}
