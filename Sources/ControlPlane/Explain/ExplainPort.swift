/// How the running server explains requests: by the snapshots and budgets of the moment, spending
/// nothing.
package struct ExplainPort: Sendable {
  /// Why there is no explanation.
  package enum Failure: Error {
    /// So many wait already that this one is not taken.
    case busy
  }

  /// The exchanges of the configuration.
  package var exchanges: [String]
  /// The longest body that the data plane takes.
  package var bodyBytes: Int
  /// Explains a request of an exchange, which is given by its place in ``exchanges``; decides as if
  /// there were no other advertisers than those named, where any are.
  ///
  /// Throws ``Failure``.
  package var explain:
    @Sendable (_ exchange: Int, _ body: [UInt8], _ advertisers: Set<String>?) async throws ->
      ExplainReport

  package init(
    exchanges: [String], bodyBytes: Int,
    explain: @escaping @Sendable (Int, [UInt8], Set<String>?) async throws -> ExplainReport
  ) {
    self.exchanges = exchanges
    self.bodyBytes = bodyBytes
    self.explain = explain
  }

  /// Of a server without exchanges.
  static var none: ExplainPort {
    ExplainPort(exchanges: [], bodyBytes: 1) { _, _, _ in throw Failure.busy }
  }
}
