import Foundation
import Support

/// A job of an upload as the API shows it.
struct SeenUpload: Decodable {
  struct Report: Decodable {
    struct Lines: Decodable {
      let received: Int
      let stored: Int
    }
    struct Fault: Decodable {
      let line: Int
      let text: String
    }

    let lines: Lines
    let errors: [Fault]
    let generation: UInt64
  }

  let id: String
  let file: String
  let state: String
  let bytes: Int?
  let createdBy: String?
  let reason: String?
  let report: Report?

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}

extension ServerProcess {
  /// Asks the control plane on a connection of its own.
  func ask(
    _ method: String, _ path: String, headers: [String] = [], body: [UInt8]? = nil
  ) throws -> TestAnswer {
    var client = try TestClient(port: controlPort)
    return try client.request(method, path, headers: [try authorization()] + headers, body: body)
  }

  /// Uploads a file; the answer must be a job.
  func upload(
    _ file: String, path: String? = nil, headers: [String] = [], body: [UInt8]
  ) throws -> SeenUpload {
    let path = path ?? AudienceUploadTests.path(of: file)
    let answer = try ask("POST", "/v1/audience-uploads\(path)", headers: headers, body: body)
    guard answer.status == 202 else {
      throw Failure(description: "\(answer.status): \(answer.text)")
    }
    return try SeenUpload.decoder.decode(SeenUpload.self, from: Data(answer.body))
  }

  /// Uploads a file that waits for its manifest, chunk by chunk.
  func send(_ chunk: [UInt8], times: Int, as file: String) throws {
    var client = try TestClient(port: controlPort)
    let path = AudienceUploadTests.path(of: file, source: "waits")
    let head =
      "POST /v1/audience-uploads\(path) HTTP/1.1\r\nHost: a\r\n\(try authorization())\r\n"
      + "Content-Length: \(chunk.count * times)\r\n\r\n"
    try client.send(Array(head.utf8))
    for _ in 0..<times { try client.send(chunk) }
    let answer = try client.answer()
    guard answer.status == 202 else {
      throw Failure(description: "\(answer.status): \(answer.text)")
    }
  }

  /// Waits until a job has ended.
  func waitForJob(_ id: String, seconds: Double = Patience.seconds) throws -> SeenUpload {
    var job: SeenUpload?
    try wait(seconds: seconds, for: "the end of the job \(id)") {
      let answer = try ask("GET", "/v1/audience-uploads/\(id)")
      job = try SeenUpload.decoder.decode(SeenUpload.self, from: Data(answer.body))
      return ["done", "rejected", "failed"].contains(job?.state)
    }
    guard let job else { throw Failure(description: "no job \(id)") }
    return job
  }

  /// All jobs, newest first.
  func jobs() throws -> [SeenUpload] {
    struct Page: Decodable { let items: [SeenUpload] }
    let answer = try ask("GET", "/v1/audience-uploads")
    return try SeenUpload.decoder.decode(Page.self, from: Data(answer.body)).items
  }

  /// The users of each segment.
  func sizes() throws -> [String: Int] {
    struct Segment: Decodable {
      let segment: String
      let users: Int
    }
    struct Page: Decodable { let items: [Segment] }
    let answer = try ask("GET", "/v1/segments")
    let items = try JSONDecoder().decode(Page.self, from: Data(answer.body)).items
    return Dictionary(uniqueKeysWithValues: items.map { ($0.segment, $0.users) })
  }

  /// Bytes of an upload that are there.
  func offset(_ path: String) throws -> Int {
    let answer = try ask("GET", "/v1/audience-uploads/offset\(path)")
    return answer.header("Upload-Offset").flatMap { Int($0) } ?? 0
  }

  /// Bytes of memory that the server holds.
  func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
  }
}
