import FixedMemory

/// Whether bytes can be a user's id at all.
///
/// Senders without an id write a blank, `null`, `unknown`, `-1`, `0`, an id of zeros, or leave
/// their macro unexpanded; those count as absent, and so does an id over ``Limits/maxIDBytes``.
///
/// - Complexity: O(bytes), at most ``Limits/maxIDBytes``.
package func isUsableID(_ id: RawSpan) -> Bool {
  let count = id.byteCount
  guard count > 0, count <= Limits.maxIDBytes else { return false }
  let first = id.byte(at: 0)
  // Real ids start with a letter or a digit other than zero, and are longer than the words below.
  if count > 16, first != 0x30, first != 0x20, !isMacroOpening(first) { return true }
  if id.equalsIgnoringCase("null") || id.equalsIgnoringCase("unknown") { return false }
  if id.equals("-1") || isBlank(id) || isZeros(id) { return false }
  return !isMacro(id)
}

private func isMacroOpening(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%")
    || byte == UInt8(ascii: "[")
}

private func isBlank(_ id: RawSpan) -> Bool {
  for offset in 0..<id.byteCount where id.byte(at: offset) > 0x20 { return false }
  return true
}

/// `0`, or at least 32 zeros with dashes between or without.
private func isZeros(_ id: RawSpan) -> Bool {
  guard id.byteCount == 1 || id.byteCount >= 32 else { return false }
  guard id.byte(at: 0) == UInt8(ascii: "0") else { return false }
  for offset in 0..<id.byteCount {
    let byte = id.byte(at: offset)
    guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "-") else { return false }
  }
  return true
}

/// `${…}`, `{{…}}`, `%%…%%`, `[…]`.
private func isMacro(_ id: RawSpan) -> Bool {
  let count = id.byteCount
  guard count >= 2 else { return false }
  switch (id.byte(at: 0), id.byte(at: 1), id.byte(at: count - 2), id.byte(at: count - 1)) {
  case (UInt8(ascii: "$"), UInt8(ascii: "{"), _, UInt8(ascii: "}")): return count >= 3
  case (UInt8(ascii: "{"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "}")),
    (UInt8(ascii: "%"), UInt8(ascii: "%"), UInt8(ascii: "%"), UInt8(ascii: "%")):
    return count >= 4
  case (UInt8(ascii: "["), _, _, UInt8(ascii: "]")): return true
  default: return false
  }
}
