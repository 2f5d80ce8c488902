import COpenSSL
import FixedMemory

/// A digest of bytes that come in pieces: SHA-256 (FIPS 180-4) or MD5 (RFC 1321), the latter only
/// where a file format asks for it.
@safe
package struct Digest: ~Copyable, Sendable {
  /// The function.
  package enum Function: Sendable {
    case sha256, md5
  }

  // Safety: owned by this value alone, created in init and freed in deinit.
  nonisolated(unsafe) private let context: OpaquePointer

  package init(_ function: Function) {
    // Safety: OpenSSL returns a context or, without memory, nil; the algorithms are static.
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    unsafe self.context = context
    let algorithm = unsafe function == .sha256 ? EVP_sha256() : EVP_md5()
    let started = unsafe EVP_DigestInit_ex(context, algorithm, nil)
    precondition(started == 1, "OpenSSL refuses a digest")
  }

  deinit {
    // Safety: created in init, freed once.
    unsafe EVP_MD_CTX_free(context)
  }

  /// Takes in bytes.
  ///
  /// - Complexity: O(bytes).
  package mutating func update(_ bytes: RawSpan) {
    let context = unsafe self.context
    // Safety: the pointer covers exactly the span's bytes.
    let isTaken = unsafe bytes.withUnsafeBytes { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    precondition(isTaken == 1)
  }

  /// The digest of all that was taken in, in lower-case hexadecimal.
  package consuming func hexadecimal() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in finish() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The SHA-256 of some bytes.
  ///
  /// - Complexity: O(bytes).
  package static func sha256(_ bytes: [UInt8]) -> AuthenticationCode {
    var digest = Digest(.sha256)
    digest.update(bytes.rawSpan)
    guard let code = AuthenticationCode(digest.finish()) else {
      preconditionFailure("a SHA-256 has 32 bytes")
    }
    return code
  }

  private consuming func finish() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    // Safety: the array has the room that OpenSSL asks for.
    let isDone = unsafe EVP_DigestFinal_ex(context, &bytes, &count)
    precondition(isDone == 1)
    return Array(bytes.prefix(Int(count)))
  }
}
