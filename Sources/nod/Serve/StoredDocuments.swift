import CampaignDocuments
import ControlPlane
import ControlStore
import LinuxIO

/// The documents that the API left in a data folder, for who only reads them; a server may hold it.
struct StoredDocuments {
  private let store: DocumentStore
  /// Advertisers that a start puts in force beside those of the configuration, unless it names
  /// them.
  let kept: Set<String>

  /// The documents of a configuration's data folder; nil where there are none that can be read.
  init?(_ configuration: Configuration) {
    let path = Directory(configuration.dataDirectory).path(of: ControlDatabase.fileName)
    guard let status = try? FileStatus.of(path), status.isRegular,
      let database = try? ControlDatabase(reading: path)
    else { return nil }
    store = DocumentStore(database)
    guard let origins = try? store.origins() else { return nil }
    kept = Set(origins.filter { $0.value != .configuration }.keys)
  }

  /// The advertisers that a start would put in force beside those of a configuration.
  func advertisers(beside input: ServeInput) -> StoredAdvertisers? {
    let named = Set(input.documents.advertisers.map { $0.id })
    guard let all = try? store.origins().keys else { return nil }
    return try? StoredAdvertisers(
      store, except: Set(all).subtracting(kept.subtracting(named)),
      known: input.configuration.knownReferences)
  }
}

extension ServeInput {
  /// The same with what the API left in the data folder, as the next start would have it.
  var withStoredDocuments: ServeInput {
    guard let stored = StoredDocuments(configuration)?.advertisers(beside: self),
      !stored.advertisers.isEmpty
    else { return self }
    return with(
      (documents.advertisers + stored.advertisers.values).sorted { $0.id < $1.id })
  }
}
