import CampaignDocuments
import ControlStore

/// A key that somebody wants to be made.
struct NewKey: Decodable, Sendable {
  let name: String
  let role: String
  /// Nil for all; it must be said.
  let advertisers: [String]?

  private enum CodingKeys: String, CodingKey { case name, role, advertisers }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    role = try container.decode(String.self, forKey: .role)
    guard container.contains(.advertisers) else {
      throw DecodingError.keyNotFound(
        CodingKeys.advertisers,
        .init(codingPath: decoder.codingPath, debugDescription: "null stands for all"))
    }
    advertisers = try container.decode([String]?.self, forKey: .advertisers)
  }

  /// The advertisers that are to exist for it.
  var scope: AdvertiserScope { advertisers.map { .only(Set($0)) } ?? .all }

  /// Its role.
  ///
  /// - Throws: a ``ProblemDocument`` with status 422 that names all that is wrong with the key.
  func checkedRole() throws -> Role {
    let faults = nameFaults + roleFaults + advertiserFaults
    guard faults.isEmpty, let role = Role(rawValue: role) else {
      throw ProblemDocument(.unprocessableContent, "The key does not fit.", faults: faults)
    }
    return role
  }

  private var nameFaults: [ProblemDocument.Fault] {
    let isFine =
      (1...StoreLimits.keyNameCharacters).contains(name.unicodeScalars.count)
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    return isFine
      ? []
      : [
        .init(
          pointer: "/name",
          detail: "must have 1 to \(StoreLimits.keyNameCharacters) characters, none of control")
      ]
  }

  private var roleFaults: [ProblemDocument.Fault] {
    let roles = Role.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return Role(rawValue: role) == nil
      ? [.init(pointer: "/role", detail: "must be one of \(roles)")] : []
  }

  private var advertiserFaults: [ProblemDocument.Fault] {
    guard let advertisers else { return [] }
    guard (1...StoreLimits.keyAdvertisers).contains(advertisers.count) else {
      return [
        .init(
          pointer: "/advertisers",
          detail: "must name 1 to \(StoreLimits.keyAdvertisers), or be null for all")
      ]
    }
    return advertisers.enumerated().compactMap { index, advertiser in
      PlainWord.isOne(advertiser, atMost: CampaignLimits.idCharacters)
        ? nil : .init(pointer: "/advertisers/\(index)", detail: "is no id of an advertiser")
    }
  }
}
