import Synchronization

/// A field that keeps its owner in one place: the owner is then lent by address.
///
/// Without it the compiler may load a lent value whole, which for one of some hundred bytes is a
/// copy to the stack at every call.
@usableFromInline
package struct InPlace: ~Copyable, Sendable {
  // What has an atomic cell is never loaded.
  private let cell = Atomic<UInt8>(0)

  package init() {}
}
