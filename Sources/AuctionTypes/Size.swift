/// A width and a height in device independent pixels.
@usableFromInline
package struct Size: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package var width: UInt16
  @usableFromInline package var height: UInt16

  @inlinable
  package init(width: UInt16, height: UInt16) {
    self.width = width
    self.height = height
  }
}
