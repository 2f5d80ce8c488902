import ControlStore
import Synchronization

/// What an upload was asked for with.
struct UploadRequest: Sendable {
  let source: AudiencePort.Source
  /// The file's name in the inbox.
  let file: String
  /// The hash that the file must have, in lower-case hexadecimal.
  var sha256: String?
  /// Where its bytes go on; nil to begin at the start.
  var offset: Int?
  /// Bytes of the body, where they were declared.
  var length: Int?
  let keyID: String
  let keyName: String
  /// The request's id in the logs.
  let requestID: String
}

/// An upload under way.
final class UploadTicket: Sendable {
  let request: UploadRequest
  private let opened = Mutex<(partial: PartialFile, job: UploadJob)?>(nil)

  init(_ request: UploadRequest) { self.request = request }

  var name: UploadName { UploadName(source: request.source.name, file: request.file) }

  /// Its file, once it is open.
  var partial: PartialFile? { opened.withLock { $0?.partial } }

  /// Its job, once the file is open.
  var job: UploadJob? { opened.withLock { $0?.job } }

  /// Says where its bytes go.
  func open(_ partial: PartialFile, _ job: UploadJob) {
    opened.withLock { $0 = (partial, job) }
  }

  /// Whether it may take the place of another: the same content, gone on with.
  func goesOn(with other: UploadTicket) -> Bool {
    request.offset != nil && request.sha256 != nil && request.sha256 == other.request.sha256
  }
}
