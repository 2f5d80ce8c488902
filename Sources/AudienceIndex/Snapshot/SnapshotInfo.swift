/// The figures of a snapshot file or of a data folder.
package struct SnapshotInfo: Equatable, Sendable {
  /// The figures of one layer.
  package struct Layer: Equatable, Sendable {
    /// The file's name.
    package var name: String
    package var generation: UInt64
    package var userCount: Int
    package var membershipCount: Int
    /// The file's length.
    package var byteCount: Int
    /// Bytes that bid time reads: directory, buckets, exceptions, ranks.
    package var bidTimeByteCount: Int
    /// Users whose fingerprint another user has, kept under their whole keys.
    package var exceptionCount: Int
    /// When the first membership ends, in seconds since 1970; 0 for never.
    package var earliestExpirySeconds: UInt32
    /// When it was written, in seconds since 1970.
    package var createdSeconds: Int64
    /// Name and checksum of each section.
    package var checksums: [Checksum]
  }

  /// A section of a file and the sum of its bytes.
  package struct Checksum: Equatable, Sendable {
    package var section: String
    package var byteCount: Int
    package var sum: UInt64
  }

  package var generation: UInt64 = 0
  package var userCount = 0
  package var membershipCount = 0
  package var segmentCount = 0
  package var suppressedCount = 0
  /// Newest first.
  package var layers: [Layer]

  init(_ layers: [Layer]) { self.layers = layers }

  /// The length of all layers.
  package var byteCount: Int { layers.reduce(0) { $0 + $1.byteCount } }

  /// What bid time reads, in bytes.
  package var bidTimeByteCount: Int { layers.reduce(0) { $0 + $1.bidTimeByteCount } }

  /// Bytes that bid time reads, a user; 0 without users.
  package var bytesPerUser: Double {
    userCount == 0 ? 0 : Double(bidTimeByteCount) / Double(userCount)
  }

  /// Bytes that bid time reads, a membership; 0 without memberships.
  package var bytesPerMembership: Double {
    membershipCount == 0 ? 0 : Double(bidTimeByteCount) / Double(membershipCount)
  }
}

extension SharedLayer {
  var info: SnapshotInfo.Layer {
    let header = layer.header
    let bidTime: [LayerHeader.Section] = [
      .ranks, .directory, .buckets, .exceptions, .exceptionRows,
    ]
    return SnapshotInfo.Layer(
      name: name, generation: header.generation, userCount: header.userCount,
      membershipCount: header.membershipCount, byteCount: header.fileByteCount,
      bidTimeByteCount: bidTime.reduce(0) { $0 + LayerHeader.padded(header[$1].count) },
      exceptionCount: header[.exceptions].count / 24,
      earliestExpirySeconds: header.earliestExpiry, createdSeconds: header.createdSeconds,
      checksums: LayerHeader.Section.allCases.map {
        SnapshotInfo.Checksum(
          section: "\($0)", byteCount: header[$0].count, sum: header[$0].checksum)
      })
  }
}
