import Hummingbird

/// What each path of the control plane answers.
struct ControlRoutes: Sendable {
  /// The counters as Prometheus' text.
  let metrics: @Sendable () -> String

  /// The answer to a request; paths that are not built yet do not exist.
  func response(to request: Request) -> Response {
    guard request.uri.path == "/metrics" else {
      return ProblemDocument(
        status: .notFound, detail: "There is nothing at \(request.uri.path.prefix(200))."
      ).response
    }
    switch request.method {
    case .get: return text(metrics())
    case .head: return headOnly(text(metrics()))
    default:
      var response = ProblemDocument(
        status: .methodNotAllowed, detail: "Metrics are read with GET."
      ).response
      response.headers[.allow] = "GET, HEAD"
      return response
    }
  }

  private func text(_ text: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// The length of a body that is not sent.
  private func headOnly(_ response: Response) -> Response {
    let count = response.body.contentLength
    return Response(
      status: response.status, headers: response.headers,
      body: ResponseBody(contentLength: count) { writer in try await writer.finish(nil) })
  }
}
