extension Campaign {
  /// The campaign as a document has it, without line items.
  var ownNode: DocumentNode {
    .map([
      "id": .string(id),
      "status": .string(status.rawValue),
      "flight": flight.node,
      "budget": budget.node,
      "timezone": .string(timeZone),
      "frequency_caps": .listUnlessEmpty(frequencyCaps) { $0.node },
    ])
  }
}

extension Flight {
  /// The flight as a document has it; an end that is open is left out.
  var node: DocumentNode {
    .map([
      "start": startMilliseconds.map { .string(InstantText.spelled($0)) },
      "end": endMilliseconds.map { .string(InstantText.spelled($0)) },
    ])
  }
}

extension Budget {
  /// The budget as a document has it; a limit that is not set is left out.
  var node: DocumentNode {
    .map([
      "total_micros": totalMicros.map { .plain($0) },
      "daily_micros": dailyMicros.map { .plain($0) },
    ])
  }
}

extension FrequencyCap {
  /// The cap as a document has it.
  var node: DocumentNode {
    .map([
      "impressions": .plain(impressions),
      "per": .string(DurationText.spelled(periodSeconds * 1_000)),
      "allow_unidentified": allowsUnidentified ? .plain(true) : nil,
    ])
  }
}
