import Hummingbird

/// What needs no key: the counters, and the files of the console.
struct ServerRoutes {
  let parts: ControlParts

  var all: [ControlRoute] {
    let metrics = MetricsText(parts.metrics)
    return [
      ControlRoute(.get, "/metrics", .open) { _ in
        Response(
          status: .ok,
          headers: [
            .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
          ],
          body: ResponseBody(byteBuffer: await metrics.text()))
      }
    ] + ConsoleRoutes.all
  }
}
