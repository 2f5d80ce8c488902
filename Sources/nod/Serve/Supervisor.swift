import LinuxIO
import Logging

/// The service manager that started the server, if one wants to hear of it: systemd with
/// `Type=notify-reload`, or what speaks its protocol.
struct Supervisor {
  private let socket: NotifySocket?
  private let watchdogNanoseconds: UInt64?
  private let logger = Logger(label: "nod")
  private var lastSign: UInt64 = 0

  /// The manager that the environment names (`NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`).
  init(environment: [String: String], processIdentifier: Int32) {
    socket = environment["NOTIFY_SOCKET"].flatMap { NotifySocket($0) }
    let isMine = environment["WATCHDOG_PID"].map { $0 == "\(processIdentifier)" } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap { UInt64($0) } ?? 0
    watchdogNanoseconds =
      isMine && (1...(UInt64.max / 1_000)).contains(microseconds) ? microseconds * 1_000 : nil
    if environment["NOTIFY_SOCKET"] != nil, socket == nil {
      logger.log(.warning, .notify, "NOTIFY_SOCKET is no path and no abstract name")
    }
  }

  /// The server serves, which a line says.
  func ready(_ status: String) { send("READY=1\nSTATUS=\(Self.oneLine(status))") }

  /// The server reads its configuration again; ``ready(_:)`` follows, whatever comes of it.
  func reloading(now: UInt64 = Clock.monotonicNanoseconds()) {
    send("RELOADING=1\nMONOTONIC_USEC=\(now / 1_000)\nSTATUS=reloading")
  }

  /// The server ends.
  func stopping() { send("STOPPING=1\nSTATUS=answering what is under way") }

  /// What `systemctl status` shows.
  func status(_ status: String) { send("STATUS=\(Self.oneLine(status))") }

  /// A sign of life, three times within the time that the manager waits for one.
  mutating func giveSignOfLife(now: UInt64 = Clock.monotonicNanoseconds()) {
    guard let watchdogNanoseconds, now >= lastSign + watchdogNanoseconds / 3 else { return }
    lastSign = now
    send("WATCHDOG=1")
  }

  private func send(_ message: String) {
    do {
      try socket?.send(message)
    } catch {
      logger.log(.warning, .notify, "the service manager cannot be told: \(error)")
    }
  }

  private static func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }
}
