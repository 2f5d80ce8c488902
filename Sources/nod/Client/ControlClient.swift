import FixedMemory
import Foundation
import LinuxIO

/// A client of a control plane: one connection a request, which it waits for.
///
/// It speaks HTTP/1.1 over the sockets that Nod has anyway: URLSession would link libcurl and
/// thirty more libraries into the bidder.
struct ControlClient: Sendable {
  /// Where the control plane is.
  let server: ServerURL
  private let key: ClientKey

  /// A client of a server with a key.
  init(server: ServerURL, key: ClientKey) {
    self.server = server
    self.key = key
  }

  /// The answer to a request, whatever its status.
  ///
  /// - Throws: a ``CommandFailure`` with `unavailable` where there is none.
  func send(_ request: ClientRequest) throws(CommandFailure) -> ClientAnswer {
    let socket = try connected()
    let failure = try sent(request, over: socket.descriptor)
    do {
      return try answer(over: socket.descriptor)
    } catch {
      throw unavailable(failure.map { "\($0)" } ?? error.reason)
    }
  }

  private func connected() throws(CommandFailure) -> Socket {
    var reason = "no such host"
    for address in addresses {
      do {
        return try Socket.connected(
          to: address, timeoutMilliseconds: ClientLimits.connectMilliseconds)
      } catch {
        reason = error == Errno(rawValue: EINPROGRESS) ? "no answer in time" : "\(error)"
      }
    }
    throw unavailable("\(reason); is `nod serve` running there?")
  }

  /// The addresses of the host, those of IPv4 first: `nod serve` listens there.
  private var addresses: [SocketAddress] {
    if SocketAddress(server.authority) != nil {
      return [SocketAddress(host: server.host, port: server.port)]
    }
    return Host(name: server.host).addresses
      .sorted { !$0.contains(":") && $1.contains(":") }
      .map { SocketAddress(host: $0, port: server.port) }
  }

  /// Sends the request; what stopped it, if anything did, since a server may refuse a request
  /// before it has read it all, and then its answer counts.
  private func sent(
    _ request: ClientRequest, over descriptor: Descriptor
  ) throws(CommandFailure) -> Errno? {
    do {
      try descriptor.setTimeout(milliseconds: ClientLimits.idleMilliseconds)
    } catch {
      throw unavailable("\(error)")
    }
    for bytes in [request.head(for: server, key: key), request.body?.bytes ?? []] {
      var place = 0
      while place < bytes.count {
        switch descriptor.send(bytes.rawSpan.slice(place, bytes.count - place)) {
        case .bytes(let count): place += count
        case .wouldBlock, .ended: return Errno(rawValue: ETIMEDOUT)
        case .failed(let failure): return failure
        }
      }
    }
    return nil
  }

  private func answer(
    over descriptor: Descriptor
  ) throws(AnswerReader.Malformed) -> ClientAnswer {
    var reader = AnswerReader()
    var input = FixedBuffer(capacity: 256 << 10)
    while true {
      switch descriptor.receive(into: &input) {
      case .bytes:
        try reader.take(input.bytes)
        input.removeAll()
        if let answer = reader.finished { return answer }
      case .ended: return try reader.end()
      case .wouldBlock:
        throw .init(reason: "sent nothing for \(ClientLimits.idleMilliseconds / 1_000) s")
      case .failed(let failure): throw .init(reason: "\(failure)")
      }
    }
  }

  private func unavailable(_ reason: String) -> CommandFailure {
    CommandFailure(status: .unavailable, message: "\(server): \(reason)")
  }
}
