import FixedMemory
import Foundation
import LinuxIO

/// The event loop of a ``StubServer``.
struct StubLoop: ~Copyable {
  private struct Peer {
    let descriptor: Descriptor
    var bytes: [UInt8] = []
    var answers = 0
  }

  private let behaviour: StubServer.Behaviour
  private let listener: Descriptor
  private var poller: Poller
  private var peers: [UInt64: Peer] = [:]
  private var served = 0
  private(set) var accepted = 0

  init(_ behaviour: StubServer.Behaviour, listener: Descriptor) {
    self.behaviour = behaviour
    self.listener = listener
    guard let poller = try? Poller(), (try? poller.add(listener, token: 0)) != nil else {
      preconditionFailure("no poller")
    }
    self.poller = poller
  }

  /// Serves what is there; each request is noted before it is answered.
  mutating func turn(_ note: (String) -> Void) {
    for index in 0..<poller.wait(timeoutMilliseconds: 20) {
      let token = poller.event(at: index).token
      if token == 0 { accept() } else { read(token, note) }
    }
  }

  mutating func close() {
    for peer in peers.values { peer.descriptor.close() }
    listener.close()
  }

  private mutating func accept() {
    while let descriptor = try? listener.accept() {
      accepted += 1
      let token = UInt64(accepted)
      peers[token] = Peer(descriptor: descriptor)
      try? poller.add(descriptor, token: token)
    }
  }

  private mutating func read(_ token: UInt64, _ note: (String) -> Void) {
    guard var peer = peers[token] else { return }
    var buffer = FixedBuffer(capacity: 65_536)
    guard case .bytes(let count) = peer.descriptor.receive(into: &buffer) else {
      return drop(token)
    }
    if behaviour.resetsAtOnce {
      peer.descriptor.resetOnClose()
      return drop(token)
    }
    peer.bytes += (0..<count).map { buffer.bytes.byte(at: $0) }
    peers[token] = peer
    while let request = takeRequest(token) {
      note(request)
      guard answer(token) else { return }
    }
  }

  private mutating func drop(_ token: UInt64) {
    peers[token]?.descriptor.close()
    peers[token] = nil
  }

  private mutating func takeRequest(_ token: UInt64) -> String? {
    guard let bytes = peers[token]?.bytes else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let head = text[..<end.lowerBound]
    let length =
      head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
      .flatMap { Int($0.dropFirst(16)) } ?? 0
    let size = head.utf8.count + 4 + length
    guard bytes.count >= size else { return nil }
    peers[token]?.bytes.removeFirst(size)
    return String(decoding: bytes.prefix(size), as: UTF8.self)
  }

  /// Whether the connection goes on.
  private mutating func answer(_ token: UInt64) -> Bool {
    served += 1
    if let stall = behaviour.stall, served == stall.afterRequests {
      usleep(stall.milliseconds * 1_000)
    }
    if behaviour.microseconds > 0 { usleep(behaviour.microseconds) }
    guard let peer = peers[token] else { return false }
    if served % behaviour.resetsEvery == 0 {
      peer.descriptor.resetOnClose()
      drop(token)
      return false
    }
    let bytes = behaviour.answerBytes ?? Array(behaviour.answer.utf8)
    _ = peer.descriptor.send(bytes.rawSpan)
    peers[token]?.answers += 1
    guard peer.answers + 1 < behaviour.answersPerConnection else {
      drop(token)
      return false
    }
    return true
  }
}
