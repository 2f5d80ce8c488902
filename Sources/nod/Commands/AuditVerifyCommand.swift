import ArgumentParser
import ControlStore
import LinuxIO

/// `nod audit verify`: walks the hash chain of the audit log.
struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that no entry of the audit log was changed, dropped or inserted.",
    discussion: """
      Changes nothing, and may run beside the server. Prints the number of entries and the hash \
      of the last. A log that was cut at its end is whole in itself: give a hash that was printed \
      earlier with --head to find that. Exits with 0 when all is well, with 65 when it is not, \
      and with 66 where there is no log.
      """)

  @Flag(name: .long, help: "Print the outcome as JSON.")
  var json = false

  @Option(name: .long, help: "A hash that must be in the log, as an earlier run printed it.")
  var head: String?

  @Argument(help: "The data_dir of a server.")
  var path: String

  func validate() throws {
    guard let head else { return }
    let isHash = head.utf8.count == 64 && head.utf8.allSatisfy { Self.digits.contains($0) }
    if !isHash { throw ValidationError("--head takes 64 digits of 0–9 and a–f.") }
  }

  func run() throws {
    do {
      let verification = try verify()
      try print(verification)
      if !verification.isOK { throw ExitStatus.dataError.exit }
    } catch let failure as CommandFailure {
      Output.error(failure.message)
      throw failure.status.exit
    }
  }

  private func verify() throws(CommandFailure) -> AuditVerification {
    let file = Directory(path).path(of: ControlDatabase.fileName)
    guard let status = try? FileStatus.of(file), status.isRegular else {
      throw CommandFailure(status: .noInput, message: "\(file): no such file")
    }
    do {
      return try AuditVerification(of: ControlDatabase(reading: file), anchor: head)
    } catch {
      throw CommandFailure(status: .dataError, message: "\(file): \(error)")
    }
  }

  private struct Report: Encodable {
    let ok: Bool
    let entries: Int
    let head: String
    let fault: String?
  }

  private func print(_ verification: AuditVerification) throws {
    let fault =
      verification.fault
      ?? (verification.hasAnchor == false
        ? "no entry has the hash \(head ?? ""): the end of the log was cut, or it is another log"
        : nil)
    guard !json else {
      return try Output.json(
        Report(
          ok: verification.isOK, entries: verification.count, head: verification.head,
          fault: fault))
    }
    if let fault { Output.error("audit log: \(fault)") }
    Output.line("\(verification.count) entries fit, head \(verification.head)")
  }

  private static let digits = Set("0123456789abcdef".utf8)
}
