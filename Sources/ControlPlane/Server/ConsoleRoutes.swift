import ConsoleFiles
import Cryptography
import HTTPTypes
import Hummingbird

/// The console's files and the description of the API, which need no key: what they show, they ask
/// the API for.
enum ConsoleRoutes {
  static var all: [ControlRoute] { ConsoleFile.all.map(route) }

  private static func route(of file: ConsoleFile) -> ControlRoute {
    var digest = Digest(.sha256)
    digest.update(file.bytes.rawSpan)
    let tag = "\"\(digest.hexadecimal().prefix(16))\""
    // Browsers ask each time, and are answered without the bytes while they are the same.
    let head: HTTPFields = [.eTag: tag, .cacheControl: "no-cache"]
    return ControlRoute(.get, file.path, .open) { request in
      if request.request.headers[.ifNoneMatch]?.contains(tag) == true {
        return Response(status: .notModified, headers: head)
      }
      var headers = head
      headers[.contentType] = file.contentType
      return Response(
        status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes))
      )
    }
  }
}
