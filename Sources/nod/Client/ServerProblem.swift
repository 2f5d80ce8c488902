import CampaignDocuments

/// A refusal of a control plane: a problem document (RFC 9457), or what stands for one.
struct ServerProblem: Equatable {
  /// One value that is wrong.
  struct Fault: Equatable {
    /// Where it stands in what was sent.
    let pointer: String
    /// What is wrong.
    let detail: String
  }

  /// The status of the answer.
  let status: Int
  /// What went wrong, a sentence.
  let detail: String
  /// Every value that is wrong.
  let faults: [Fault]

  /// The refusal in an answer; nil where it is none.
  init?(_ answer: ClientAnswer) {
    guard !(200..<300).contains(answer.status) else { return nil }
    let document = DocumentNode(json: answer.body)
    status = answer.status
    detail =
      document?["detail"]?.text ?? document?["title"]?.text ?? "the server answered \(status)"
    faults = (document?["errors"]?.elements ?? []).map { fault in
      Fault(pointer: fault["pointer"]?.text ?? "", detail: fault["detail"]?.text ?? "")
    }
  }

  /// The status that a command exits with: what the document says is wrong, what the key may not,
  /// or a server that does not do what it should.
  var exitStatus: ExitStatus {
    switch status {
    case 401, 403: .noPermission
    case 404, 405, 408, 429, 500...: .unavailable
    default: .dataError
    }
  }

  /// The refusal as what ends a command, without its faults.
  func failure(of server: ServerURL) -> CommandFailure {
    CommandFailure(status: exitStatus, message: "\(server): \(status): \(detail.quotableText)")
  }
}

extension String {
  /// The text on one line, for a terminal: what a server says may hold anything.
  var quotableText: String { String(prefix(1_000)).onOneLine }
}
