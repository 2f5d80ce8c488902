import COpenSSL

/// Random numbers fit for keys, from the system's generator by way of OpenSSL.
package enum SecureRandom {
  /// Eight random bytes as a number.
  package static func word() -> UInt64 {
    var bytes = InlineArray<8, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    // Safety: OpenSSL writes exactly eight bytes into the array.
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      guard unsafe RAND_bytes(buffer.baseAddress, 8) == 1 else {
        fatalError("the system has no random numbers")
      }
    }
    var word: UInt64 = 0
    for index in 0..<8 { word = word << 8 | UInt64(bytes[index]) }
    return word
  }

  /// Random bytes.
  ///
  /// - Complexity: O(count).
  package static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).reduce(into: (bytes: [UInt8](), word: UInt64(0))) { state, index in
      if index % 8 == 0 { state.word = word() }
      state.bytes.append(UInt8(truncatingIfNeeded: state.word >> UInt64(index % 8 * 8)))
    }.bytes
  }
}
