import FixedMemory
import LinuxIO
import Support
import Testing

@Suite(.timeLimit(.minutes(10))) struct SocketTests {
  private static let loopback = SocketAddress(host: "127.0.0.1", port: 0)

  /// A listener, a client and the server's end of it.
  private static func connectedPair() throws -> (client: Descriptor, server: Descriptor) {
    let listener = try Socket.listening(at: loopback, sharingPort: true)
    let address = SocketAddress(host: "127.0.0.1", port: try listener.localPort())
    let client = try Socket.connected(to: address).release()
    var server: Descriptor?
    while server == nil { server = try listener.descriptor.accept() }
    return (client, try #require(server))
  }

  private static func send(_ bytes: [UInt8], on descriptor: Descriptor) -> Descriptor.Transfer {
    GuardedBytes(bytes).withBytes { descriptor.send($0) }
  }

  @Test func movesBytesBothWays() throws {
    let (client, server) = try Self.connectedPair()
    defer {
      client.close()
      server.close()
    }
    var buffer = FixedBuffer(capacity: 16)
    var outcome = server.receive(into: &buffer)
    #expect(outcome == .wouldBlock)
    let hello = Array("hello".utf8)
    #expect(Self.send(hello, on: client) == .bytes(5))
    outcome = server.receive(into: &buffer, limit: 2)
    #expect(outcome == .bytes(2))
    outcome = server.receive(into: &buffer)
    #expect(outcome == .bytes(3))
    let isHello = buffer.bytes.equals("hello")
    #expect(isHello)
    #expect(Self.send(hello, on: server) == .bytes(5))
    buffer.removeAll()
    outcome = client.receive(into: &buffer)
    #expect(outcome == .bytes(5))
  }

  @Test func readsBehindParkedBytes() throws {
    let (client, server) = try Self.connectedPair()
    defer {
      client.close()
      server.close()
    }
    var lot = ParkingLot(
      small: .init(bytes: 4, count: 1), medium: .init(bytes: 8, count: 1),
      large: .init(bytes: 16, count: 1))
    var parked = ParkedBytes()
    let isParked = GuardedBytes(Array("ab".utf8)).withBytes { lot.park($0, in: &parked) }
    #expect(isParked)
    #expect(Self.send(Array("0123456789".utf8), on: client) == .bytes(10))
    for expected in [2, 4, 4] {
      let hasRoom = lot.makeRoom(for: &parked)
      #expect(hasRoom)
      let result = server.receive(into: &lot, &parked)
      #expect(result == .bytes(expected))
    }
    let isAll = lot.bytes(parked).equals("ab0123456789")
    #expect(isAll)
  }

  @Test func tellsTheEndFromAReset() throws {
    var buffer = FixedBuffer(capacity: 16)
    let (client, server) = try Self.connectedPair()
    client.finishSending()
    while server.receive(into: &buffer) == .wouldBlock {}
    var outcome = server.receive(into: &buffer)
    #expect(outcome == .ended)
    client.close()
    server.close()
    let (second, peer) = try Self.connectedPair()
    second.resetOnClose()
    second.close()
    outcome = peer.receive(into: &buffer)
    while outcome == .wouldBlock { outcome = peer.receive(into: &buffer) }
    #expect(outcome == .failed(Errno(rawValue: 104)))
    peer.close()
  }

  @Test func sharesAPort() throws {
    let first = try Socket.listening(at: Self.loopback, sharingPort: true)
    let port = try first.localPort()
    #expect(port > 0)
    let address = SocketAddress(host: "127.0.0.1", port: port)
    let second = try Socket.listening(at: address, sharingPort: true)
    let secondPort = try second.localPort()
    #expect(secondPort == port)
    #expect(throws: Errno.self) { _ = try Socket.listening(at: address, sharingPort: false) }
    let nobody = try second.descriptor.accept()
    #expect(nobody == nil)
  }

  @Test func pollsForReadsAndWrites() throws {
    let (client, server) = try Self.connectedPair()
    defer {
      client.close()
      server.close()
    }
    var poller = try Poller(capacity: 4)
    try poller.add(server, token: 0xFFFF_FFFF_0000_0007)
    var count = poller.wait(timeoutMilliseconds: 0)
    #expect(count == 0)
    let byte: [UInt8] = [1]
    #expect(Self.send(byte, on: client) == .bytes(1))
    count = poller.wait(timeoutMilliseconds: 1000)
    #expect(count == 1)
    let event = poller.event(at: 0)
    #expect(event.token == 0xFFFF_FFFF_0000_0007)
    #expect(event.isReadable && !event.isWritable && !event.isBroken)
    count = poller.wait(timeoutMilliseconds: 0)
    #expect(count == 1, "level-triggered")
    try poller.change(server, token: 8, for: .write)
    count = poller.wait(timeoutMilliseconds: 1000)
    #expect(count == 1)
    let writable = poller.event(at: 0)
    #expect(writable.isWritable)
    try poller.change(server, token: 8, for: .broken)
    count = poller.wait(timeoutMilliseconds: 0)
    #expect(count == 0)
    try poller.remove(server)
    do throws(Errno) {
      try poller.remove(server)
      Issue.record("removed twice")
    } catch {
      #expect(error == .notFound)
    }
  }

  @Test func wakesAPoller() throws {
    let signal = try EventSignal()
    var poller = try Poller()
    try poller.add(signal.descriptor, token: 1)
    let thread = try Thread(name: "nod-test") {
      signal.signal()
      signal.signal()
    }
    var count = poller.wait(timeoutMilliseconds: 5000)
    #expect(count == 1)
    thread.join()
    #expect(signal.clear())
    #expect(!signal.clear())
    count = poller.wait(timeoutMilliseconds: 0)
    #expect(count == 0)
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1", 8080), ("0.0.0.0:0", "0.0.0.0", 0),
    ("[::1]:65535", "::1", 65535),
  ])
  func readsAddresses(_ text: String, _ host: String, _ port: UInt16) throws {
    let address = try #require(SocketAddress(text))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.description == text)
  }

  @Test(arguments: [
    "", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+1", "::1:80", "[::1]",
    "localhost:80", "[127.0.0.1]:80", "1.2.3:80", "127.0.0.1:8 ",
  ])
  func refusesWhatIsNoAddress(_ text: String) {
    #expect(SocketAddress(text) == nil)
  }
}
