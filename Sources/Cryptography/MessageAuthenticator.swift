import COpenSSL
import FixedMemory

/// HMAC-SHA256 (RFC 2104, FIPS 180-4) under one key.
///
/// The states after the padded keys are computed once, so that a message of up to 55 bytes costs
/// two rounds of the hash and no memory: OpenSSL's own HMAC allocates twice a call.
package struct MessageAuthenticator: ~Copyable, Sendable {
  /// Bytes that SHA-256 takes in at a time.
  private static let blockBytes = 64

  /// After the key with the inner padding.
  private let inner: SHA256_CTX
  /// After the key with the outer padding.
  private let outer: SHA256_CTX

  /// - Parameter key: of any length; RFC 2104 asks for at least 32 bytes.
  package init(key: [UInt8]) {
    let block = Self.block(of: key)
    inner = Self.state(after: block, xor: 0x36)
    outer = Self.state(after: block, xor: 0x5C)
  }

  /// The code of a message.
  ///
  /// - Complexity: O(bytes); nothing is allocated.
  package func authenticate(_ message: RawSpan) -> AuthenticationCode {
    var state = inner
    Self.update(&state, message)
    let digest = Self.final(&state)
    state = outer
    // Safety: the pointer covers the 32 bytes of the digest, which lives for the call.
    let isTaken = unsafe withUnsafeBytes(of: digest) { buffer in
      unsafe SHA256_Update(&state, buffer.baseAddress, buffer.count)
    }
    precondition(isTaken == 1)
    return AuthenticationCode(bytes: Self.final(&state))
  }

  /// The key as one block: longer ones are hashed, shorter ones padded with zeros.
  private static func block(of key: [UInt8]) -> [UInt8] {
    var start = key
    if key.count > blockBytes {
      var state = SHA256_CTX()
      // Safety: OpenSSL writes to the state alone.
      precondition(unsafe SHA256_Init(&state) == 1)
      update(&state, key.rawSpan)
      let digest = final(&state)
      start = digest.indices.map { digest[$0] }
    }
    return start + Array(repeating: 0, count: blockBytes - start.count)
  }

  private static func state(after block: [UInt8], xor pattern: UInt8) -> SHA256_CTX {
    var state = SHA256_CTX()
    // Safety: OpenSSL writes to the state alone.
    precondition(unsafe SHA256_Init(&state) == 1)
    let padded = block.map { $0 ^ pattern }
    update(&state, padded.rawSpan)
    return state
  }

  private static func update(_ state: inout SHA256_CTX, _ bytes: RawSpan) {
    // Safety: the pointer covers exactly the span's bytes.
    let isTaken = unsafe bytes.withUnsafeBytes { buffer in
      unsafe SHA256_Update(&state, buffer.baseAddress, buffer.count)
    }
    precondition(isTaken == 1)
  }

  private static func final(_ state: inout SHA256_CTX) -> InlineArray<32, UInt8> {
    var digest = InlineArray<32, UInt8>(repeating: 0)
    var span = digest.mutableSpan
    // Safety: OpenSSL writes exactly 32 bytes into the array.
    let isDone = unsafe span.withUnsafeMutableBufferPointer { buffer in
      unsafe SHA256_Final(buffer.baseAddress, &state)
    }
    precondition(isDone == 1)
    return digest
  }
}
