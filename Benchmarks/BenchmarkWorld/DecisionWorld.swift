import AudienceIndex
import CampaignDocuments
import Foundation

/// The line items and users that `Benchmarks/world/make-world` made in a folder.
package struct DecisionWorld: Sendable {
  /// Names of the exchanges, in the order of their numbers.
  package static let exchanges = ["open", "strict"]
  /// The spaces of `buyeruid` and of `user.id`.
  static let spaces = [IDSpace(name: "nod"), IDSpace(name: "exchange")]

  /// The advertisers of its document.
  package let advertisers: [Advertiser]
  let store: AudienceStore
  private let knownIDs: UserIDs
  private let unknownIDs: UserIDs

  /// What is wrong with a folder.
  package struct Unfit: Error, CustomStringConvertible {
    /// The file and the matter.
    package let description: String

    /// A matter, with the file it is of.
    package init(_ description: String) { self.description = description }
  }

  /// Reads a folder without changing it.
  ///
  /// - Complexity: O(bytes of the document and of the index).
  package init(_ folder: String) throws {
    let place = URL(filePath: folder)
    let documents = DocumentSet.load(paths: [place.appending(path: "catalog.yaml").path])
    if let problem = documents.problems.first {
      throw Unfit("\(problem.file):\(problem.line): \(problem.message)")
    }
    advertisers = documents.advertisers
    var options = AudienceStore.Options(
      path: place.appending(path: "var/audience").path, spaces: Self.spaces)
    options.isReadOnly = true
    store = try AudienceStore(options)
    knownIDs = try UserIDs(place.appending(path: "known-ids"))
    unknownIDs = try UserIDs(place.appending(path: "unknown-ids"))
  }

  /// Line items of all advertisers.
  package var lineItemCount: Int {
    advertisers.flatMap(\.campaigns).reduce(0) { $0 + $1.lineItems.count }
  }

  /// Users of whom something is known.
  package var userCount: Int { store.info.userCount }

  /// Who asks in a case.
  package func ids(of asked: RequestCase) -> UserIDs { asked.isKnown ? knownIDs : unknownIDs }
}
