import ArgumentParser
import Foundation
import LinuxIO
import LoadGeneration

/// `nod-load slow`: clients that take their time, beside a load that shows what they cost.
struct SlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slow",
    abstract: "Hold connections with clients that send or read a byte now and then.",
    discussion: "What they cost shows in a load that runs beside them.")

  @Argument(help: "The target, such as http://127.0.0.1:8080/openrtb2/example.")
  var target: String

  @Option(help: "What they take their time with: head, body or answers.")
  var with: SlowPlan.Kind

  @Option(help: "A JSON request, or a file with several, of which the first is sent.")
  var corpus: String

  @Option(help: "How many they are; each comes again when it is sent away.")
  var clients = 1_000

  @Option(help: "The time from one byte to the next.")
  var every = TimeValue.seconds(1)

  @Option(help: "How long they go on.")
  var duration = TimeValue.seconds(10)

  func run() throws {
    guard (1...LoadLimits.connections).contains(clients) else {
      throw LoadFailure.usage("--clients: \(clients) is not from 1 to \(LoadLimits.connections)")
    }
    guard every.nanoseconds >= 1_000_000 else {
      throw LoadFailure.usage("--every: wants 1ms or more")
    }
    let plan = try plan(try TargetURL(target))
    let most = (try? OpenFileLimit.raise()) ?? 1024
    guard clients + 64 <= most else {
      throw LoadFailure.system("--clients: only \(most) files may be open (ulimit -n)")
    }
    Terminal.lines([line(try send(plan))])
  }

  private func plan(_ url: TargetURL) throws(LoadFailure) -> SlowPlan {
    let bodies: Corpus
    do { bodies = try Corpus(path: corpus) } catch { throw .data(error.description) }
    let mix = RequestMix(
      host: url.host, paths: [RequestMix.Path(path: url.path)], corpus: bodies)
    var plan = SlowPlan(
      with, to: url.address, mix: mix.prepared(), clients: clients,
      nanoseconds: duration.nanoseconds)
    plan.byteNanoseconds = every.nanoseconds
    return plan
  }

  private func send(_ plan: SlowPlan) throws(LoadFailure) -> SlowResult {
    let board = RunBoard(threads: 1)
    let signals = InterruptWatch(board)
    defer { signals.end() }
    do {
      var slow = try SlowClients(plan)
      slow.run(board: board)
      return slow.result
    } catch {
      throw .system("the clients cannot start: \(error)")
    }
  }

  private func line(_ result: SlowResult) -> String {
    "\(Quantity.grouped(UInt64(clients))) clients, slow with \(with.rawValue): "
      + "\(Quantity.grouped(UInt64(result.opened))) connections opened, "
      + "\(Quantity.grouped(UInt64(result.refused))) refused, "
      + "\(Quantity.grouped(UInt64(result.ended))) ended by the server, "
      + "\(Quantity.grouped(UInt64(result.connected))) there at the end"
  }
}

extension SlowPlan.Kind: ExpressibleByArgument {}
