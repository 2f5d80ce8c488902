/// The problems found so far in one file.
///
/// Readers share it by reference, so that each can go on after a problem and all are reported.
package final class ProblemLog {
  /// The file's name.
  package let file: String
  /// What was recorded, in the order of discovery, at most `DocumentLimits.problems` of each
  /// severity and a last one that says so.
  package private(set) var problems: [Problem] = []
  private var errorCount = 0
  private var warningCount = 0

  /// An empty log of a file.
  package init(file: String) {
    self.file = file
  }

  /// Whether an error was recorded.
  package var hasErrors: Bool { errorCount > 0 }

  /// Whether errors past the maximum are no longer kept, so that looking for more is idle.
  package var isFull: Bool { errorCount > DocumentLimits.problems }

  /// Records a problem at a place of the file.
  package func record(
    _ message: String, line: Int, at pointer: DocumentPointer = .root,
    severity: Problem.Severity = .error
  ) {
    let count = counted(severity)
    guard count <= DocumentLimits.problems + 1 else { return }
    let isLast = count == DocumentLimits.problems + 1
    problems.append(
      Problem(
        file: file, line: isLast ? 0 : line, pointer: isLast ? "" : pointer.description,
        message: isLast ? "more problems than the \(DocumentLimits.problems) shown" : message,
        severity: severity))
  }

  /// Records a problem that was found before.
  func record(_ problem: Problem) {
    if counted(problem.severity) <= DocumentLimits.problems + 1 { problems.append(problem) }
  }

  private func counted(_ severity: Problem.Severity) -> Int {
    switch severity {
    case .error:
      errorCount += 1
      return errorCount
    case .warning:
      warningCount += 1
      return warningCount
    }
  }
}
