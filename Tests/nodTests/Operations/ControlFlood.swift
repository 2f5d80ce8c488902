import Foundation
import LinuxIO
import Support

/// Clients that keep a control plane as busy as they can (`Tests/IsolationClients/flood.c`), in a
/// process of their own that has what others leave: they stand for clients on other machines.
final class ControlFlood {
  /// What the clients got.
  struct Answers: Decodable {
    /// How many.
    let answers: Int
    /// Those of status 1xx, 2xx, … 5xx.
    let classes: [Int]

    private enum CodingKeys: String, CodingKey {
      case answers
      case classes = "by_class"
    }

    /// Those that say that the server did as it was asked.
    var good: Int { classes[1] }
    /// Those that say that the server failed.
    var broken: Int { classes[4] }
  }

  /// What a client asks for.
  struct Request {
    var method = "GET"
    var path: String
    var headers: [String] = []
    var body: [UInt8]?

    /// As it is sent.
    fileprivate var bytes: [UInt8] {
      var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers
      if let body { lines.append("Content-Length: \(body.count)") }
      return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }
  }

  /// The files of requests, for one flood after the other.
  struct Plan {
    private let folder: TemporaryFolder
    /// A connection's files, with commas between.
    fileprivate let connections: [String]

    /// - Parameter connections: what each connection asks for in turn.
    init(in folder: TemporaryFolder, _ connections: [[Request]]) throws {
      self.folder = folder
      self.connections = try connections.map { requests in
        try requests.map { request in
          let file = folder.url.appendingPathComponent("\(UUID().uuidString).http")
          try Data(request.bytes).write(to: file)
          return file.path
        }.joined(separator: ",")
      }
    }

    fileprivate func outputFile() throws -> URL { try folder.emptyFile("\(UUID().uuidString).out") }
  }

  private let process: ChildProcess
  private let output: URL

  /// Starts the clients and waits until they are at work.
  init(_ server: ServerProcess, _ plan: Plan) throws {
    output = try plan.outputFile()
    process = try ChildProcess(
      IsolationClients.executable.path, ["flood", "\(server.controlPort)"] + plan.connections,
      output: output.path)
    try server.wait(for: "the flood") { try !Data(contentsOf: output).isEmpty }
  }

  /// Ends the clients once what they asked for is answered.
  func finish() throws -> Answers {
    process.send(SIGTERM)
    _ = process.waitUntilExit()
    let lines = try Data(contentsOf: output).split(separator: 0x0A)
    return try JSONDecoder().decode(Answers.self, from: lines.last ?? Data())
  }
}

/// Connections to a control plane that begin a request and never end it.
final class SlowClients {
  private var sockets: [Descriptor] = []

  /// Opens so many; where the server takes no more they wait in its backlog.
  init(port: UInt16, count: Int) throws {
    for _ in 0..<count {
      let socket = try Socket.connected(to: SocketAddress(host: "127.0.0.1", port: port))
      _ = socket.descriptor.send(Array("POST /v1/apply HTTP/1.1\r\nHost: a\r\nX".utf8).rawSpan)
      sockets.append(socket.release())
    }
  }

  deinit {
    for socket in sockets { socket.close() }
  }
}
