/// The steps after which a crash leaves a different trace on the disk, in their order.
enum IngestStep: CaseIterable, Sendable {
  /// The file was read and its lines are staged.
  case staged
  /// The marker that an upload is being applied is on the disk.
  case marked
  /// The store has made the rows durable.
  case committed
  /// Bids see the rows.
  case published
  /// The report stands in the folder that the file will go to.
  case reported
  /// The file stands beside its report.
  case moved
}
