import ConsoleFiles
import Hummingbird

/// What needs no key: the counters, and the files of the console.
struct ServerRoutes {
  let parts: ControlParts

  var all: [ControlRoute] {
    let metrics = parts.metrics
    return [
      ControlRoute(.get, "/metrics", .open) { _ in
        Response(
          status: .ok,
          headers: [
            .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
          ],
          body: ResponseBody(byteBuffer: ByteBuffer(string: metrics())))
      }
    ] + ConsoleFile.all.map(Self.route)
  }

  private static func route(of file: ConsoleFile) -> ControlRoute {
    ControlRoute(.get, file.path, .open) { _ in
      Response(
        status: .ok, headers: [.contentType: file.contentType, .cacheControl: "no-cache"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
  }
}
