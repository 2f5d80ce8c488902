import Foundation

/// What campaigns have spent, by the ledger and by who charged them.
struct Spend {
  /// A campaign's micros, each side rounded down once.
  struct Line: Equatable {
    let campaign: String
    let bookedMicros: Int
    let paidMicros: Int
  }

  /// By campaign.
  let lines: [Line]

  /// What the ledger has booked of what was charged.
  init(_ notices: Notices, booked: (_ campaign: String) throws -> Int) rethrows {
    lines = try notices.paidNanos.sorted { $0.key < $1.key }.map { campaign, nanos in
      Line(campaign: campaign, bookedMicros: try booked(campaign), paidMicros: nanos / 1_000)
    }
  }

  /// Fails where the ledger differs by a micro.
  func expectExact(_ source: String) throws {
    for line in lines where line.bookedMicros != line.paidMicros {
      throw Failure(
        "\(line.campaign): \(line.paidMicros) micros were charged, \(source) has "
          + "\(line.bookedMicros)")
    }
  }
}

/// What `nod ledger verify` says of a folder that no server holds.
struct LedgerCheck: Decodable {
  struct Account: Decodable {
    let account: String
    let settledMicros: Int

    private enum CodingKeys: String, CodingKey {
      case account
      case settledMicros = "settled_micros"
    }
  }

  let ok: Bool
  let accounts: [Account]

  /// Runs the command.
  init(executable: String, folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["ledger", "verify", "--json", folder]
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    do { try process.run() } catch { throw Failure("\(executable) cannot be started") }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let check = try? JSONDecoder().decode(Self.self, from: data)
    else { throw Failure("`nod ledger verify` ended with \(process.terminationStatus)") }
    self = check
  }

  /// The micros that a campaign has settled.
  func settledMicros(of campaign: String) throws -> Int {
    guard let account = accounts.first(where: { $0.account == "acme/\(campaign)" }) else {
      throw Failure("`nod ledger verify` knows no campaign \(campaign)")
    }
    return account.settledMicros
  }
}
