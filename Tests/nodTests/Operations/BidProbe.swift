import Foundation

/// Asks a server for bids at planned times, whatever it does meanwhile, and notes how long each
/// took since its time (`Tests/IsolationClients/probe.c`).
///
/// It is a process: a thread of the test would wait for the test.
struct BidProbe {
  /// What a time of asking came to; times are microseconds.
  struct Slice: Decodable {
    let bids: Int
    /// Answers 204.
    let noBids: Int
    /// Other answers, connections that broke, and what was not answered in a minute.
    let failed: Int
    let median: Double
    let percentile99: Double
    /// The 99th percentile of what the probe itself sent too late; it is part of the other times.
    let lateness99: Double

    private enum CodingKeys: String, CodingKey {
      case bids
      case noBids = "no_bids"
      case failed
      case median = "p50_us"
      case percentile99 = "p99_us"
      case lateness99 = "late_p99_us"
    }
  }

  private let server: ServerProcess
  private let bodyFile: String

  /// Probes a server with the same request again and again.
  init(_ server: ServerProcess, body: String) throws {
    self.server = server
    bodyFile = try server.folder.write(body, to: "probe.json")
  }

  /// Asks for so many bids a second for a time.
  func ask(perSecond rate: Int, seconds: Double) throws -> Slice {
    let outcome = try NodProcess.run(
      ["probe", "\(server.port)", "/openrtb2/example", bodyFile, "\(rate)", "\(seconds)"],
      in: server.folder, executable: IsolationClients.executable)
    guard outcome.status == 0 else {
      throw ServerProcess.Failure(description: "the probe: \(outcome.errors)")
    }
    return try JSONDecoder().decode(Slice.self, from: Data(outcome.output.utf8))
  }
}

/// The program of the probe and of the flood, which the build puts beside the tests.
enum IsolationClients {
  static var executable: URL {
    NodProcess.buildFolder.appendingPathComponent("isolation-clients")
  }
}
