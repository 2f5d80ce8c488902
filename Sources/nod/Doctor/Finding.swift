import Foundation

/// What a check of `nod doctor` came to.
struct Finding: Encodable, Equatable {
  /// How bad it is.
  enum Grade: String, Encodable {
    case ok
    /// The server works, but less well or less safely than it could.
    case warn
    /// The server does not start, loses money, or breaks what is promised.
    case fail
  }

  /// The name of the check, which stays.
  let check: String
  /// How bad it is.
  let grade: Grade
  /// What was found.
  let found: String
  /// What to do, where there is something to do.
  let advice: String?

  /// Nothing to do.
  static func ok(_ check: String, _ found: String) -> Finding {
    Finding(check: check, grade: .ok, found: found, advice: nil)
  }

  /// Something that could be better.
  static func warn(_ check: String, _ found: String, _ advice: String) -> Finding {
    Finding(check: check, grade: .warn, found: found, advice: advice)
  }

  /// Something that must be mended.
  static func fail(_ check: String, _ found: String, _ advice: String) -> Finding {
    Finding(check: check, grade: .fail, found: found, advice: advice)
  }

  /// One line, and a second with the advice.
  var text: String {
    let head = grade.rawValue.padding(toLength: 5, withPad: " ", startingAt: 0)
    let name = check.padding(toLength: 29, withPad: " ", startingAt: 0)
    return "\(head) \(name) \(found)" + (advice.map { "\n      → \($0)" } ?? "")
  }
}
