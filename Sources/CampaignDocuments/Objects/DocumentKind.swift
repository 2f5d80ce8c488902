/// The kinds of objects that documents are made of; their order is the one they are listed in.
package enum DocumentKind: String, Sendable, CaseIterable, Hashable {
  /// Who pays.
  case advertiser
  /// What is shown.
  case creative
  /// Line items that share a budget, a flight and a time zone.
  case campaign
  /// What is bid for.
  case lineItem = "line-item"
}
