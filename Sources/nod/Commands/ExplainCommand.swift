import ArgumentParser
import AuctionTypes
import AudienceIndex
import BidEngine
import BidServer
import CampaignDocuments
import ControlPlane
import FixedMemory
import Foundation
import LinuxIO

/// `nod explain`: why each line item would or would not bid on a request.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say for each line item why it would or would not bid on a request.",
    discussion: """
      The decision is the server's own, on the documents of the configuration, those that the API \
      left in its data_dir, and the audience and the journal there; a server may have it open. \
      Where both name an advertiser the configuration counts. What bids hold at the moment \
      and frequency caps are not considered. Nothing is spent.
      """)

  /// A server gives up answers far smaller.
  private static let responseBytes = 1 << 20

  @Option(name: .long, help: "The configuration file.")
  var config: String

  @Option(name: .long, help: "The exchange that the request comes from.")
  var exchange: String

  @Flag(name: .long, help: "Print the answer as JSON.")
  var json = false

  @Argument(help: "A file with an OpenRTB bid request.")
  var request: String

  func run() throws {
    let input = try loadInput()
    guard let number = input.configuration.exchanges.firstIndex(where: { $0.name == exchange })
    else {
      let hint = NearestWord.hint(exchange, among: input.configuration.exchanges.map { $0.name })
      throw ValidationError("\(config) has no exchange `\(exchange)`\(hint)")
    }
    let body = try readRequest(limit: input.configuration.bidder.maxBodyBytes)
    let now = WallTime(milliseconds: Clock.realtimeMilliseconds())
    let money = ExplainDesk(input, now: now)
    let note = money.note
    let explanation = try explain(body, exchange: number, input, money, at: now)
    let report = ExplainReport(explanation, exchange: exchange, money: note)
    if json { try Output.json(report) } else { Output.line(report.text) }
    if case .malformed = explanation.outcome { throw ExitStatus.dataError.exit }
  }

  private func loadInput() throws -> ServeInput {
    do {
      return try ServeInput.load(
        path: config, environment: ProcessInfo.processInfo.environment
      ).withStoredDocuments
    } catch {
      Output.problems(error.problems)
      throw ExitStatus.configuration.exit
    }
  }

  private func readRequest(limit: Int) throws -> [UInt8] {
    do {
      return try File.contents(of: request, limit: limit)
    } catch {
      Output.error("\(error)")
      throw ExitStatus.noInput.exit
    }
  }

  private func explain(
    _ body: [UInt8], exchange: Int, _ input: ServeInput, _ money: consuming ExplainDesk,
    at time: WallTime
  ) throws -> Explanation {
    let store = try audience(of: input.configuration)
    let snapshot = BiddingSnapshot(
      input, MoneyInput(numbers: money.numbers, port: input.configuration.bidder.listen.port),
      registry: store?.registry ?? SegmentRegistry(),
      key: store?.hashKey ?? HashKey(first: 0, second: 0), generation: 1)
    var pipeline = BidPipeline(desk: money.desk())
    var response = FixedBuffer(capacity: Self.responseBytes)
    let now = Instant(nanoseconds: Clock.monotonicNanoseconds())
    let context = BidContext(
      exchange: exchange, received: now, now: now, time: time,
      nonce: AuctionNonce(boot: 0, worker: 0, sequence: 0))
    return pipeline.explain(
      body.rawSpan, context, snapshot.catalog, Self.view(of: store), snapshot.spaces,
      into: &response)
  }

  /// The index of the data folder; nil where there is none yet.
  private func audience(of configuration: Configuration) throws -> AudienceStore? {
    let path = Directory(configuration.dataDirectory).path(of: AudienceReading.storeFolder)
    guard try FileStatus.of(path) != nil,
      case .store(let store, _) = try AudienceReading.open(configuration.dataDirectory)
    else { return nil }
    return store
  }

  private static func view(of store: AudienceStore?) -> AudienceView {
    guard let store else { return .empty() }
    return store.view()
  }
}
