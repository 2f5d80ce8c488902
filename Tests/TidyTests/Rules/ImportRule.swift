/// Holds the targets to their layers: each may import only those above it.
enum ImportRule {
  /// The targets from the lowest layer to the highest; siblings on one line do not import each
  /// other, and the C targets on the first line import nothing.
  static let layers: [[String]] = [
    ["CLinux", "CVector", "COpenSSL", "CZlib", "CDeflate", "CConsoleFiles"],
    ["FixedMemory"],
    ["LinuxIO"],
    ["Cryptography", "Compression"],
    ["AuctionTypes"],
    ["HTTP1", "OpenRTB"],
    ["AudienceIndex"],
    ["AudienceIngest"],
    ["CampaignDocuments"],
    ["CampaignCatalog"],
    ["BudgetLedger"],
    ["BidEngine"],
    ["Telemetry"],
    ["Journal"],
    ["BidServer"],
    ["ControlStore"],
    ["Reporting"],
    ["ConsoleFiles"],
    ["ControlPlane"],
    ["nod"],
    ["LoadGeneration"],
    ["nod-load"],
    ["quickstart"],
  ]

  /// Imports that the order alone would allow.
  static let forbidden: [String: Set<String>] = [
    "CampaignCatalog": ["AudienceIndex", "AudienceIngest"],
    "BudgetLedger": ["AudienceIndex", "AudienceIngest", "CampaignCatalog"],
    "BidEngine": ["HTTP1", "LinuxIO", "Telemetry"],
    "ControlPlane": ["BidServer"],
  ]

  /// The outside modules that are kept to some targets; the rest of the data plane has none.
  static let outside: [String: Set<String>] = [
    "Yams": ["CampaignDocuments", "nod", "nod-load"],
    "ArgumentParser": ["nod", "nod-load"],
    "Histogram": ["LoadGeneration"],
    "GRDB": ["ControlStore", "Reporting"],
    "Hummingbird": ["ControlPlane"],
    "HummingbirdCore": ["ControlPlane"],
    "HTTPTypes": ["ControlPlane"],
    "NIOCore": ["ControlPlane"],
    "Logging": ["ControlPlane", "nod"],
    "ServiceLifecycle": ["ControlPlane", "nod"],
    "Testing": [],
    "XCTest": [],
  ]

  private static let kinds: Set = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  /// The imports of a source file that its target may not have.
  static func findings(in file: SourceFile) -> [Finding] {
    guard ["Sources/", "loadtest/"].contains(where: file.path.hasPrefix) else { return [] }
    return imports(of: file).compactMap { word in
      reason(target: file.target, module: word.text).map {
        Finding(path: file.path, line: word.line, message: $0)
      }
    }
  }

  /// The modules that a file imports.
  static func imports(of file: SourceFile) -> [Word] {
    zip(file.words.indices, file.words).compactMap { index, word in
      guard word.text == "import", word.before != ".", word.before != "`" else { return nil }
      let following = file.words[(index + 1)...].filter { $0.line == word.line }
      return following.first { !kinds.contains($0.text) }
    }
  }

  /// Why a target may not import a module, or nil if it may.
  static func reason(target: String, module: String) -> String? {
    if let targets = outside[module] {
      return targets.contains(target) ? nil : "\(target) may not depend on \(module)"
    }
    guard let below = layer(of: module) else { return nil }
    guard let own = layer(of: target) else { return "\(target) is in no layer of ImportRule" }
    if below >= own { return "\(target) may not import \(module): it is not in a layer below" }
    if forbidden[target]?.contains(module) == true { return "\(target) may not import \(module)" }
    return nil
  }

  private static func layer(of target: String) -> Int? {
    layers.firstIndex { $0.contains(target) }
  }
}
